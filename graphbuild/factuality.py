"""Polarity, certainty, tense and source of a clause, read off the parse, and the status that follows from them.

The reading walks from a predicate up to the root of its sentence: each step may negate, doubt, postpone or credit the
clause (after Saurí & Pustejovsky 2012, De Facto). The nearest source wins. All words come from ``factuality.ttl``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graphbuild.frames import is_infinitive, surface_subject
from graphbuild.model import Certainty, Polarity, Status, Tense
from graphbuild.ontology import Ontology
from graphbuild.quotations import Quotation
from graphbuild.syntax import Tree

BE = frozenset({"is", "are", "was", "were", "am", "be", "been", "'s", "'re", "'m"})
INVERTED = frozenset({"had", "were", "should"})  # first word of a conditional without "if"
AHEAD = frozenset({"tomorrow", "tonight", "soon", "shortly", "next", "coming", "upcoming"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
SAME_IN_PAST = frozenset({
    "beat", "bet", "bid", "broadcast", "burst", "cast", "cost", "cut", "hit", "hurt", "let", "put", "quit", "read",
    "set", "shed", "shut", "split", "spread", "thrust", "upset",
})  # fmt: skip
MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan.", "feb.", "aug.", "sept.", "sep.", "oct.", "nov.", "dec.",
})  # fmt: skip
WHENEVER = frozenset({"when", "once", "whenever", "until", "till", "after", "before", "as", "where", "wherever"})
WHATEVER = frozenset({"whatever", "whoever", "whomever", "whichever", "wherever", "whenever"})
ANY = frozenset({"any", "anyone", "anybody", "anything", "anywhere", "whoever", "whatever"})
UNKNOWN = frozenset({"a", "an", "no", "every", "each", "someone", "somebody", "something", "nobody", "nothing"})
REPLACED = frozenset({"instead of", "rather than", "in lieu of"})
ORDER = {Certainty.CERTAIN: 0, Certainty.PROBABLE: 1, Certainty.POSSIBLE: 2}


@dataclass(slots=True)
class Reading:
    """What is known of a clause while its reading goes on; ``reasons`` say which word did what."""

    negated: bool = False
    certainty: Certainty = Certainty.CERTAIN
    tense: Tense | None = None
    source: int | None = None
    cue: str | None = None
    doubting: bool = False
    content: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def polarity(self) -> Polarity:
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def doubt(self, certainty: Certainty, why: str) -> None:
        """Lower the certainty to at most ``certainty``."""
        if ORDER[certainty] > ORDER[self.certainty]:
            self.certainty = certainty
            self.reasons.append(f"{certainty.value.lower()}: {why}")

    def negate(self, why: str) -> None:
        self.negated = not self.negated
        self.reasons.append(f"negated: {why}")

    def at(self, tense: Tense, why: str = "") -> None:
        """Fix the tense if no nearer word has."""
        if self.tense is None:
            self.tense = tense
            if why:
                self.reasons.append(f"{tense.value.lower()}: {why}")

    def plan(self, why: str) -> None:
        """The clause is only wished, planned or demanded."""
        self.content = True
        self.tense = Tense.FUTURE
        self.reasons.append(f"not asserted: {why}")

    def credit(self, source: int, cue: str, doubting: bool) -> None:
        if self.source is None:
            self.source, self.cue, self.doubting = source, cue, doubting
            self.reasons.append(f"source: {cue}")


def status(reading: Reading, news_source: bool) -> Status:
    """The first status of GRAPH.md's order that applies; ``news_source``: the source is a news organisation."""
    if reading.negated:
        return Status.NEGATION
    if reading.certainty is not Certainty.CERTAIN:
        return Status.POSSIBILITY
    if reading.tense is Tense.FUTURE or reading.content:
        return Status.PLAN
    if reading.source is not None:
        return Status.REPORT if news_source and not reading.doubting else Status.CLAIM
    return Status.FACT


class Reader:
    """Reads the factuality of clauses of one document."""

    def __init__(self, tree: Tree, ontology: Ontology, quotations: Sequence[Quotation]) -> None:
        self.tree = tree
        self.quotations = quotations
        self._words = ontology.word_lists
        self._operators = frozenset(
            lemma for lemma, frames in ontology.verb_frames.items()
            for f in frames if ontology.relations[f.relation].operator and any(s.role in ("V", "Ving") for s in f.slots)
        )  # fmt: skip

    def clause(self, verb: int, trigger_is_noun: bool = False) -> Reading:
        """The reading of the clause headed by ``verb`` (a verb, or a predicate noun or adjective with a copula)."""
        reading = Reading()
        self._own(verb, reading)
        self._climb(verb, reading)
        self._quotation(verb, reading)
        reading.at(Tense.PAST)
        return reading

    def nominal(self, noun: int, standing: bool) -> Reading:
        """The reading of an event noun ("the attack on X") in its clause."""
        reading = Reading()
        self._modifiers(noun, reading)
        presupposed = self._noun_in_clause(noun, reading)
        self._quotation(noun, reading)
        if presupposed and reading.source is not None and self._in_quotation(noun) is None:
            reading.source = reading.cue = None
        reading.at(Tense.PRESENT if standing else Tense.PAST)
        return reading

    def role(self, noun: int, construction: str) -> Reading:
        """The reading of a role: a title is presupposed, "X is the head of Y" is as true as its clause."""
        if construction.startswith("copula"):
            reading = self.clause(noun)
            if reading.tense is Tense.PAST and not reading.content:
                reading.reasons.append("past: copula")
        else:
            reading = Reading()
        for kid in self.tree.kids(noun, "amod", "compound", "advmod", "nmod:desc"):
            self._role_modifier(kid, reading)
        head = self.tree.heads[noun]
        if head != noun and self.tree.label(noun) in ("compound", "flat", "nmod"):
            for kid in self.tree.kids(head, "amod", "advmod"):
                self._role_modifier(kid, reading)
        for token in (noun - 1, noun - 2, noun + 1, noun + 2):
            if (
                0 <= token < len(self.tree)
                and self.tree.words[token] in self._list("future-role")
                and abs(token - noun) <= 2
            ) and (self.tree.words[noun + 1 : noun + 2] == ["-"] or token in self.tree.kids(noun, "amod", "compound")):
                reading.at(Tense.FUTURE, self.tree.words[token])
        reading.at(Tense.PRESENT)
        return reading

    def _role_modifier(self, token: int, reading: Reading) -> None:
        word = self.tree.words[token]
        if word in self._list("former"):
            reading.tense = Tense.PAST
            reading.reasons.append(f"past: {word}")
        elif word in self._list("future-role") | self._list("future-adjective"):
            reading.tense = Tense.FUTURE
        elif word in self._list("possible"):
            reading.doubt(Certainty.POSSIBLE, word)

    def _list(self, name: str) -> frozenset[str]:
        return self._words.get(name, frozenset())

    def content(self, token: int, ahead: bool) -> Reading:
        """The reading of what an operator is about; ``ahead``: what it is about has not happened yet."""
        tree, reading = self.tree, Reading()
        finite = bool(tree.kids(token, "aux", "cop")) or (tree.is_verb(token) and tree.tags[token] not in ("VB", "VBG"))
        if finite and not is_infinitive(tree, token):
            self._own(token, reading)
            ahead = False
        elif any(tree.words[k] in self._list("negative") for k in tree.kids(token, "advmod")):
            reading.negate("not")
        if ahead or reading.tense is Tense.FUTURE or is_infinitive(tree, token):
            reading.tense, reading.content = Tense.FUTURE, True
        reading.at(Tense.PAST)
        return reading

    def lies_ahead(self, operator: int) -> bool:
        """Whether what an operator is about has not happened yet: "offered", "plan", but not "accused of"."""
        lemma = self.tree.lemmas[operator]
        particle = self.tree.particle(operator)
        lists = ("intensional", "negative-implicative", "possibility-noun")
        return any({lemma, f"{lemma}_{particle}"} & self._list(name) for name in lists)

    def _own(self, verb: int, reading: Reading) -> None:
        tree = self.tree
        for kid in tree.kids(verb):
            word, label = tree.words[kid], tree.label(kid)
            if label in ("advmod", "cc", "det") and word in self._list("negative"):
                if word == "no" and label == "advmod" and tree.kid(verb, "advmod") != kid:
                    continue
                if not self._only(kid):
                    reading.negate(word)
            elif (label in ("nsubj", "obj") and (self._has_no(kid) or self._is_nobody(kid))) or (
                label == "advmod"
                and ((word == "yet" and is_infinitive(tree, verb)) or tree.words[kid - 1 : kid + 1] == ["no", "longer"])
            ):
                reading.negate(word)
            elif label == "advmod" and word not in WHATEVER:
                self._adverb(word, reading)
            elif label == "mark":
                self._mark(verb, kid, reading)
            elif word in WHATEVER:
                reading.doubt(Certainty.POSSIBLE, word)
            elif label == "obl" and tree.preposition(kid) == "without" and tree.tags[kid] == "VBG":
                continue
            elif label == "conj" and tree.is_verb(kid) and any(tree.words[k] == "or" for k in tree.kids(kid, "cc")):
                reading.doubt(Certainty.POSSIBLE, "or")
        self._tense(verb, reading)
        if self._is_inverted(verb):
            reading.doubt(Certainty.POSSIBLE, "inverted condition")
        self._according(verb, reading)
        if self._question(verb):
            reading.doubt(Certainty.POSSIBLE, "question")

    def _only(self, negation: int) -> bool:
        """ "not only" negates nothing."""
        following = self.tree.words[negation + 1 : negation + 2]
        return following in (["only"], ["just"], ["merely"], ["simply"]) or self.tree.words[
            negation - 1 : negation
        ] == ["why"]

    def _has_no(self, noun: int) -> bool:
        """ "no meeting", "neither Ana nor Bo"; the "no" of "no longer" negates the verb."""
        words = self.tree.words
        return any(
            words[k] in ("no", "neither") and words[k + 1] != "longer" for k in self.tree.kids(noun, "det", "cc")
        )

    def _is_nobody(self, noun: int) -> bool:
        """ "nobody", "nothing"; "nothing but" negates nothing."""
        words = self.tree.words
        return words[noun] in ("nobody", "none", "nothing") and words[noun + 1 : noun + 2] != ["but"]

    def _is_inverted(self, verb: int) -> bool:
        """ "Had Egypt armed the rebels, …": a condition that begins with its auxiliary."""
        tree = self.tree
        subjects = tree.kids(verb, "nsubj")
        first = [k for k in tree.kids(verb, "aux", "cop") if tree.words[k] in INVERTED and subjects and k < subjects[0]]
        return bool(first) and tree.label(verb) == "advcl" and not tree.kids(verb, "mark")

    def _adverb(self, word: str, reading: Reading) -> None:
        if word in self._list("possible"):
            reading.doubt(Certainty.POSSIBLE, word)
            reading.doubting = True
        elif word in self._list("probable"):
            reading.doubt(Certainty.PROBABLE, word)

    def _mark(self, verb: int, mark: int, reading: Reading) -> None:
        word = self.tree.words[mark]
        if word == "without":
            reading.negate("without")
        elif word in self._list("conditional") and not (word == "before" and reading.tense is Tense.PAST):
            if word in ("before", "until") and self.tree.tags[verb] in ("VBD", "VBG"):
                return
            reading.doubt(Certainty.POSSIBLE, word)

    def _tense(self, verb: int, reading: Reading) -> None:
        tree = self.tree
        helpers = tree.kids(verb, "aux", "cop")
        words = {tree.words[k] for k in helpers}
        to = next((k for k in tree.kids(verb, "mark", "aux") if tree.tags[k] == "TO"), None)
        if to is not None and any(tree.words[k] in BE and k < to for k in helpers):
            reading.plan("be to")
            return
        if tree.tags[verb] == "VB" and any(tree.words[k] == "due" for k in tree.kids(verb, "mark", "case", "advmod")):
            reading.plan("due to")
            return
        for kid in helpers:
            if tree.words[kid] in self._list("modal-possible"):
                reading.doubt(Certainty.POSSIBLE, tree.words[kid])
                reading.at(Tense.PAST if {"have", "'ve"} & words else Tense.FUTURE)
            elif tree.words[kid] in self._list("modal-future") and tree.tags[kid] == "MD":
                if {"have", "'ve"} & words and tree.words[kid] in ("would", "'d"):
                    reading.doubt(Certainty.POSSIBLE, "would have")
                    reading.at(Tense.PAST)
                reading.at(Tense.FUTURE, tree.words[kid])
        if self._is_going_to(verb):
            reading.at(Tense.FUTURE, "going to")
        if reading.tense is not None:
            return
        if self._is_imperative(verb):
            reading.plan("imperative")
        elif words & {"has", "have", "had", "having", "'ve", "been"} or words & {"was", "were", "did"}:
            reading.at(Tense.PAST)
        elif (words & BE or tree.tags[verb] in ("VBZ", "VBP")) and self._is_dated_ahead(verb):
            reading.at(Tense.FUTURE, "date")
        elif words & {"is", "are", "am", "'s", "'re", "'m", "does", "do", "being"}:
            reading.at(Tense.PRESENT)
        elif tree.tags[verb] == "VBD":
            reading.at(Tense.PAST)
        elif tree.tags[verb] in ("VBZ", "VBP"):
            reading.at(Tense.PAST if self._headline(verb) else Tense.PRESENT)
        elif tree.tags[verb] == "VBN" and (
            tree.label(verb) in ("acl", "root", "amod", "ccomp") or tree.kids(verb, "aux:pass")
        ):
            passive = {tree.words[k] for k in tree.kids(verb, "aux:pass")}
            reading.at(
                Tense.PRESENT
                if passive & {"is", "are", "am", "being", "'s", "'re"} and not words & {"has", "have", "had"}
                else Tense.PAST
            )
        elif is_infinitive(tree, verb) and tree.label(verb) in ("root", "parataxis"):
            reading.at(Tense.FUTURE, "to")

    def _is_going_to(self, verb: int) -> bool:
        tree = self.tree
        if tree.words[verb : verb + 2] == ["gon", "na"]:
            return True
        return tree.words[verb] == "going" and any(is_infinitive(tree, kid) for kid in tree.kids(verb, "xcomp"))

    def _is_imperative(self, verb: int) -> bool:
        """A bare verb without subject that heads its sentence, or is coordinated with such a one: "Sign and leave"."""
        tree = self.tree
        if tree.tags[verb] not in ("VB", "VBP"):
            return False
        if any(tree.words[k] == "please" for k in tree.kids(verb)):
            return True
        if tree.kids(verb, "nsubj", "csubj", "expl", "cop"):
            return False
        if any(tree.words[k] != "do" for k in tree.kids(verb, "aux")) or is_infinitive(tree, verb):
            return False
        if tree.label(verb) in ("conj", "parataxis") and tree.is_verb(tree.heads[verb]):
            return tree.label(verb) == "parataxis" or self._is_imperative(tree.heads[verb])
        return tree.label(verb) in ("root", "parataxis")

    def _is_dated_ahead(self, verb: int) -> bool:
        """ "meets them tomorrow", "is leaving next week", "opens on Friday"."""
        tree = self.tree
        if not self._headline(verb) and any(
            tree.words[k] in WEEKDAYS | MONTHS and tree.preposition(k) in ("", "on") for k in tree.kids(verb, "obl")
        ):
            return tree.tags[verb] != "VBN" and not (tree.tags[verb] == "VBP" and tree.words[verb] in SAME_IN_PAST)
        dates = [k for k in tree.kids(verb, "obl", "advmod", "nmod") if tree.preposition(k) in ("", "in", "on")]
        return any(AHEAD & {tree.words[k], *(tree.words[m] for m in tree.kids(k, "amod", "det"))} for k in dates)

    def _headline(self, token: int) -> bool:
        return any(
            span.start <= token < span.end and span.label_ == "headline"
            for span in self.tree.doc.spans.get("paragraphs", ())
        )

    def _question(self, verb: int) -> bool:
        end = next((end for start, end in self.tree.sentences if start <= verb < end), 0)
        return "?" in self.tree.words[max(0, end - 2) : end] and self._in_quotation(verb) is None

    def _climb(self, verb: int, reading: Reading) -> None:
        """Read what stands above a clause. A relative clause is presupposed: from there on only sources count."""
        tree, child = self.tree, verb
        inherits = True  # polarity and modality of what stands above still bear on the clause
        presupposed = said = False
        while True:
            self._reporting_parenthesis(child, reading)
            parent = tree.heads[child]
            if parent == child:
                return
            label = tree.labels[child]
            if presupposed or not inherits:
                if label in ("ccomp", "parataxis") and self._is_reporting(parent):
                    self._credit_verb(parent, reading)
            elif label == "acl:relcl" and not self._is_content_of_noun(child, parent):
                presupposed = True
                self._relative(child, parent, reading)
            else:
                negated = reading.negated
                inherits = self._step(child, parent, reading, inherits)
                if said and reading.negated is not negated:  # "would not go so far as to say that …"
                    reading.negated = negated
                    reading.doubt(Certainty.POSSIBLE, "what is said is not denied")
                said = said or (label == "ccomp" and self._is_finite(child))
                shares_tense = inherits and tree.is_verb(parent) and label in ("advcl", "xcomp", "conj", "ccomp")
                if shares_tense and reading.tense is None:
                    self._tense(parent, reading)
            self._according(parent, reading)
            child = parent

    def _is_finite(self, verb: int) -> bool:
        return self.tree.tags[verb] not in ("VB", "VBG") or bool(self.tree.kids(verb, "aux", "cop"))

    def _relative(self, verb: int, noun: int, reading: Reading) -> None:
        """A relative clause about nobody in particular holds no more than the clause around it: "will hire one who"."""
        tree = self.tree
        words = {tree.words[noun], *(tree.words[k] for k in tree.kids(noun, "det"))}
        if words & ANY:
            reading.doubt(Certainty.POSSIBLE, "any")
        if not words & UNKNOWN or reading.tense is Tense.PAST:
            return
        governor = next((token for token in tree.ancestors(noun) if tree.is_verb(token)), None)
        above = Reading() if governor is None else self.clause(governor)
        reading.doubt(Certainty.POSSIBLE if above.negated else above.certainty, "relative clause")
        if above.content or above.tense is Tense.FUTURE:
            reading.tense, reading.content = Tense.FUTURE, reading.content or above.content

    def _step(self, child: int, parent: int, reading: Reading, inherits: bool) -> bool:
        """One step up; whether the modality of what stands above still bears on the clause."""
        tree, label = self.tree, self.tree.labels[child]
        clausal = label in ("ccomp", "parataxis") or (label == "obj" and tree.is_verb(child))
        predicate = tree.is_verb(parent) or tree.copula(parent) is not None or tree.pos[parent] == "ADJ"
        if label == "conj":
            if {"rather", "instead"} & {tree.words[k] for k in tree.kids(child, "cc", "advmod")}:
                reading.negate("rather than")
            if any(tree.words[k] == "or" for k in tree.kids(child, "cc")) and tree.is_verb(parent):
                reading.doubt(Certainty.POSSIBLE, "or")
            if inherits:
                self._shared(child, parent, reading)
                self._shared_condition(child, parent, reading)
        elif label.startswith("csubj") and not is_infinitive(tree, child) and tree.tags[child] != "VBG":
            self._complement(child, parent, reading)
        elif label == "xcomp" or label.startswith("csubj"):
            self._under(child, parent, reading, infinitive=is_infinitive(tree, child))
        elif clausal and predicate:
            self._complement(child, parent, reading)
        elif label == "advcl":
            return self._adverbial(child, parent, reading) and inherits
        elif label == "acl" and is_infinitive(tree, child):
            reading.plan(f"{tree.words[parent]} to")
            if tree.lemmas[parent] in ("refusal", "failure", "inability"):
                reading.negate(tree.words[parent])
        elif label in ("acl", "acl:relcl"):
            gerund = tree.tags[child] == "VBG" and tree.lemmas[parent] in self._list("prospective")
            if gerund or tree.lemmas[parent] in self._list("source-noun") | self._list("possibility-noun"):
                self._noun_clause(child, parent, reading)
            if tree.tags[child] in ("VBG", "VBN"):
                reading.at(Tense.PAST if tree.tags[child] == "VBN" else self._tense_of(parent))
            return False
        return inherits

    def _is_content_of_noun(self, clause: int, noun: int) -> bool:
        """ "the allegation that Ghana attacked": what the parser took for a relative clause has its own subject."""
        tree = self.tree
        that = [k for k in tree.kids(clause, "mark") if tree.words[k] == "that"]
        return bool(that) and tree.lemmas[noun] in self._list("source-noun") | self._list("possibility-noun")

    def _tense_of(self, token: int) -> Tense:
        for above in (token, *self.tree.ancestors(token)):
            if self.tree.is_verb(above):
                probe = Reading()
                self._tense(above, probe)
                if probe.tense is not None:
                    return probe.tense
        return Tense.PAST

    def _shared(self, child: int, head: int, reading: Reading) -> None:
        """ "will meet and sign", "did not attack or invade": the first one's auxiliaries hold for a bare second."""
        tree = self.tree
        if tree.kids(child, "nsubj", "aux", "cop") or tree.tags[child] in ("VBD", "VBZ"):
            return
        above = Reading()
        for kid in tree.kids(head):
            word, label = tree.words[kid], tree.label(kid)
            if label == "advmod" and word in self._list("negative") and not self._only(kid):
                links = {tree.words[k] for k in tree.kids(child, "cc")}
                bare = tree.tags[child] == "VB" and bool(tree.kids(head, "aux")) and "but" not in links
                if "nor" not in links and ("or" in links or bare):  # "nor" negates for itself
                    reading.negate(word)
        if tree.is_verb(head):
            self._tense(head, above)
        if above.tense is not None:
            reading.tense = above.tense
        reading.doubt(above.certainty, "shared auxiliary")

    def _shared_condition(self, child: int, head: int, reading: Reading) -> None:
        """ "if A meets B and B agrees": the subordinator holds for both."""
        marks = [k for k in self.tree.kids(head, "mark") if self.tree.words[k] in ("if", "unless", "whether", "lest")]
        if marks and not self.tree.kids(child, "mark"):
            reading.doubt(Certainty.POSSIBLE, self.tree.words[marks[0]])

    def _class_of(self, governor: int) -> str:
        keys = self._keys(governor)
        for name in ("negative-implicative", "unlikely", "cessative", "seeming", "intensional", "implicative"):
            if keys & self._list(name):
                return name
        return "intensional" if keys & self._operators else ""

    def _keys(self, governor: int) -> set[str]:
        """Under what a verb or adjective is looked up: with its particle if it has one."""
        lemma, particle = self.tree.lemmas[governor], self.tree.particle(governor)
        return {f"{lemma}_{particle}"} if particle else {lemma, self.tree.words[governor]}

    def _under(self, child: int, governor: int, reading: Reading, infinitive: bool) -> None:
        """A complement without subject of its own under verb or adjective ``governor``."""
        tree, kind = self.tree, self._class_of(governor)
        word = tree.words[governor]
        governing = Reading()
        if tree.is_verb(governor) or tree.copula(governor) is not None:
            self._own(governor, governing)
        if infinitive and any(tree.words[k] == "yet" for k in tree.kids(governor, "advmod")):
            reading.negate("yet to")
            reading.at(Tense.PAST)
            return
        if self._is_going_to(governor):
            reading.at(Tense.FUTURE, "going to")
        elif infinitive and self._is_reporting(governor) and self._is_perfect_or_progressive(child):
            self._credit_verb(governor, reading)
            reading.tense = Tense.PAST if "have" in {tree.words[k] for k in tree.kids(child, "aux")} else Tense.PRESENT
            return
        if infinitive and tree.lemmas[governor] == "have" and tree.tags[governor] in ("VBZ", "VBP", "VB"):
            reading.doubt(Certainty.POSSIBLE, "have to")
            reading.at(Tense.FUTURE)
        elif tree.tags[child] == "VBG" and self._is_prospective(governor):
            reading.plan(word)
        elif kind in ("negative-implicative", "unlikely"):
            reading.negate(word)
            reading.tense = governing.tense if kind == "negative-implicative" and governing.tense else reading.tense
            if self._keys(governor) & self._list("denial"):
                self._credit_verb(governor, reading)
        elif kind == "cessative":
            reading.at(Tense.PAST, word)
        elif kind == "seeming" and infinitive:
            reading.doubt(Certainty.PROBABLE, word)
            if not tree.kids(child, "aux") or all(tree.words[k] == "to" for k in tree.kids(child, "aux")):
                reading.at(
                    Tense.FUTURE if tree.lemmas[governor] in ("expect", "likely", "anticipate") else Tense.PRESENT
                )
            else:
                reading.at(Tense.PAST)
        elif kind == "implicative" or not infinitive:
            if governing.tense is not None:
                reading.at(governing.tense)
        elif not self._is_going_to(governor):
            reading.plan(word)
        if governing.negated and not (tree.labels[child].startswith("csubj") and tree.tags[child] == "VBG"):
            reading.negate(f"not {word}")
        reading.doubt(governing.certainty, word)

    def _is_prospective(self, governor: int) -> bool:
        """Whether the gerund of a verb or adjective has not happened: "consider leaving", "look forward to seeing"."""
        keys = self._keys(governor) | {
            f"{self.tree.lemmas[governor]}_{self.tree.words[k]}" for k in self.tree.kids(governor, "advmod")
        }
        return bool(keys & self._list("prospective"))

    def _is_perfect_or_progressive(self, verb: int) -> bool:
        """ "to have met", "to be arming": what is so already, as against "to meet"."""
        helpers = {self.tree.words[k] for k in self.tree.kids(verb, "aux")}
        return "have" in helpers or ("be" in helpers and self.tree.tags[verb] == "VBG")

    def _complement(self, child: int, governor: int, reading: Reading) -> None:
        """A finite clause under a verb or adjective: said that, denied that, is possible that."""
        tree = self.tree
        lemma, word = tree.lemmas[governor], tree.words[governor]
        kind = self._class_of(governor)
        if tree.labels[child] == "parataxis" and not self._is_reporting(governor):
            return
        if self._is_reporting(governor) and not (kind == "intensional" and is_infinitive(tree, child)):
            self._credit_verb(governor, reading)
            if tree.tags[child] == "VB" and not tree.kids(child, "aux"):  # "insisted that Libya withdraw"
                reading.plan(word)
            if kind == "negative-implicative":
                reading.negate(word)
            elif self._negated(governor):
                reading.doubt(Certainty.POSSIBLE, f"not {word}")
            return
        if self._is_subjunctive(child):
            reading.plan(word)
        elif kind in ("negative-implicative", "unlikely"):
            reading.negate(word)
            self._credit_verb(governor, reading)
        elif word in self._list("possible") or lemma in ("wonder", "ask", "question", "doubt"):
            reading.doubt(Certainty.POSSIBLE, word)
        elif kind == "seeming":
            reading.doubt(Certainty.PROBABLE, word)
        elif kind == "intensional":
            if lemma in ("fear", "suspect", "expect", "hope", "predict") and not is_infinitive(tree, child):
                reading.doubt(Certainty.POSSIBLE if lemma != "expect" else Certainty.PROBABLE, word)
            else:
                reading.plan(word)
        elif is_infinitive(tree, child):
            reading.plan(word)
        elif tree.copula(governor) is not None and self._negated(governor):
            if lemma in ("true", "correct", "accurate", "case"):
                reading.negate(f"not {word}")
            else:
                reading.doubt(Certainty.POSSIBLE, f"not {word}")

    def _is_subjunctive(self, verb: int) -> bool:
        """ "it is essential that Libya withdraw"."""
        tree = self.tree
        that = any(tree.words[k] == "that" for k in tree.kids(verb, "mark"))
        return that and tree.tags[verb] == "VB" and not tree.kids(verb, "aux", "cop")

    def _noun_clause(self, child: int, noun: int, reading: Reading) -> None:
        if self.tree.lemmas[noun] in self._list("source-noun"):
            owners = self._owners(noun)
            doubting = self.tree.lemmas[noun] in ("claim", "allegation", "accusation")
            reading.credit(owners[0] if owners else noun, self.tree.words[noun], doubting)
        else:
            reading.doubt(Certainty.POSSIBLE, self.tree.words[noun])

    def _owners(self, noun: int) -> list[int]:
        """Whose report or statement it is."""
        whose = self.tree.kids(noun, "nmod:poss")
        return whose or [k for k in self.tree.kids(noun, "nmod") if self.tree.preposition(k) in ("by", "from", "of")]

    def _adverbial(self, child: int, governor: int, reading: Reading) -> bool:
        """Whether the main clause's modality still bears on an adverbial clause."""
        tree = self.tree
        if is_infinitive(tree, child):
            reading.plan("purpose")
            return True
        if tree.label(governor) == "advmod" and tree.words[governor] == "short":
            reading.negate("short of")
            reading.at(self._tense_of(governor))
            return True
        if not self._behind_preposition(child, governor, reading) and reading.tense is Tense.PRESENT:
            self._timed(child, governor, reading)
        if tree.preposition(child) in (
            "despite",
            "after",
            "since",
            "while",
            "as",
            "because",
            "before",
            "although",
            "though",
        ):
            reading.at(
                Tense.PAST
                if tree.tags[child] == "VBG" and tree.preposition(child) == "after"
                else self._tense_of(child)
            )
            return False
        finite = tree.tags[child] in ("VBD", "VBZ", "VBP", "MD") or bool(tree.kids(child, "aux", "cop"))
        if not finite and tree.tags[child] in ("VBG", "VBN"):
            reading.at(self._tense_of(governor))
            return True
        return False

    def _behind_preposition(self, child: int, governor: int, reading: Reading) -> bool:
        """A clause behind a preposition that decides on it: "instead of signing", "barred from leaving"."""
        preposition, kind = self.tree.preposition(child), self._class_of(governor)
        word, gerund = self.tree.words[governor], self.tree.tags[child] == "VBG"
        hindered = kind in ("negative-implicative", "unlikely") or bool(self._keys(governor) & self._list("hindering"))
        if preposition in REPLACED:
            reading.negate(preposition)
        elif preposition == "from" and hindered:
            if not self._negated(governor):  # "did not deter them from leaving"
                reading.negate(f"{word} from")
        elif gerund and preposition in ("than", "like", "unlike"):
            reading.doubt(Certainty.POSSIBLE, preposition)
        elif gerund and (
            (preposition and self._is_prospective(governor))
            or preposition == "about"
            or (preposition in ("of", "for", "on", "about") and kind == "intensional")
        ):
            reading.plan(word)
        else:
            return False
        return True

    def _timed(self, clause: int, governor: int, reading: Reading) -> None:
        """A clause of time in the present: a habit ("when X attacks, Y hits back"), or as far ahead as its main clause.

        So is one of purpose: "works so that they agree".
        """
        tree = self.tree
        words = [tree.words[k] for mark in tree.kids(clause, "mark", "advmod") for k in (mark, *tree.kids(mark))]
        if "so" in words and "that" in words:
            reading.plan("so that")
        if not WHENEVER & set(words):
            return
        above = self.clause(governor)
        if above.content or above.tense is Tense.FUTURE:
            reading.tense, reading.content = Tense.FUTURE, above.content
            reading.reasons.append("future: main clause")
        habit = {"when", "whenever", "once"} & set(words) or {"soon", "long"} & {*words, tree.words[governor]}
        if habit and not self._headline(clause):
            reading.doubt(Certainty.POSSIBLE, "whenever")
        reading.doubt(above.certainty, "main clause")

    def _is_reporting(self, verb: int) -> bool:
        lemma, particle = self.tree.lemmas[verb], self.tree.particle(verb)
        words = self._list("reporting")
        return (
            lemma in words or lemma in self._list("reporting-doubt") or f"{lemma} {particle}" in words
        ) and lemma not in self._list("factive")

    def _negated(self, verb: int) -> bool:
        return any(self.tree.words[k] in self._list("negative") for k in self.tree.kids(verb, "advmod"))

    def _credit_verb(self, verb: int, reading: Reading) -> None:
        subject, _, _ = surface_subject(self.tree, verb)
        if subject is None or self.tree.is_passive(verb):
            agents = [k for k in self.tree.kids(verb, "obl") if self.tree.preposition(k) == "by"]
            subject = agents[0] if agents else self._squeezed_in(verb)
        if subject is not None and self.tree.lemmas[subject] in self._list("source-noun"):
            subject = next(iter(self._owners(subject)), subject)
        if subject is not None and self.tree.words[subject] not in ("it", "there"):
            reading.credit(subject, self.tree.words[verb], self.tree.lemmas[verb] in self._list("reporting-doubt"))
        elif self.tree.is_passive(verb):
            reading.doubt(Certainty.POSSIBLE, self.tree.words[verb])
        else:  # somebody says so, and the parse does not tell who
            reading.credit(verb, self.tree.words[verb], doubting=False)

    def _squeezed_in(self, verb: int) -> int | None:
        """The source in "Ghana, Reuters reported, expelled", where the parser took it for an apposition."""
        before = verb - 1
        while before > 0 and self.tree.label(before) == "flat":
            before = self.tree.heads[before]
        between = before > 0 and self.tree.label(before) == "appos" and self.tree.words[before - 1] == ","
        return before if between and not self.tree.is_passive(verb) else None

    def _reporting_parenthesis(self, clause: int, reading: Reading) -> None:
        """ "X met Y, the agency reported": the reporting verb hangs below the clause that it reports."""
        for kid in self.tree.kids(clause, "parataxis"):
            if self._is_reporting(kid) and self.tree.kids(kid, "nsubj") and not self.tree.kids(kid, "ccomp", "obj"):
                self._credit_verb(kid, reading)

    def _according(self, clause: int, reading: Reading) -> None:
        """ "according to X", "in the words of X", "in a statement by X"."""
        tree = self.tree
        for kid in tree.kids(clause, "obl", "nmod", "advcl"):
            preposition = tree.preposition(kid)
            if preposition == "according to" or (tree.words[kid] == "according" and tree.kids(kid, "obl", "nmod")):
                speaker = kid if preposition else tree.kids(kid, "obl", "nmod")[0]
                owner = tree.kids(speaker, "nmod:poss") if tree.lemmas[speaker] in self._list("source-noun") else []
                reading.credit(owner[0] if owner else speaker, "according to", doubting=False)
            elif preposition == "in" and tree.lemmas[kid] in self._list("source-noun"):  # "in Ana Ruiz's view"
                for holder in tree.kids(kid, "nmod:poss"):
                    reading.credit(holder, tree.words[kid], doubting=False)

    def _in_quotation(self, token: int) -> Quotation | None:
        return next((q for q in self.quotations if q.start <= token < q.end), None)

    def _quotation(self, token: int, reading: Reading) -> None:
        """Direct speech: the speaker is the source unless somebody nearer is credited inside the quotation."""
        quotation = self._in_quotation(token)
        if quotation is None or quotation.speaker is None:
            return
        if reading.source is None or not quotation.start <= reading.source < quotation.end:
            reading.source = None
            cue = "" if quotation.cue is None else self.tree.words[quotation.cue]
            doubting = quotation.cue is not None and self.tree.lemmas[quotation.cue] in self._list("reporting-doubt")
            reading.credit(quotation.speaker, cue or '"', doubting)

    def _modifiers(self, noun: int, reading: Reading) -> None:
        tree = self.tree
        for kid in tree.kids(noun, "amod", "advmod", "compound", "det"):
            word = tree.words[kid]
            if word in ("no", "neither") and tree.label(kid) == "det":
                reading.negate("no")
            elif word in self._list("future-adjective"):
                reading.at(Tense.FUTURE, word)
                reading.content = True
            elif word in self._list("possible"):
                reading.doubt(Certainty.POSSIBLE, word)
                reading.doubting = True
            elif word in self._list("probable"):
                reading.doubt(Certainty.PROBABLE, word)

    def _noun_in_clause(self, noun: int, reading: Reading) -> bool:
        """Read the clause around an event noun; whether the noun is presupposed (definite) there."""
        tree = self.tree
        definite = bool(tree.kids(noun, "nmod:poss")) or any(
            tree.words[k] in ("the", "this", "that", "these", "those") for k in tree.kids(noun, "det")
        )
        child = noun
        while tree.labels[child] == "conj":
            child = tree.heads[child]
        parent, label = tree.heads[child], tree.label(child)
        if parent == child:
            self._reporting_parenthesis(child, reading)
            return definite
        if tree.preposition(child) == "without":
            reading.negate("without")
        if tree.is_nominal(parent) and tree.copula(parent) is None:
            if tree.lemmas[parent] in self._list("possibility-noun") and tree.preposition(child) in ("of", "for"):
                reading.doubt(Certainty.POSSIBLE, tree.words[parent])
                reading.at(Tense.FUTURE)
            return self._noun_in_clause(parent, reading) and definite if parent != noun else definite
        kind = self._class_of(parent)
        if (
            label in ("obj", "obl", "nsubj")
            and kind == "negative-implicative"
            and (label == "obj" or tree.labels[child] == "nsubj:pass")
        ):
            reading.negate(tree.words[parent])
            if self._keys(parent) & self._list("denial"):
                self._credit_verb(parent, reading)
            return False
        if (
            kind == "intensional"
            and (
                label in ("obj",)
                or tree.labels[child] == "nsubj:pass"
                or tree.preposition(child) in ("for", "to", "on", "about")
            )
            and not (definite and tree.lemmas[parent] in self._list("referring"))
        ):
            reading.plan(tree.words[parent])
            return False
        if label == "nsubj" and tree.lemmas[parent] in self._list("event-verb"):
            above = self.clause(parent)
            reading.negated = above.negated if self._has_no(child) else reading.negated ^ above.negated
            reading.doubt(above.certainty, tree.words[parent])
            reading.at(above.tense or Tense.PAST)
            if above.source is not None:
                reading.credit(above.source, above.cue or "", above.doubting)
            return False
        if label == "nsubj" and tree.copula(parent) is not None:
            self._predicate(parent, reading)
        if label == "obj" and self._is_reporting(parent) and kind != "negative-implicative":  # "reported the attack"
            self._credit_verb(parent, reading)
            return False
        if not definite:
            above = self.clause(parent)
            if above.negated and label in ("obj", "obl", "nsubj"):
                reading.negate(tree.words[parent])
            reading.doubt(above.certainty, tree.words[parent])
            if above.tense is Tense.FUTURE:
                reading.at(Tense.FUTURE, tree.words[parent])
            if above.source is not None:
                reading.credit(above.source, above.cue or "", above.doubting)
        return definite

    def _predicate(self, adjective: int, reading: Reading) -> None:
        """ "An attack is likely", "a deal remains impossible"."""
        word = self.tree.words[adjective]
        if word in self._list("unlikely"):
            reading.negate(word)
        elif word in self._list("probable") | self._list("seeming"):
            reading.doubt(Certainty.PROBABLE, word)
        elif word in self._list("possible"):
            reading.doubt(Certainty.POSSIBLE, word)
