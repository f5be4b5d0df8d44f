"""Whether a capital or seat of power means the government or the place, decided by syntax."""

from __future__ import annotations

from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree

GOVERNMENT_PREPOSITIONS = frozenset(
    {"with", "against", "between", "toward", "towards", "by", "for", "according to", "among", "without"}
)
PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "around",
        "outside",
        "into",
        "through",
        "across",
        "over",
        "inside",
        "off",
        "within",
        "throughout",
        "via",
    }
)


def denotes_government(tree: Tree, token: int, ontology: Ontology) -> bool:
    """Whether the capital whose name is rooted at ``token`` acts or is acted upon as a government there."""
    label, head = tree.labels[token], tree.heads[token]
    preposition = tree.preposition(token)
    if label == "conj":
        return preposition not in PLACE_PREPOSITIONS and denotes_government(tree, head, ontology)
    if preposition in PLACE_PREPOSITIONS:
        return False
    if label.startswith("nsubj"):
        return tree.copula(head) is None or tree.lemmas[head] not in ontology.words("place-noun")
    if preposition in ("toward", "towards") and tree.is_verb(head):  # "the typhoon is moving towards Manila"
        return False
    if label == "obl:agent" or preposition in GOVERNMENT_PREPOSITIONS:
        return True
    if label == "nmod:poss" and tree.doc[head].ent_type_ in ("GPE", "LOC"):  # "London's West End"
        return False
    if label == "nmod:poss":
        return tree.lemmas[head] not in ontology.words("place-noun") | ontology.words("city-office")
    if label in ("obj", "iobj"):
        return tree.lemmas[head] not in ontology.words("place-verb")
    if preposition in ("to", "on", "of", "from") and tree.is_nominal(head):
        return tree.lemmas[head] in ontology.words("policy-noun")
    if preposition in ("to", "on"):
        return tree.is_verb(head) and tree.lemmas[head] in ontology.words("reporting") | ontology.words("dealing-verb")
    if label in ("compound", "amod"):
        return tree.lemmas[head] in ontology.words("government-noun")
    return False
