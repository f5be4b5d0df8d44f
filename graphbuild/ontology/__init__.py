"""What ``ontologies/`` says: classes, relations, frames, word lists and known actors."""

from graphbuild.ontology.schema import Ontology, Relation, load

__all__ = ["Ontology", "Relation", "load"]
