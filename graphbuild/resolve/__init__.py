"""Which mentions are the same thing: inside an article (``within``) and between articles (``across``)."""

from graphbuild.resolve.across import Canonical, across
from graphbuild.resolve.within import Reference, Resolution, within

__all__ = ["Canonical", "Reference", "Resolution", "across", "within"]
