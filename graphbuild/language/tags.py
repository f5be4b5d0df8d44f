"""Universal parts of speech from Penn tags and dependency labels."""

from __future__ import annotations

from graphbuild.function_words import NOT

COARSE = {
    "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "LS": "X", "MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PDT": "DET",
    "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "SYM": "SYM",
    "TO": "PART", "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB",
    "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "ADV", "$": "SYM", "ADD": "X", "GW": "X",
    "AFX": "X", "XX": "X", "NFP": "PUNCT", "HYPH": "PUNCT", "``": "PUNCT", "''": "PUNCT", ",": "PUNCT", ".": "PUNCT",
    ":": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT",
}  # fmt: skip
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
# what a tag alone leaves open, told by the dependency label
REFINED = {
    ("IN", "mark"): "SCONJ", ("WRB", "mark"): "SCONJ", ("RB", "mark"): "SCONJ", ("TO", "case"): "ADP",
    ("TO", "fixed"): "ADP", ("WDT", "det"): "DET", ("WP", "det"): "DET", ("RB", "cc"): "CCONJ",
}  # fmt: skip


def coarse(word: str, tag: str, dep: str) -> str:
    """The universal part of speech of ``word`` with Penn ``tag`` under the relation ``dep``."""
    refined = REFINED.get((tag, dep))
    if refined:
        return refined
    if tag.startswith("VB") and dep in AUXILIARY:
        return "AUX"
    if tag == "DT" and dep not in {"det", "det:predet", "cc:preconj", "advmod"}:
        return "PRON"
    if tag == "RB" and word.lower() in NOT:
        return "PART"
    return COARSE.get(tag, "X")
