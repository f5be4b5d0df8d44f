"""Named mentions → entities: full and partial names, acronyms, spelling variants, demonyms, capitals and seats."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Span

from graphbuild.function_words import ARABIC_ARTICLES, OUTSIDE_ACRONYMS
from graphbuild.model import EntityType
from graphbuild.ontology import Ontology
from graphbuild.ontology.gazetteer import Actor, Actors, fold
from graphbuild.resolve.clusters import Clusters, EntityCluster
from graphbuild.resolve.decisions import Decisions
from graphbuild.resolve.metonyms import denotes_government
from graphbuild.resolve.reasons import Why
from graphbuild.syntax import Tree
from graphbuild.syntax.nominals import phrase_before

# Letters that transliterations of one name differ in: Sergey/Sergei, Zelensky/Zelenskyy, Mohammed/Muhammad.
SPELLINGS = (
    (r"(iy|yy|ij|ii|ey|ei|yi|y|ie)(?=\b)", "i"), (r"[yj]", "i"), (r"kh", "h"), (r"ph", "f"), (r"w", "v"),
    (r"tch|tsch", "ch"),
    (r"ou", "u"), (r"(.)\1", r"\1"), (r"[’'`-]", ""), (r"ks", "x"), (r"sch", "sh"), (r"ck", "k"), (r"q", "k"),
)  # fmt: skip
ARTICLE = re.compile(rf"^(?:{'|'.join(ARABIC_ARTICLES)})[-’' ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A named span with its root token."""

    span: Span
    root: int
    label: str
    known: str


@lru_cache(maxsize=50_000)
def spelling(word: str) -> str:
    """A key that is the same for common transliterations of one name."""
    text = "".join(ch for ch in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(ch))
    for pattern, letters in SPELLINGS:
        text = re.sub(pattern, letters, text)
    return text


def named_spans(doc: Doc, tree: Tree) -> list[Name]:
    return [Name(ent, _root(tree, ent), ent.label_, ent.kb_id_) for ent in doc.ents]


def _year(doc: Doc) -> str:
    """The year of an article; of one without a date the latest that it names."""
    named = [token.text for token in doc if token.is_digit and len(token) == 4 and "1000" < token.text < "2100"]
    return (doc.user_data.get("published") or max(named, default="9999"))[:4]


def _root(tree: Tree, span: Span) -> int:
    for token in range(span.start, span.end):
        if not span.start <= tree.heads[token] < span.end or tree.heads[token] == token:
            return token
    return span.end - 1


Bearer = tuple[tuple[str, ...], EntityCluster]  # the words of a full name, and who is called so


class Names:
    """Assigns each named span its cluster."""

    def __init__(
        self,
        clusters: Clusters,
        tree: Tree,
        ontology: Ontology,
        actors: Actors,
        names: list[Name],
        decisions: Decisions,
    ) -> None:
        self.clusters, self.tree, self.ontology, self.actors = clusters, tree, ontology, actors
        self.decisions = decisions
        self.people: list[Bearer] = []  # in text order
        self.organisations: dict[tuple[str, ...], EntityCluster] = {}
        self.names = names
        self.year = _year(tree.doc)

    def assign(self) -> dict[int, EntityCluster]:
        """Cluster by index into ``names``. Full names first, so that a surname in the headline finds its owner."""
        found: dict[int, EntityCluster] = {}
        self.names = self._retyped()
        order = sorted(range(len(self.names)), key=lambda i: (-self._words(i), i))
        for i in order:
            cluster = self._draft(self.names[i])
            if cluster is not None:
                found[i] = cluster
        for i, cluster in sorted(found.items()):
            name = self.names[i]
            kind = "name" if cluster.named else "nominal"
            self.clusters.mention(cluster, name.span.start, name.span.end, kind, _surface(name.span))
        return found

    def _retyped(self) -> list[Name]:
        """The names, those of one word that the article calls a company or its like read as organisations."""
        bodies = {_surface(name.span) for name in self.names if name.label == "PERSON" and self._is_body(name)}
        bodies -= {n for n in bodies if any(n in m.span.text.split() and len(m.span) > 1 for m in self.names)}
        return [replace(n, label="ORG") if _surface(n.span) in bodies else n for n in self.names]

    def _is_body(self, name: Name) -> bool:
        """ "the firm X", "X, a subsidiary", "the chief executive of X"."""
        tree, root = self.tree, name.root
        if len(name.span) > 1 or name.known:
            return False
        if tree.labels[root] == "nmod:poss" and self._is_full_name(tree.heads[root]):
            return True  # "Fidesz's Ana Ruiz": people have no people with full names
        bodies = self.ontology.words("organisation-noun") | self.ontology.words("any-body")
        return any(tree.lemmas[t] in bodies for t in self._nouns_beside(root)) or self._owns_as_body(root)

    def _is_full_name(self, token: int) -> bool:
        return any(name.root == token and len(name.span) > 1 for name in self.names)

    def _owns_as_body(self, root: int) -> bool:
        """ "X's shareholders", "the chief executive of X"."""
        tree, owned = self.tree, self.ontology.words("of-a-body")
        if tree.labels[root] != "nmod:poss" and tree.preposition(root) not in ("of", "in", "at"):
            return False
        return any(phrase in owned for phrase, _ in phrase_before(tree, tree.heads[root], longest=2))

    def _nouns_beside(self, root: int) -> list[int]:
        """Common nouns that say what a name is."""
        tree, head = self.tree, self.tree.heads[root]
        found = [k for k in tree.children(root, "appos", "compound") if k != root]
        said = tree.copula(head) is not None and tree.label(root) == "nsubj"
        if said or tree.label(root) in ("appos", "compound"):
            found.append(head)
        return [t for t in found if tree.tags[t] in ("NN", "NNS")]

    def _is_pair(self, name: Name) -> bool:
        """ "The Ruiz-Berg meeting": two people of the article, and nobody of that name."""
        parts = _surface(name.span).replace(" ", "").split("-")
        people = {n.span[-1].text for n in self.names if n.label == "PERSON" and n.span != name.span}
        return len(parts) == 2 and set(parts) <= people

    def _words(self, i: int) -> int:
        return min(len(self.names[i].span), 4)

    def _draft(self, name: Name) -> EntityCluster | None:
        if name.label == "PERSON":
            return None if self._is_pair(name) else self._person(name)
        text = _surface(name.span)
        seat = self._unless_apart(text, self.actors.metonym(text))
        if seat is not None:
            return self._seat(name, text, seat)
        if name.label == "NORP" and (self._is_language(name) or self._is_counted(name)):
            return None
        capital = self._unless_apart(text, self.actors.capital_of(text))
        if capital is not None and self._names_capital(name, capital):
            return self._capital(name, text, capital)
        known = self._unless_apart(text, self.actors.by_id.get(name.known))
        return self.clusters.known(known) if known is not None else self._unknown(name, text)

    def _unknown(self, name: Name, text: str) -> EntityCluster:
        """A name that no table has."""
        if name.label == "NORP":
            return self.clusters.add("group:" + fold(text), EntityType.GROUP, named=True)
        return self._place(text) if name.label in ("GPE", "LOC") else self._organisation(name, text)

    def _names_capital(self, name: Name, state: Actor) -> bool:
        """Whether a name that a capital has is its name, and not that of its state ("Singapore")."""
        return name.label in ("GPE", "LOC", "ORG") and self.actors.by_id.get(name.known) is not state

    def _capital(self, name: Name, text: str, state: Actor) -> EntityCluster:
        if denotes_government(self.tree, name.root, self.ontology):
            return self._merge(self.clusters.known(state), text, Why.CAPITAL)
        return self._place_called(text)

    def _unless_apart(self, text: str, actor: Actor | None) -> Actor | None:
        """The actor, but not before it was, nor where somebody decided that ``text`` is not that one."""
        if actor is None or (actor.since and self.year < actor.since):
            return None
        apart = self.decisions.parts(text, (actor.label, *actor.names), self.clusters.document)
        return None if apart else actor

    def _seat(self, name: Name, text: str, state: Actor) -> EntityCluster:
        if denotes_government(self.tree, name.root, self.ontology):
            return self._merge(self.clusters.known(state), text, Why.SEAT)
        return self.clusters.add("org:" + fold(text), EntityType.ORGANISATION, named=True)

    @staticmethod
    def _merge(cluster: EntityCluster, name: str, why: Why) -> EntityCluster:
        cluster.merged.add((name, why))
        return cluster

    def _is_language(self, name: Name) -> bool:
        """ "The word is Spanish", "a speech in Russian", "the Dutch language"."""
        tree, root = self.tree, name.root
        behind = {*tree.words[name.span.end : name.span.end + 1]}
        alone = tree.preposition(root) in ("in", "into") and tree.tags[root] in ("JJ", "NNP", "NN")
        return not behind.isdisjoint(self.ontology.words("of-language")) or (
            alone and not tree.children(root, "amod", "det")
        )

    def _is_counted(self, name: Name) -> bool:
        """ "168 Liberians", "ethnic Albanians": some people, whom the reference stage names, and not their state."""
        tree, root = self.tree, name.root
        some = any(tree.lemmas[k] in self.ontology.words("quantity-noun") for k in tree.children(root, "det", "amod"))
        described = tree.children(root, "nummod", "acl") or [
            k for k in tree.children(root, "amod", "compound") if k < root
        ]
        return bool(name.known) and tree.tags[root] in ("NNPS", "NNS") and (some or bool(described))

    def _place_called(self, text: str) -> EntityCluster:
        """A capital as a city: a known region of that name ("Moscow"), else a place."""
        regions = [actor for actor in self.actors.named(text) if actor.kind == "Region"]
        return self.clusters.known(regions[0]) if len(regions) == 1 else self._place(text)

    def _place(self, text: str) -> EntityCluster:
        words = tuple(fold(text).replace(",", " ").replace(".", "").split())
        for key, cluster in self.clusters.by_key.items():
            same = key.startswith("place:") and self._is_settlement(words, tuple(key[6:].split()))
            if same and not self._apart(text, cluster):
                return self._merge(cluster, text, Why.SHORT)
        return self.clusters.add("place:" + " ".join(words), EntityType.PLACE, named=True)

    def _is_settlement(self, words: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """ "Benin" of "Benin City"; "Asia" is not "Central Asia", nor "Sulu" "Sulu Province"."""
        return other[:-1] == words and not self.ontology.words("city-name").isdisjoint(other[-1:])

    def _organisation(self, name: Name, text: str) -> EntityCluster:
        words = tuple(fold(text).split())
        if words in self.organisations:
            return self.organisations[words]
        for other, cluster in self.organisations.items():
            if (_is_part(words, other) or _is_acronym(text, other)) and not self._apart(text, cluster):
                self.organisations[words] = cluster
                return self._merge(cluster, text, Why.SHORT)
        bracket = self._bracketed(name)
        cluster = bracket or self.clusters.add(
            "org:" + " ".join(words), EntityType.ORGANISATION, named=True, subtype=self.ontology.kind_of_name(text)
        )
        self.organisations[words] = cluster
        return cluster

    def _bracketed(self, name: Name) -> EntityCluster | None:
        """ "Legislative Council (LegCo)": a short name in brackets behind the long one."""
        start = name.span.start
        if start < 2 or self.tree.words[start - 1] != "(" or len(name.span) > 1:
            return None
        for words, cluster in self.organisations.items():
            tail = tuple(
                fold(" ".join(t.text for t in self.tree.doc[max(0, start - 1 - len(words)) : start - 1])).split()
            )
            if tail == words:
                return cluster
        return None

    def _person(self, name: Name) -> EntityCluster:
        text = _surface(name.span)
        words = tuple(w for w in re.split(r"[\s\u00a0]+", text) if w not in ("-",))
        bearers = self._bearers(text, words)
        if bearers:
            cluster = self._nearest(bearers, name)
            cluster.merged.add((text, Why.SHORT if len(words) < len(bearers[0][0]) else Why.SPELLING))
        elif (known := self._unless_apart(text, self.actors.by_id.get(name.known))) is not None:
            cluster = self.clusters.known(known)
        else:
            cluster = self.clusters.add("person:" + " ".join(map(str.casefold, words)), EntityType.PERSON, named=True)
        if len(words) > 1 or not bearers:
            self.people.append((words, cluster))
        cluster.gender = cluster.gender or self._gender(name, words)
        cluster.spoken_of = cluster.spoken_of or self.actors.gender(words[0])  # "Clinton" may be a surname
        return cluster

    def _bearers(self, text: str, words: tuple[str, ...]) -> list[Bearer]:
        """Who of those named so far may go by these words: by full name, by surname alone, by forename alone."""
        people = [person for person in self.people if not self._apart(text, person[1])]
        if len(words) > 1:
            return [person for person in people if same_person(words, person[0])]
        by_surname = _of_key(people, -1, surname(words[0]), surname)
        return by_surname or _of_key(people, 0, spelling(words[0]), spelling)

    def _apart(self, text: str, cluster: EntityCluster) -> bool:
        """Whether somebody decided that ``text`` is not what ``cluster`` is, as far as its names are found."""
        names = [" ".join(words) for words, other in self.people if other is cluster]
        names += [" ".join(words) for words, other in self.organisations.items() if other is cluster]
        names += [cluster.key.partition(":")[2], *([cluster.known] if cluster.known else [])]
        return self.decisions.parts(text, names, self.clusters.document)

    def _nearest(self, candidates: list[Bearer], name: Name) -> EntityCluster:
        """Of several bearers of a surname the one named last before this mention."""
        if len({cluster.key for _, cluster in candidates}) > 1:
            bearers = dict(reversed(candidates))  # of equal names the first
            for earlier in reversed(self._full_names(name.span.start)):
                if (found := bearers.get(tuple(_surface(earlier).split()))) is not None:
                    return found
        return candidates[0][1]

    def _full_names(self, end: int) -> list[Span]:
        """The people's names of several words before a token."""
        people = (name.span for name in self.names if name.label == "PERSON")
        return [span for span in people if len(span) > 1 and span.end <= end]

    def _gender(self, name: Name, words: tuple[str, ...]) -> str | None:
        before = self.tree.words[name.span.start - 1] if name.span.start else ""
        if (gender := self.ontology.gender(before)) is not None:
            return gender
        return self.actors.gender(words[0]) if len(words) > 1 else None


def _surface(span: Span) -> str:
    """The words of a name on one line, without a possessive."""
    text = re.sub(r"\s+", " ", span.text).removesuffix("'s").removesuffix("'").strip()
    return re.sub(r" (?:of|for|and|the|in)$", "", text)


@lru_cache(maxsize=50_000)
def surname(word: str) -> str:
    """The spelling key of a surname without its Arabic article: "al-Abadi" is "Abadi"."""
    return spelling(ARTICLE.sub("", word) or word)


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two full names of one person: same surname, forenames equal, spelled alike, or one an initial of the other.

    Middle names may be left out from behind: "George W. Bush" is not "George H. W. Bush".
    """
    if len(one) < 2 or len(other) < 2 or surname(one[-1]) != surname(other[-1]):
        return [spelling(w) for w in one] == [spelling(w) for w in other]
    middles = [[spelling(word)[:1] for word in name[1:-1] if word[:1].isupper()] for name in (one, other)]
    short, long = sorted(middles, key=len)
    return long[: len(short)] == short and _same_forename(one[0], other[0])


def _same_forename(one: str, other: str) -> bool:
    a, b = spelling(one.rstrip(".")), spelling(other.rstrip("."))
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _of_key(people: list[Bearer], at: int, key: str, fold_name: Callable[[str], str]) -> list[Bearer]:
    """Those one of whose names, folded, is ``key``."""
    return [person for person in people if fold_name(person[0][at]) == key]


def _is_part(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """A short form at the beginning or end of a longer name: "State Department", "Yonhap"."""
    if not words or len(words) >= len(other) or other[len(words) - 1 : len(words)] in (("of",), ("and",)):
        return False
    return other[-len(words) :] == words or (
        other[: len(words)] == words and other[len(words)] not in ("of", "and", "for")
    )


def _is_acronym(text: str, other: tuple[str, ...]) -> bool:
    letters = text.replace(".", "")
    if not (2 <= len(letters) <= 7 and letters.isupper()) or len(other) < 2:
        return False
    initials = "".join(word[0] for word in other if word not in OUTSIDE_ACRONYMS).upper()
    return letters == initials or letters == "".join(word[0] for word in other).upper()
