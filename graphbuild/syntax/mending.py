"""What parsers get wrong, mended: each rule knows one construction, and changes a Tree in place.

Rules may move a word, never so that heads go round in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphbuild.syntax.tree import Tree

CHARGING = frozenset({
    "accuse", "acquit", "arrest", "ban", "bar", "blame", "block", "charge", "clear", "condemn", "convict", "criticise",
    "criticize", "deter", "detain", "discourage", "dissuade", "exonerate", "fine", "jail", "keep", "praise", "prevent",
    "prohibit", "punish", "stop", "suspect", "thank",
})  # verbs of what their object did or may not do: of, for, from doing it  # fmt: skip
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
WILLING = frozenset({
    "able", "committed", "determined", "eager", "entitled", "obliged", "poised", "prepared", "ready", "reluctant",
    "unable", "unwilling", "willing",
})  # adjectives of somebody: their "it" is no expletive  # fmt: skip


def mend(tree: Tree) -> None:
    """Apply all rules, in place."""
    for rule in (
        _verbal_nouns, _face_to_face, _absolutes, _freed_gerunds, _split_unlike_conjuncts, _double_objects,
        _headline_pairs,
        _free_receivers, _name_subjects, _name_objects, _near_relatives, _apposed_holders, _fronted_subjects,
        _personal_it, _possessors, _particle_gerunds, _agents_of_verdicts, _backward_conjuncts,
    ):  # fmt: skip
        rule(tree)


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


def _face_to_face(tree: Tree) -> None:
    """Mend "agreed [to face]-to-face talks": a word hyphened to itself is no infinitive. In place."""
    heads, labels, words = tree.heads, tree.labels, tree.words
    for token in range(len(words) - 5):
        hyphened = words[token + 1 : token + 4] == ["-", "to", "-"] and words[token + 4] == words[token]
        noun = next((t for t in range(token + 5, len(words)) if heads[t] == token and labels[t] == "obj"), None)
        if not hyphened or noun is None or tree.tags[token] != "VB":
            continue
        for child, head in enumerate(heads):
            if head == token and child != noun and labels[child] in ("mark", "obl", "advmod"):
                heads[child], labels[child] = noun, {"mark": "case", "obl": "nmod"}.get(labels[child], labels[child])
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


def _double_objects(tree: Tree) -> None:
    """Mend "hosted [Peru's president and European] [leaders]", read as two objects: they are conjuncts. In place."""
    heads, labels = tree.heads, tree.labels
    for adjective in range(len(labels) - 1):
        noun, later = heads[adjective], adjective + 1
        like = heads[later] == heads[noun] != noun and labels[later] == labels[noun]
        nouns = {tree.tags[noun], tree.tags[later]} <= {"NN", "NNS", "NNP", "NNPS"}
        if labels[adjective] == "conj" and tree.tags[adjective] == "JJ" and noun < adjective and like and nouns:
            for token, head in enumerate(heads):
                if head == later and token < noun:
                    heads[token] = noun
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


def _possessors(tree: Tree) -> None:
    """Mend "[Ana Ruiz]'s visit lasted", where both nouns became subjects: "'s" marks an owner. In place."""
    heads, labels = tree.heads, tree.labels
    for mark, tag in enumerate(tree.tags):
        owner = heads[mark]
        if tag != "POS" or labels[mark] != "case" or not labels[owner].startswith("nsubj") or owner > mark:
            continue
        owned = next((t for t in range(mark + 1, len(labels)) if heads[t] == heads[owner]), None)
        if owned is not None and labels[owned].startswith("nsubj") and owned < heads[owner]:
            heads[owner], labels[owner] = owned, "nmod:poss"


def _particle_gerunds(tree: Tree) -> None:
    """Mend "ruled out [hosting the talks]": a gerund right behind the particle of its verb is its object. In place."""
    heads, labels = tree.heads, tree.labels
    for token in range(1, len(labels)):
        verb = heads[token]
        behind = labels[token - 1] == "compound:prt" and heads[token - 1] == verb
        if behind and labels[token] == "advcl" and tree.tags[token] == "VBG":
            labels[token] = "xcomp"


def _agents_of_verdicts(tree: Tree) -> None:
    """Mend "found [guilty by the court]": who finds is the verb's agent, not the adjective's. In place."""
    heads, labels = tree.heads, tree.labels
    passive = {heads[t] for t, label in enumerate(labels) if label == "aux:pass"}
    by = {heads[t] for t, word in enumerate(tree.words) if word == "by" and labels[t] == "case"}
    for agent in by:
        adjective = heads[agent]
        verb = heads[adjective]
        if labels[adjective] == "xcomp" and tree.pos[adjective] == "ADJ" and verb in passive and agent > adjective:
            heads[agent], labels[agent] = verb, "obl:agent"


def _backward_conjuncts(tree: Tree) -> None:
    """Mend "the council met, and [Bo praised it], Ana said": no conjunct stands before its head. In place."""
    for token, head in enumerate(tree.heads):
        if tree.labels[token] == "conj" and token < head and {tree.tags[token], tree.tags[head]} <= VERB_TAGS:
            tree.labels[token] = "ccomp"
