"""Turns English news text into a knowledge graph that cites its sentence for every edge.

>>> import graphbuild
>>> graph = graphbuild.build("news/")                               # doctest: +SKIP
>>> graph.statements(status="claim", source="Bloomberg")            # doctest: +SKIP
>>> graph.save("news.graphml")                                      # doctest: +SKIP

Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphbuild.model import (
    Certainty,
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    Polarity,
    Statement,
    Status,
    Tense,
)

if TYPE_CHECKING:
    from graphbuild.export import Options
    from graphbuild.graph import KnowledgeGraph
    from graphbuild.views import View, view

__version__ = "0.1.0"
__all__ = [
    "Certainty",
    "Document",
    "Entity",
    "EntityType",
    "Evidence",
    "Extraction",
    "KnowledgeGraph",
    "Mention",
    "Options",
    "Polarity",
    "Statement",
    "Status",
    "Tense",
    "View",
    "build",
    "read",
    "view",
]

_LATE = {"KnowledgeGraph": "graph", "Options": "export", "View": "views", "view": "views"}

# A submodule is bound in its package when it is first imported: done here, so that the function ``build`` stays.
importlib.import_module("graphbuild.build")


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(importlib.import_module(f"graphbuild.{_LATE[name]}"), name)
    raise AttributeError(f"module 'graphbuild' has no attribute {name!r}")


def build(
    *inputs: str | Path,
    model: str = "default",
    ontology: Sequence[str | Path] = (),
    actors: Sequence[str | Path] = (),
    decisions: str | Path | None = None,
    jobs: int = 1,
) -> KnowledgeGraph:
    """The graph of all articles in ``inputs`` (files and folders), as ``graphbuild build`` makes it.

    ``ontology`` and ``actors`` are files with more relations and more known actors, ``decisions`` says which names are
    the same thing and which are not; ``jobs`` processes read side by side. An article that cannot be read gives a
    warning. Raises GraphbuildError, for example if none can be read.
    """
    from graphbuild.build import assemble, extract

    relations, known = [str(path) for path in ontology], [str(path) for path in actors]
    decided = None if decisions is None else str(decisions)
    extractions = extract(_articles(inputs), model, relations, known, jobs, decided)
    return assemble(_good(extractions), relations, decided)


def _articles(inputs: Sequence[str | Path]) -> Iterator[Document]:
    from graphbuild.ingest import Failure, documents

    for found in documents(inputs):
        if isinstance(found, Document):
            yield found
        elif isinstance(found, Failure):
            warnings.warn(f"{found.path}: {found.reason}", stacklevel=4)


def _good(extractions: Iterator[Extraction]) -> Iterator[Extraction]:
    for extraction in extractions:
        if extraction.error is None:
            yield extraction
        else:
            warnings.warn(f"{extraction.document.path or extraction.document.id}: {extraction.error}", stacklevel=4)


def read(path: str | Path) -> KnowledgeGraph:
    """The graph in an RDF file that graphbuild wrote (Turtle, N-Triples, TriG …). Raises QueryError."""
    from graphbuild import export

    return export.read(path)
