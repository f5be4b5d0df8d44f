"""What the rules of factuality look at: the tree of a document, its direct speech, and the lists that name a word."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphbuild.factuality.direct_speech import Quotation, quotation_at
from graphbuild.factuality.record import Factuality
from graphbuild.ontology import Ontology
from graphbuild.syntax import Tree

# Classes of governors of factuality.ttl, the first that lists a word decides.
CLASSES = ("negative-implicative", "unlikely", "cessative", "seeming", "intensional", "implicative")
AHEAD = ("intensional", "negative-implicative", "possibility-noun")


@dataclass(frozen=True, slots=True)
class Context:
    """One document as the rules of factuality see it; ``readings`` are those of clauses already read."""

    tree: Tree
    ontology: Ontology
    quotations: tuple[Quotation, ...]
    readings: dict[int, Factuality] = field(default_factory=dict)

    def words(self, name: str) -> frozenset[str]:
        """The word list ``gb:words-NAME``."""
        return self.ontology.words(name)

    def keys(self, governor: int) -> set[str]:
        """Under what a verb or adjective is looked up: with its particle if it has one."""
        tree = self.tree
        lemma, particle = tree.lemmas[governor], tree.particle(governor)
        return {f"{lemma}_{particle}"} if particle else {lemma, tree.words[governor]}

    def class_of(self, governor: int) -> str:
        """The class of a verb or adjective that decides on its complement; "" if it has none."""
        keys = self.keys(governor)
        for name in CLASSES:
            if not keys.isdisjoint(self.words(name)):
                return name
        return "" if keys.isdisjoint(self.ontology.operators) else "intensional"

    def phrasal(self, governor: int) -> set[str]:
        """A verb with each of its adverbs, as a particle is written: "look_forward"."""
        tree = self.tree
        return {f"{tree.lemmas[governor]}_{tree.words[k]}" for k in tree.children(governor, "advmod")}

    def is_prospective(self, governor: int, preposition: str = "") -> bool:
        """Whether the gerund of a verb or adjective has not happened: "consider leaving", "look forward to seeing"."""
        phrasal = {*self.phrasal(governor), f"{self.tree.lemmas[governor]}_{preposition}"}
        return not self.words("prospective").isdisjoint(self.keys(governor) | phrasal)

    def lies_ahead(self, operator: int) -> bool:
        """Whether what an operator is about has not happened yet: "offered", "plan", but not "accused of"."""
        lemma, particle = self.tree.lemmas[operator], self.tree.particle(operator)
        return any({lemma, f"{lemma}_{particle}"} & self.words(name) for name in AHEAD)

    def is_reporting(self, verb: int) -> bool:
        """Whether a verb credits its clause to its subject."""
        lemma, particle = self.tree.lemmas[verb], self.tree.particle(verb)
        reporting = self.words("reporting")
        says = lemma in reporting or lemma in self.words("reporting-doubt") or f"{lemma} {particle}" in reporting
        return says and lemma not in self.words("factive")

    def is_negated(self, verb: int) -> bool:
        """Whether an adverb negates a predicate."""
        negative = self.words("negative")
        return any(self.tree.words[k] in negative for k in self.tree.children(verb, "advmod"))

    def has_no(self, noun: int) -> bool:
        """ "no meeting", "neither Ana nor Bo", "not one envoy"; the "no" of "no longer" negates the verb."""
        tree, words = self.tree, self.tree.words
        return any(
            words[k] in ("no", "neither") and words[k + 1 : k + 2] != ("longer",)
            for k in tree.children(noun, "det", "cc")
        ) or any(words[k : k + 2] in (("not", "one"), ("not", "a")) for k in tree.children(noun, "advmod"))

    def is_headline(self, token: int) -> bool:
        return any(
            span.start <= token < span.end and span.label_ == "headline"
            for span in self.tree.doc.spans.get("paragraphs", ())
        )

    def quotation(self, token: int) -> Quotation | None:
        """The direct speech that a token stands in."""
        return quotation_at(self.quotations, token)
