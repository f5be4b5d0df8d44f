"""From documents to the graph: ``extract`` maps articles to Extractions, ``assemble`` reduces them to one graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graphbuild.errors import GraphbuildError
from graphbuild.model import Document, Entity, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from graphbuild.actors import Actors
    from graphbuild.graph import KnowledgeGraph
    from graphbuild.ontology import Ontology
    from graphbuild.relate import Relations
    from graphbuild.resolve import Resolution
    from graphbuild.resolve.decisions import Decisions


@dataclass(frozen=True)
class Stages:
    """What a worker needs to read articles: the language pipeline, the ontology, known actors, users' decisions."""

    nlp: Language
    ontology: Ontology
    actors: Actors
    decisions: Decisions


def stages(
    model: str = "default",
    ontology_paths: Sequence[str] = (),
    actor_paths: Sequence[str] = (),
    decisions_path: str | None = None,
) -> Stages:
    """Load the four. Raises ModelError, OntologyError or InputError."""
    from graphbuild import actors, language, ontology

    known = actors.load(tuple(map(Path, actor_paths)))
    decided = _decisions(decisions_path)
    nlp = language.load(model, actor_paths)
    return Stages(nlp, ontology.load(ontology_paths, nlp), known, decided)


def _decisions(path: str | None) -> Decisions:
    from graphbuild.resolve.decisions import UNDECIDED, read

    return UNDECIDED if path is None else read(Path(path))


def extract_one(document: Document, using: Stages) -> Extraction:
    """All that one article says. Never raises for the article's sake: a failure is an Extraction with ``error``."""
    from graphbuild import language
    from graphbuild.relate import relate
    from graphbuild.resolve import within
    from graphbuild.syntax import Tree

    try:
        doc = language.read(using.nlp, document)
        if not len(doc):
            return Extraction(document, error="no readable text")
        tree = Tree(doc)
        resolution = within(tree, using.ontology, using.actors, using.decisions)
        found = relate(tree, document, using.ontology, resolution, resolution.quotations)
        return Extraction(document, _used_entities(resolution, found), found.statements)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError, AssertionError) as fault:
        return Extraction(document, error=f"{type(fault).__name__}: {fault}")


def _used_entities(resolution: Resolution, found: Relations) -> tuple[Entity, ...]:
    """Every named entity, and the others that take part in a statement."""
    used: set[str] = set()
    todo = list(found.statements)
    while todo:
        statement = todo.pop()
        used |= {k for k in (statement.subject, statement.object, statement.source, statement.place) if k is not None}
        if statement.content is not None:
            todo.append(statement.content)
    kept = [e for e in (*resolution.entities.values(), *found.acts) if e.named or e.key in used]
    return tuple(sorted(kept, key=lambda e: e.key))


def assemble(
    extractions: Iterable[Extraction], ontology_paths: Sequence[str] = (), decisions_path: str | None = None
) -> KnowledgeGraph:
    """One graph of all articles: the same for any order; failed ones are left out.

    Raises OntologyError or InputError.
    """
    from graphbuild import ontology
    from graphbuild.graph import KnowledgeGraph
    from graphbuild.resolve import across

    vocabulary = ontology.load(ontology_paths)
    read = [extraction for extraction in extractions if extraction.error is None]
    identifying = frozenset(r.id for r in vocabulary.relations.values() if r.identifying)
    found = across(read, _decisions(decisions_path), identifying)
    documents = [extraction.document for extraction in read]
    return KnowledgeGraph(found.entities, found.statements, documents, vocabulary)


def extract(
    documents: Iterable[Document],
    model: str = "default",
    ontology_paths: Sequence[str] = (),
    actor_paths: Sequence[str] = (),
    jobs: int = 1,
    decisions_path: str | None = None,
) -> Iterator[Extraction]:
    """Extract each article, in the order given, with ``jobs`` processes.

    Raises ModelError, OntologyError or InputError.
    """
    if jobs <= 1:
        using = stages(model, ontology_paths, actor_paths, decisions_path)
        yield from (extract_one(document, using) for document in documents)
        return
    import multiprocessing  # late: 0.05 s that one process need not spend

    context = multiprocessing.get_context("spawn")
    settings = model, tuple(ontology_paths), tuple(actor_paths), decisions_path
    with context.Pool(jobs, partial(_prepare, *settings)) as pool:
        yield from pool.imap(_extract_in_worker, documents)


_worker: list[Stages | GraphbuildError] = []


def _prepare(
    model: str, ontology_paths: tuple[str, ...], actor_paths: tuple[str, ...], decisions_path: str | None
) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    try:
        _worker[:] = [stages(model, ontology_paths, actor_paths, decisions_path)]
    except GraphbuildError as error:  # raised here it would start the worker anew, for ever
        _worker[:] = [error]


def _extract_in_worker(document: Document) -> Extraction:
    using = _worker[0]
    if isinstance(using, GraphbuildError):
        raise using
    return extract_one(document, using)
