"""One vocabulary over the dependency labels of Universal Dependencies and of spaCy's CLEAR scheme.

A ``Tree`` always speaks UD v2 (content words are heads, prepositions are ``case``). Trees in CLEAR labels, as the
``en_core_web`` pipelines give them, are rewritten when the Tree is made; no later stage knows the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

CLEAR_ONLY = frozenset({"nsubjpass", "dobj", "pobj", "prep", "attr", "acomp", "auxpass", "relcl", "poss", "prt"})
CLEAR_TO_UD = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "dobj": "obj", "dative": "iobj", "auxpass": "aux:pass",
    "poss": "nmod:poss", "relcl": "acl:relcl", "prt": "compound:prt", "neg": "advmod", "oprd": "xcomp",
    "npadvmod": "obl:unmarked", "quantmod": "advmod", "predet": "det:predet", "preconj": "cc:preconj", "ROOT": "root",
    "acomp": "xcomp", "attr": "xcomp", "intj": "discourse", "nounmod": "nmod", "meta": "dep",
}  # fmt: skip
WILLING = frozenset({
    "able", "committed", "determined", "eager", "entitled", "obliged", "poised", "prepared", "ready", "reluctant",
    "unable", "unwilling", "willing",
})  # adjectives of somebody: their "it" is no expletive  # fmt: skip
CHARGING = frozenset({
    "accuse", "acquit", "arrest", "ban", "bar", "blame", "block", "charge", "clear", "condemn", "convict", "criticise",
    "criticize", "deter", "detain", "discourage", "dissuade", "exonerate", "fine", "jail", "keep", "praise", "prevent",
    "prohibit", "punish", "stop", "suspect", "thank",
})  # verbs of what their object did or may not do: of, for, from doing it  # fmt: skip
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class Tree:
    """The dependency trees of a Doc as parallel lists over token indices; roots are their own heads."""

    __slots__ = ("_bases", "_kids", "doc", "heads", "labels", "lemmas", "pos", "sentences", "tags", "words")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        (self.words, lemmas, self.tags, self.pos, labels), self.heads = _columns(doc)
        self.lemmas = [lemma.lower() or word for lemma, word in zip(lemmas, self.words, strict=True)]
        self.labels = ["root" if label in ("ROOT", "") else label for label in labels]
        self.sentences = [(sent.start, sent.end) for sent in doc.sents]
        if not CLEAR_ONLY.isdisjoint(self.labels):
            _to_ud(self)
        _verbal_nouns(self)
        _face_to_face(self)
        _absolutes(self)
        _freed_gerunds(self)
        _split_unlike_conjuncts(self)
        _headline_pairs(self)
        _free_receivers(self)
        _name_subjects(self)
        _name_objects(self)
        _near_relatives(self)
        _apposed_holders(self)
        _fronted_subjects(self)
        _personal_it(self)
        self._bases = [label.partition(":")[0] for label in self.labels]
        self._kids: list[list[int]] = [[] for _ in self.words]
        for child, head in enumerate(self.heads):
            if child != head:
                self._kids[head].append(child)

    def __len__(self) -> int:
        return len(self.words)

    def kids(self, token: int, *labels: str) -> list[int]:
        """Children whose label, or its part before the colon, is one of ``labels`` (all without labels)."""
        kids = self._kids[token]
        if not labels or not kids:
            return kids
        own, bases = self.labels, self._bases
        return [k for k in kids if bases[k] in labels or own[k] in labels]

    def kid(self, token: int, *labels: str) -> int | None:
        """The first child with one of ``labels``."""
        return next(iter(self.kids(token, *labels)), None)

    def label(self, token: int) -> str:
        """The label without its subtype."""
        return self._bases[token]

    def ancestors(self, token: int) -> Iterator[int]:
        """Heads from the token's own up to the root."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def subtree(self, token: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Token indices below and including ``token``, in order, leaving out branches whose label is in ``without``."""
        found, todo = [token], [token]
        while todo:
            for kid in self._kids[todo.pop()]:
                if self.label(kid) not in without and self.labels[kid] not in without:
                    found.append(kid)
                    todo.append(kid)
        return sorted(found)

    def is_verb(self, token: int) -> bool:
        """Whether the token heads a verbal clause by its tag."""
        return self.tags[token] in VERB_TAGS or self.pos[token] == "VERB"

    def is_nominal(self, token: int) -> bool:
        return self.pos[token] in NOMINAL

    def preposition(self, token: int) -> str:
        """The preposition that marks a noun or a gerund ("from sending", "because of"); "" if bare."""
        for kid in self.kids(token, "case", "mark"):
            if self.words[kid] in ("'s", "’s", "'", "’"):
                continue
            rest = [self.words[k] for k in self.kids(kid, "fixed")]
            if self.label(kid) == "mark" and self.tags[kid] not in ("IN", "TO") and not rest:
                continue
            return " ".join([self.words[kid], *rest])
        return ""

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is coordinated with it; left out are "not B", "instead of B" and "not A but"."""
        found = [token]
        for kid in self.kids(token, "conj"):
            links = {self.words[k] for k in self.kids(kid, "cc", "advmod")}
            if "but" in links and any(self.words[k : k + 2] == ["not", self.words[token]] for k in self.kids(token)):
                found = [t for t in found if t != token]
            if not links & {"not", "n't", "rather", "instead", "never"}:
                found += self.conjuncts(kid)
        return found

    def is_passive(self, verb: int) -> bool:
        """Passive voice: by its auxiliary or subject, or a bare past participle that modifies a noun."""
        if self.kids(verb, "aux:pass") or self.kids(verb, "nsubj:pass"):
            return True
        if self.tags[verb] != "VBN" or self.kids(verb, "aux"):
            return False
        label = self.labels[verb]
        if label == "conj":
            head = self.heads[verb]
            return not self.kids(verb, "nsubj") and self.is_passive(head)
        if label == "xcomp" or self.label(verb) in ("acl", "advcl", "amod", "root", "ccomp", "parataxis"):
            return not self.kids(verb, "nsubj", "obj")
        return False

    def particle(self, verb: int) -> str | None:
        """The particle of a phrasal verb ("turn down" gives "down")."""
        kid = self.kid(verb, "compound:prt")
        return None if kid is None else self.words[kid]

    def copula(self, token: int) -> int | None:
        """The "be" of a predicate noun or adjective."""
        return self.kid(token, "cop")


def _verbal_nouns(tree: Tree) -> None:
    """Mend "because of fighting between A and B": what goes on between two is no verb. In place."""
    heads, labels = tree.heads, tree.labels
    for token in range(1, len(labels)):
        if tree.tags[token] != "VBG" or tree.words[token + 1 : token + 2] != ["between"]:
            continue
        marks = [t for t, head in enumerate(heads) if head == token and labels[t] in ("case", "mark") and t < token]
        if marks and labels[token] in ("advcl", "acl", "xcomp"):
            verbal = tree.tags[heads[token]] in VERB_TAGS
            tree.pos[token], tree.tags[token], tree.lemmas[token] = "NOUN", "NN", tree.words[token]
            labels[token] = "obl" if verbal else "nmod"
            for mark in marks:
                labels[mark] = "case"


def _columns(doc: Doc) -> tuple[list[list[str]], list[int]]:
    """Lower-case words, lemmas, tags, parts of speech, labels; and heads. Faster than asking each token for each."""
    strings = doc.vocab.strings
    *names, offsets = doc.to_array(["LOWER", "LEMMA", "TAG", "POS", "DEP", "HEAD"]).T
    columns = [[strings[number] for number in column.tolist()] for column in names]
    return columns, [token + offset for token, offset in enumerate(offsets.astype("int64").tolist())]


def _face_to_face(tree: Tree) -> None:
    """Mend "agreed [to face]-to-face talks": a word hyphened to itself is no infinitive. In place."""
    heads, labels, words = tree.heads, tree.labels, tree.words
    for token in range(len(words) - 5):
        hyphened = words[token + 1 : token + 4] == ["-", "to", "-"] and words[token + 4] == words[token]
        noun = next((t for t in range(token + 5, len(words)) if heads[t] == token and labels[t] == "obj"), None)
        if not hyphened or noun is None or tree.tags[token] != "VB":
            continue
        for kid, head in enumerate(heads):
            if head == token and kid != noun and labels[kid] in ("mark", "obl", "advmod"):
                heads[kid], labels[kid] = noun, {"mark": "case", "obl": "nmod"}.get(labels[kid], labels[kid])
        heads[noun], labels[noun] = heads[token], "obl"
        heads[token], labels[token] = noun, "compound"


def _absolutes(tree: Tree) -> None:
    """Mend "Ana left, with [Bo promising aid]", where the parser gave the first verb both subjects. In place."""
    heads, labels = tree.heads, tree.labels
    subjects: dict[int, list[int]] = {}
    for token, label in enumerate(labels):
        if label == "nsubj":
            subjects.setdefault(heads[token], []).append(token)
    for verb, found in subjects.items():
        later = found[-1]
        gerund = next((t for t, h in enumerate(heads) if h == later and labels[t] == "acl" and t > later), None)
        if len(found) > 1 and found[0] < verb < later and gerund is not None and tree.tags[gerund] == "VBG":
            heads[gerund], labels[gerund] = verb, "advcl"
            heads[later] = gerund


def _freed_gerunds(tree: Tree) -> None:
    """Mend "accused [troops of aiding]": what somebody is accused of or kept from is the verb's. In place."""
    heads, labels = tree.heads, tree.labels
    marked = {
        heads[t] for t, word in enumerate(tree.words)
        if word in ("of", "from", "for") and labels[t] in ("mark", "case")
    }  # fmt: skip
    for token in marked:
        noun = heads[token]
        verb = heads[noun]
        gerund = labels[token] == "acl" and tree.tags[token] == "VBG" and noun < token
        if gerund and labels[noun] in ("obj", "nsubj:pass") and tree.lemmas[verb] in CHARGING:
            heads[token], labels[token] = verb, "advcl"


def _split_unlike_conjuncts(tree: Tree) -> None:
    """Mend "[X's president and European] leaders": a noun is not coordinated with the adjective of a later noun.

    The first noun takes the place of the later one, which becomes its conjunct. In place.
    """
    heads, labels = tree.heads, tree.labels
    for adjective, label in enumerate(labels):
        noun = heads[adjective]
        later = heads[noun]
        if label != "conj" or tree.tags[adjective] != "JJ" or tree.tags[noun] not in ("NN", "NNP"):
            continue
        if labels[noun] not in ("compound", "amod", "nmod:desc") or not noun < adjective < later:
            continue
        heads[noun], labels[noun] = (noun if heads[later] == later else heads[later]), labels[later]
        for token, head in enumerate(heads):
            if (head == later and token < noun) or (head == adjective and labels[token] == "cc"):
                heads[token] = noun if head == later else later
        heads[later], labels[later] = noun, "conj"
        heads[adjective], labels[adjective] = later, "amod"


def _headline_pairs(tree: Tree) -> None:
    """Mend "Ruiz, Chilean Minister Discuss Trade": what no second comma closes is no apposition. In place."""
    for token, label in enumerate(tree.labels):
        subject = tree.heads[token]
        verb = tree.heads[subject]
        if label != "appos" or not tree.labels[subject].startswith("nsubj") or tree.tags[verb] != "VBP":
            continue
        one = tree.tags[subject] == "NNP" and subject < token < verb
        between = [w for w in tree.words[token + 1 : verb] if w in (",", "-", "–", ")")]
        if one and not between and tree.words[subject + 1 : token].count(",") == 1:
            tree.labels[token] = "conj"


def _free_receivers(tree: Tree) -> None:
    """Mend "lent [Chad two billion dollars]" and "warned [Chad not to attack]": the receiver is the verb's. In place.

    Nothing in front of a determiner or number is part of a compound, and no object stands before the "to" of its verb.
    """
    heads, labels = tree.heads, tree.labels
    for token, label in enumerate(labels):
        head = heads[token]
        verb = heads[head]
        if not verb < token < head or tree.tags[verb] not in VERB_TAGS:
            continue
        between = [k for k in range(token + 1, head) if heads[k] == head]
        if label in ("compound", "nmod", "nmod:desc", "nmod:unmarked") and labels[head] == "obj":
            if any(labels[k] in ("det", "nummod") for k in between):
                heads[token], labels[token] = verb, "iobj"
        elif label in ("obj", "nsubj") and labels[head] == "xcomp" and any(tree.tags[k] == "TO" for k in between):
            heads[token], labels[token] = verb, "obj"


def _name_subjects(tree: Tree) -> None:
    """Mend a name that stands bare beside a verb: its subject before one without, its object behind one without.

    "Of State Ana Ruiz will", "will meet Ana Ruiz". In place.
    """
    heads, labels = tree.heads, tree.labels
    with_subject = {heads[t] for t, label in enumerate(labels) if label.startswith(("nsubj", "csubj", "expl"))}
    with_case = {heads[t] for t, label in enumerate(labels) if label in ("case", "mark")}
    with_object = {heads[t] for t, label in enumerate(labels) if label in ("obj", "ccomp")}
    passive = {heads[t] for t, label in enumerate(labels) if label == "aux:pass"}
    for token, label in enumerate(labels):
        verb = heads[token]
        if (
            label not in ("obl", "xcomp")
            or token in with_case
            or verb in (with_subject if token < verb else with_object | passive)
            or tree.tags[verb] not in VERB_TAGS
            or tree.doc[token].ent_type_ not in ("PERSON", "ORG", "GPE", "NORP")
        ):
            continue
        if token == verb + 1 and (label == "obl" or tree.doc[token].ent_type_ == "PERSON"):
            labels[token] = "obj"
        elif token < verb and label == "obl":
            labels[token] = "nsubj:pass" if verb in passive else "nsubj"
            with_subject.add(verb)


def _name_objects(tree: Tree) -> None:
    """Mend a name that is taken for a clause and has no part of one: "criticised not Peru but Chad". In place."""
    heads, labels = tree.heads, tree.labels
    parts = ("nsubj", "csubj", "cop", "aux", "obj")
    with_parts = {heads[t] for t, label in enumerate(labels) if label.startswith(parts)}
    with_object = {heads[t] for t, label in enumerate(labels) if label == "obj"}
    for token, label in enumerate(labels):
        verb = heads[token]
        named = label == "ccomp" and tree.pos[token] == "PROPN" and token not in with_parts
        if named and verb < token and verb not in with_object and tree.tags[verb] in VERB_TAGS:
            labels[token] = "obj"


def _near_relatives(tree: Tree) -> None:
    """Hang ", which …" and ", who …" below the organisation or person named right before the comma. In place."""
    kinds = {"which": "ORG", "who": "PERSON", "whom": "PERSON"}
    doc, heads, labels = tree.doc, tree.heads, tree.labels
    for token in range(2, len(tree.words)):
        kind = kinds.get(tree.words[token])
        if kind is None or tree.words[token - 1] != "," or doc[token - 2].ent_type_ != kind:
            continue
        first = token - 2
        while doc[first].ent_iob_ == "I":
            first -= 1
        name = range(first, token - 1)
        root = next((t for t in name if heads[t] not in name or heads[t] == t), first)
        verb = next((v for v in _upwards(heads, token) if labels[v] == "acl:relcl"), None)
        if (
            verb is not None
            and heads[verb] not in name
            and heads[verb] < first
            and root not in _upwards(heads, heads[verb])
            and verb not in _upwards(heads, root)
        ):
            heads[verb] = root


def _apposed_holders(tree: Tree) -> None:
    """Mend "the head of Norvik, Ana Ruiz, said": a person between commas is no conjunct of the body. In place."""
    doc, heads, labels, words = tree.doc, tree.heads, tree.labels, tree.words
    for token, label in enumerate(labels):
        body = heads[token]
        title = heads[body]
        if label != "conj" or doc[token].ent_type_ != "PERSON" or doc[body].ent_type_ == "PERSON":
            continue
        end = next((t for t in range(token, len(words)) if doc[t].ent_iob_ != "I" and t > token), len(words))
        alone = token == body + 2 and words[token - 1] == "," and words[end : end + 1] == [","]
        listed = words[end + 1 : end + 2] in (["and"], ["or"])
        if alone and not listed and labels[body] == "nmod" and tree.tags[title] == "NN":
            heads[token], labels[token] = title, "appos"


def _fronted_subjects(tree: Tree) -> None:
    """Mend clauses in front of the "said" that credits them, where one of the two subjects went to the other verb.

    "Ana has left, the party said" with two subjects of "said"; "Ana will leave, said a spokesman" with none. In place.
    """
    heads, labels = tree.heads, tree.labels
    subjects: dict[int, list[int]] = {}
    for token, label in enumerate(labels):
        if label in ("nsubj", "nsubj:pass"):
            subjects.setdefault(heads[token], []).append(token)
    for clause, label in enumerate(labels):
        said = heads[clause]
        if label != "ccomp" or clause > said or tree.tags[said] not in VERB_TAGS:
            continue
        owned = subjects.get(said, [])
        if clause not in subjects and len(owned) > 1 and owned[0] < clause < owned[-1]:
            heads[owned[0]] = clause
        elif not owned and (behind := _crossing(tree, clause, said)) is not None:
            heads[behind], labels[behind] = said, "nsubj"


def _crossing(tree: Tree, clause: int, said: int) -> int | None:
    """The noun right behind "said" that hangs on the clause in front of it."""
    return next(
        (t for t in range(said + 1, min(said + 6, len(tree.words))) if tree.heads[t] == clause
         and tree.labels[t] in ("obj", "nsubj", "obl", "appos", "dep") and tree.pos[t] in NOMINAL), None
    )  # fmt: skip


def _personal_it(tree: Tree) -> None:
    """ "Chad said it was willing to": that "it" is Chad. In place."""
    for token, label in enumerate(tree.labels):
        if label == "expl" and tree.words[token] == "it" and tree.words[tree.heads[token]] in WILLING:
            tree.labels[token] = "nsubj"


def _upwards(heads: list[int], token: int) -> list[int]:
    found = [token]
    while heads[found[-1]] != found[-1] and len(found) < len(heads):
        found.append(heads[found[-1]])
    return found


def _to_ud(tree: Tree) -> None:
    """Rewrite CLEAR heads and labels into UD ones, in place."""
    heads, labels = tree.heads, tree.labels
    for i, label in enumerate(labels):
        if label in ("pobj", "pcomp"):
            _lift_object_of_preposition(tree, i)
    for i, label in enumerate(labels):
        if label in ("attr", "acomp") and tree.lemmas[heads[i]] == "be" and labels[heads[i]] not in ("cop",):
            _lift_predicate(tree, i)
    for i, label in enumerate(labels):
        if label in ("prep", "agent"):
            labels[i] = "case" if any(h == i for h in heads) else "advmod"
        else:
            labels[i] = CLEAR_TO_UD.get(label, label)
        if labels[i] == "appos" or label == "case":
            continue
    for i, label in enumerate(labels):
        if label == "case" and tree.words[i] not in ("'s", "'", "’s", "’") and heads[heads[i]] == i:
            labels[i] = "advmod"  # a preposition that lost its noun


def _lift_object_of_preposition(tree: Tree, noun: int) -> None:
    heads, labels = tree.heads, tree.labels
    preposition = heads[noun]
    if labels[preposition] not in ("prep", "agent", "dative", "case"):
        labels[noun] = "obl"
        return
    governor = heads[preposition]
    while labels[governor] in ("prep",) and governor != heads[governor]:  # "out of the country"
        governor = heads[governor]
    clause = labels[noun] == "pcomp"
    by = labels[preposition] == "agent"
    heads[noun] = governor
    if clause:
        labels[noun] = "advcl" if tree.is_verb(governor) else "acl"
    elif tree.is_verb(governor) or tree.pos[governor] in ("ADJ", "AUX", "ADV"):
        labels[noun] = "obl:agent" if by else "obl"
    else:
        labels[noun] = "nmod"
    heads[preposition], labels[preposition] = noun, "mark" if clause else "case"


def _lift_predicate(tree: Tree, predicate: int) -> None:
    heads, labels = tree.heads, tree.labels
    be = heads[predicate]
    root = heads[be] == be
    heads[predicate], labels[predicate] = (predicate if root else heads[be]), labels[be]
    for i, head in enumerate(heads):
        if head == be and i not in (be, predicate):
            heads[i] = predicate
    heads[be], labels[be] = predicate, "cop"
