"""Assembling the language pipeline: the shipped encoder or any other spaCy pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from graphbuild.errors import ModelError

DEFAULT = "default"
ABBREVIATED = r"(?<=[A-Z]\.)[-–](?=[A-Z])"  # "U.S.-Canada" is two names, like "Canada-Mexico"


def load(model: str = DEFAULT, actors: Sequence[str] = (), ontology: Sequence[str] = ()) -> Language:
    """The pipeline named ``model``: ``default``, or the name or path of an installed spaCy pipeline.

    ``actors`` and ``ontology`` are the paths of the user's own files. Raises ModelError if there is no such pipeline.
    """
    from graphbuild.language import gazetteer, words  # noqa: F401  (registers the components)

    nlp = _encoder() if model == DEFAULT else _spacy(model)
    if model != DEFAULT and "lemmatizer" not in nlp.pipe_names:
        nlp.add_pipe("graphbuild_words", last=True)
    nlp.add_pipe("graphbuild_actors", last=True, config={"actors": list(actors), "ontology": list(ontology)})
    return nlp


def _encoder() -> Language:
    from graphbuild.language import encoder  # noqa: F401  (registers the component)

    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), ABBREVIATED]).finditer
    nlp.add_pipe("graphbuild_encoder")
    return nlp


def _spacy(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except OSError:
        raise ModelError(
            f"--model {name}: no such spaCy pipeline; give 'default', a folder, or an installed package"
        ) from None
    if not {"parser", "ner"} <= set(nlp.pipe_names) and "transformer" not in nlp.pipe_names:
        missing = sorted({"parser", "ner"} - set(nlp.pipe_names))
        raise ModelError(f"--model {name}: the pipeline has no {' and no '.join(missing)}; use one that has")
    return nlp
