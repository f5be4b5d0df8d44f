"""The graph in memory: entities, statements and documents, merged without loss and made safe for every format."""

from graphbuild.graph.knowledge_graph import KnowledgeGraph, statement_id

__all__ = ["KnowledgeGraph", "statement_id"]
