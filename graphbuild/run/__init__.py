"""Where articles are read: in this process or in several."""

from graphbuild.run.processes import extract

__all__ = ["extract"]
