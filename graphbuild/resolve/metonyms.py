"""Whether a capital or seat of power means the government or the place, decided by syntax."""

from __future__ import annotations

from graphbuild.function_words import OF_GOVERNMENTS, OF_PLACES
from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree


def denotes_government(tree: Tree, token: int, ontology: Ontology) -> bool:
    """Whether the capital whose name is rooted at ``token`` acts or is acted upon as a government there."""
    label, head, preposition = tree.labels[token], tree.heads[token], tree.preposition(token)
    if preposition in OF_PLACES:
        return False
    if label == "conj":
        return denotes_government(tree, head, ontology)
    if label.startswith("nsubj"):
        return tree.copula(head) is None or tree.lemmas[head] not in ontology.words("place-noun")
    if preposition in ("toward", "towards") and tree.is_verb(head):  # "the typhoon is moving towards Manila"
        return False
    if label == "obl:agent" or preposition in OF_GOVERNMENTS:
        return True
    if label == "nmod:poss":
        return _owns_as_government(tree, head, ontology)
    if label in ("obj", "iobj"):
        return tree.lemmas[head] not in ontology.words("place-verb")
    if preposition in ("to", "on", "of", "from"):
        return _is_dealt_with(tree, head, preposition, ontology)
    return label in ("compound", "amod") and tree.lemmas[head] in ontology.words("government-noun")


def _owns_as_government(tree: Tree, owned: int, ontology: Ontology) -> bool:
    """ "London's offer", but neither "London's streets" nor "London's West End"."""
    named_place = tree.doc[owned].ent_type_ in ("GPE", "LOC")
    places = ontology.words("place-noun") | ontology.words("city-office")
    return not named_place and tree.lemmas[owned] not in places


def _is_dealt_with(tree: Tree, head: int, preposition: str, ontology: Ontology) -> bool:
    """ "sanctions on Moscow", "appealed to Moscow"."""
    if tree.is_nominal(head):
        return tree.lemmas[head] in ontology.words("policy-noun")
    told = ontology.words("reporting") | ontology.words("dealing-verb")
    return preposition in ("to", "on") and tree.is_verb(head) and tree.lemmas[head] in told
