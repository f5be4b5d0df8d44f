"""The spaCy pipeline: assembling it, the components we add, reading a Document with it."""

from graphbuild import offline  # noqa: F401  (before spaCy)
from graphbuild.language.pipeline import load
from graphbuild.language.read import read

__all__ = ["load", "read"]
