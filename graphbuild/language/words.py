"""Universal part of speech and lemma of each token, from its Penn tag: what a pipeline's tagger leaves open."""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

# Penn Treebank tags in Universal POS, https://universaldependencies.org/tagset-conversion/en-penn-uposf.html
POS = {
    "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "LS": "X", "MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PDT": "DET",
    "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "SYM": "SYM",
    "TO": "PART", "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB",
    "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "ADV", "AFX": "ADJ", "ADD": "X", "GW": "X",
    "HYPH": "PUNCT", "NFP": "PUNCT", "$": "SYM", "-LRB-": "PUNCT", "-RRB-": "PUNCT", "XX": "X",
}  # fmt: skip
LEMMATISED = {"NOUN": "NOUN", "VERB": "VERB", "AUX": "AUX", "ADJ": "ADJ", "ADV": "ADV"}
IRREGULAR = {
    "'s": "be", "'re": "be", "'m": "be", "'ve": "have", "'ll": "will", "'d": "would", "n't": "not",
    "wo": "will", "ca": "can",
}  # fmt: skip


def universal_pos(tag: str, dep: str) -> str:
    """UPOS of a Penn tag; a verb that is auxiliary or copula by its dependency label is AUX."""
    found = POS.get(tag, "PUNCT")
    return "AUX" if found == "VERB" and dep.partition(":")[0] in ("aux", "cop") else found


@lru_cache(maxsize=65536)
def lemma(word: str, pos: str) -> str:
    """The lemma of ``word``, in lower case unless it is a proper noun; lemminflect's dictionary and rules."""
    lower = word.lower()
    if pos in ("VERB", "AUX") and lower in IRREGULAR:
        return IRREGULAR[lower]
    if pos not in LEMMATISED:
        return word if pos == "PROPN" else lower
    from lemminflect import getLemma

    found = getLemma(lower, upos=LEMMATISED[pos])
    return found[0] if found else lower


@Language.component("graphbuild_words", assigns=["token.pos", "token.lemma"], requires=["token.tag", "token.dep"])
def words(doc: Doc) -> Doc:
    """Fill ``pos_`` and ``lemma_`` of every token."""
    for token in doc:
        token.pos_ = universal_pos(token.tag_, token.dep_)
        token.lemma_ = lemma(token.text, token.pos_)
    return doc
