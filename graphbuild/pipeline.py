"""From documents to the graph: ``read`` and ``extract_one`` map an article, ``assemble`` reduces all to one graph."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graphbuild.model import Document, Entity, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from graphbuild.graph import KnowledgeGraph
    from graphbuild.ontology import Ontology
    from graphbuild.ontology.gazetteer import Actors
    from graphbuild.relate import Relations
    from graphbuild.resolve import Resolution
    from graphbuild.resolve.decisions import Decisions
    from graphbuild.syntax import Tree


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user chose: names and paths only, so that they travel to a worker."""

    model: str = "default"
    ontology: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    decisions: str | None = None


DEFAULT = Settings()


@dataclass(frozen=True)
class Stages:
    """What a worker needs to read articles: the language pipeline, the ontology, known actors, users' decisions."""

    nlp: Language
    ontology: Ontology
    actors: Actors
    decisions: Decisions


@dataclass(frozen=True)
class Analysis:
    """Everything that one article gave, stage by stage."""

    tree: Tree
    resolution: Resolution
    relations: Relations


def load(settings: Settings = DEFAULT) -> Stages:
    """Load all that reading needs. Raises ModelError, OntologyError or InputError."""
    from graphbuild import language, ontology
    from graphbuild.ontology import gazetteer
    from graphbuild.relate import examples

    actors = gazetteer.load(tuple(map(Path, settings.actors)))
    decisions = _decisions(settings.decisions)
    relations = ontology.load(settings.ontology)
    nlp = language.load(settings.model, settings.actors, settings.ontology)
    return Stages(nlp, examples.add(relations, nlp), actors, decisions)


def _decisions(path: str | None) -> Decisions:
    from graphbuild.resolve.decisions import UNDECIDED, read

    return UNDECIDED if path is None else read(Path(path))


def read(document: Document, stages: Stages, undecided: bool = False) -> Analysis | None:
    """Parse, resolution and relations of one article; None if it has no readable text.

    ``undecided``: with the statements that are likely wrong, for fitting what decides on them.
    """
    from graphbuild import language
    from graphbuild.relate import relate
    from graphbuild.resolve import within
    from graphbuild.syntax import Tree

    doc = language.read(stages.nlp, document)
    if not len(doc):
        return None
    tree = Tree(doc)
    resolution = within(tree, stages.ontology, stages.actors, stages.decisions)
    return Analysis(tree, resolution, relate(tree, document, stages.ontology, resolution, undecided))


def extract_one(document: Document, stages: Stages) -> Extraction:
    """All that one article says. Never raises for the article's sake: a failure is an Extraction with ``error``."""
    try:
        analysis = read(document, stages)
    except Exception as fault:  # whatever an article does to the stages costs this article, and is reported
        return Extraction(document, error=f"{type(fault).__name__}: {fault}", traceback=traceback.format_exc())
    if analysis is None:
        return Extraction(document, error="no readable text")
    return Extraction(document, _used_entities(analysis), analysis.relations.statements)


def _used_entities(analysis: Analysis) -> tuple[Entity, ...]:
    """Every named entity, and the others that take part in a statement."""
    relations = analysis.relations
    used = {key for statement in relations.statements for part in statement.parts() for key in part.keys}
    entities = (*analysis.resolution.entities.values(), *relations.acts)
    return tuple(sorted((e for e in entities if e.named or e.key in used), key=lambda e: e.key))


def assemble(extractions: Iterable[Extraction], settings: Settings = DEFAULT) -> KnowledgeGraph:
    """One graph of all articles: the same for any order; failed ones are left out.

    Raises OntologyError or InputError.
    """
    from graphbuild import offline, ontology  # noqa: F401  (offline before spaCy, which resolve needs)
    from graphbuild.graph import KnowledgeGraph
    from graphbuild.resolve import across

    vocabulary = ontology.load(settings.ontology)
    good = [extraction for extraction in extractions if extraction.error is None]
    identifying = frozenset(r.id for r in vocabulary.relations.values() if r.identifying)
    found = across(good, _decisions(settings.decisions), identifying)
    return KnowledgeGraph(found.entities, found.statements, [e.document for e in good], vocabulary)
