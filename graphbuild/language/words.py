"""Universal part of speech and base form of each token from its tag and label: what other pipelines may leave open."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from graphbuild.function_words import CLITICS
from graphbuild.language.lemmas import regular
from graphbuild.language.tags import coarse


@Language.component("graphbuild_words", assigns=["token.pos", "token.lemma"], requires=["token.tag", "token.dep"])
def words(doc: Doc) -> Doc:
    """Fill ``pos_`` and ``lemma_`` of every token."""
    for token in doc:
        token.pos_ = coarse(token.text, token.tag_, token.dep_)
        verbal = token.pos_ in ("VERB", "AUX", "PART") and token.tag_ != "POS"
        base = CLITICS.get(token.lower_) if verbal else None
        token.lemma_ = base or (token.text if token.pos_ == "PROPN" else regular(token.lower_, token.pos_))
    return doc
