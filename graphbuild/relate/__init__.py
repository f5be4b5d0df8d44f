"""From frames and references to statements: frames are matched, and matches grounded in entities and told."""

from graphbuild.relate.grounding import Refusal
from graphbuild.relate.statements import Relations, relate

__all__ = ["Refusal", "Relations", "relate"]
