"""Turns English news text into a knowledge graph that cites its sentence for every edge.

>>> import graphbuild
>>> graph = graphbuild.build("news/")                               # doctest: +SKIP
>>> graph.statements(status="claim", source="Bloomberg")            # doctest: +SKIP
>>> graph.save("news.graphml")                                      # doctest: +SKIP

Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

import importlib
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
    from graphbuild.api import KnowledgeGraph, build, read
    from graphbuild.export import Options
    from graphbuild.graph.view import View, view

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

_LATE = dict.fromkeys(("KnowledgeGraph", "build", "read"), "api")
_LATE |= {"Options": "export", "View": "graph.view", "view": "graph.view"}


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(importlib.import_module(f"graphbuild.{_LATE[name]}"), name)
    raise AttributeError(f"module 'graphbuild' has no attribute {name!r}")
