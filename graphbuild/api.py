"""The façade for Python users: ``build`` and ``read`` give a KnowledgeGraph that can be saved, converted and asked."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphbuild import export, graph
from graphbuild.export import interop
from graphbuild.ingest import Failure, documents
from graphbuild.model import Document, Extraction
from graphbuild.pipeline import Settings, assemble
from graphbuild.run import extract

if TYPE_CHECKING:
    import networkx
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import rdflib


class KnowledgeGraph(graph.KnowledgeGraph):
    """What articles say, with ways out of it; see ``graphbuild.graph.KnowledgeGraph`` for what it holds."""

    @classmethod
    def of(cls, plain: graph.KnowledgeGraph) -> KnowledgeGraph:
        """The same graph with these ways out."""
        parts = plain.entities.values(), plain.by_id.values(), plain.documents.values()
        return cls(*parts, plain.vocabulary)

    def save(self, path: str | Path, format: str | None = None, **options: Any) -> None:
        """Write the graph to ``path``; the suffix, or ``format``, picks the format. Raises OutputError."""
        export.write(self, path, format, export.Options(**options))

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A MultiDiGraph: nodes are entity keys, edges one per subject, relation and object, keyed by the relation."""
        return interop.to_networkx(self)

    def to_rdflib(self) -> rdflib.Graph:
        """The triples that the Turtle file holds."""
        return interop.to_rdflib(self)

    def to_pandas(self, table: str = "statements") -> pandas.DataFrame:
        """A data frame of ``statements``, ``nodes`` or ``edges``; needs pandas."""
        return interop.to_pandas(self, table)

    def _repr_html_(self) -> str:
        return interop.to_html(self)


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
    decided = None if decisions is None else str(decisions)
    settings = Settings(model, tuple(map(str, ontology)), tuple(map(str, actors)), decided)
    return KnowledgeGraph.of(assemble(_good(extract(_articles(inputs), settings, jobs)), settings))


def read(path: str | Path) -> KnowledgeGraph:
    """The graph in an RDF file that graphbuild wrote (Turtle, N-Triples, TriG …). Raises QueryError."""
    return KnowledgeGraph.of(export.read(path))


def _articles(inputs: Sequence[str | Path]) -> Iterator[Document]:
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
