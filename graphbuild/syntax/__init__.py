"""Dependency trees as the rest of the program sees them: one vocabulary, and the commonest misreadings mended."""

from graphbuild.syntax.tree import Tree

__all__ = ["Tree"]
