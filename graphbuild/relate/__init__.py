"""From frames and references to statements: frames are matched, and matches linked in entities and told."""

from graphbuild.relate.linking import Refusal
from graphbuild.relate.statements import Relations, relate

__all__ = ["Refusal", "Relations", "relate"]
