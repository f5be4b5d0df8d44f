"""Scores who does what to whom: by syntax, by the roles head of the encoder, and by both.

Usage: python benchmarks/arguments.py QASRL_GS [--propbank ewt_test.jsonl] [--least 0.3]

QASRL_GS holds the QA-SRL gold sets (Roit et al. 2020: Wikinews and Wikipedia). A question for the subject of an active
clause or the by-phrase of a passive one asks for the agent; one for the only object of an active clause or the subject
of a passive one, for the patient. Recall is the share of such questions of which a bound word lies in an answer;
precision the share of bound agents and patients that lie in an answer to a question of their kind. More than half of
the rest answers only questions that ask for neither ("what did he look at?", "what did she give him?") and is not
shown to be wrong: "clear" leaves it out. "any" is the share in an answer of any kind.
With --propbank, the F1 of roles of the gold predicates, argument heads matched (all, and ARG0 to ARG4 alone).
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from graphbuild import language
from graphbuild.language.encoder import WEIGHTS, Network
from graphbuild.language.roles_head import Role
from graphbuild.syntax import Tree
from graphbuild.syntax.clauses import Predicate, frames

Span = tuple[int, int]
Bound = dict[str, list[int]]  # "agent" and "patient": words
CORE = frozenset({"ARG0", "ARG1", "ARG2", "ARG3", "ARG4"})
KINDS = ("agent", "patient")


@dataclass(slots=True)
class Verb:
    """A verb of a sentence with the answers to its questions, a list of spans each."""

    at: int
    questions: list[tuple[str, list[Span]]] = field(default_factory=list)


def kind(row: Mapping[str, str]) -> str:
    """What a question of QA-SRL asks for: "agent", "patient" or "" for anything else."""
    if row["wh"] not in ("who", "what"):
        return ""
    passive, subject = row["is_passive"] == "True", bool(row["subj"])
    others = [bool(row[slot]) for slot in ("obj", "obj2", "prep")]
    if not subject:
        return "patient" if passive else "agent"
    if passive:
        return "agent" if row["prep"] == "by" and not row["obj2"] else ""
    return "" if any(others) else "patient"


def sentences(folder: Path) -> Iterator[tuple[list[str], list[Verb]]]:
    """The sentences of all sets with their annotated verbs."""
    for path in sorted(folder.glob("*.gold.csv")):
        words = {row["qasrl_id"]: row["tokens"].split() for row in _rows(Path(str(path).replace(".gold.", ".full.")))}
        verbs: dict[str, dict[int, Verb]] = defaultdict(dict)
        for row in _rows(path):
            at = int(row["verb_idx"])
            verb = verbs[row["qasrl_id"]].setdefault(at, Verb(at))
            spans = [tuple(map(int, part.split(":"))) for part in row["answer_range"].split("~!~")]
            verb.questions.append((kind(row), [(start, end) for start, end in spans]))
        for name, own in verbs.items():
            yield words[name], list(own.values())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)


def by_syntax(tree: Tree, found: Mapping[int, Predicate], verb: int) -> Bound:
    """The logical subject and object of the verb's frame; a clause that is its complement stands for the object."""
    frame = found.get(verb)
    if frame is None:
        return {"agent": [], "patient": []}
    clauses = [frame.finite, frame.infinitive, *(at for _, at in frame.gerunds)]
    patient = frame.object if frame.object is not None else next((at for at in clauses if at is not None), None)
    return {
        "agent": [] if frame.subject is None else [frame.subject],
        "patient": [] if patient is None else [patient],
    }


def by_roles(tree: Tree, roles: list[Role], verb: int, least: float) -> Bound:
    """ARG0 and ARG1; the ARG1 of an active verb without an ARG0 is its subject ("the price fell", "falling snow")."""
    best: dict[int, Role] = {}
    for role in roles:
        if role[0] == verb and role[3] >= least and (role[1] not in best or role[3] > best[role[1]][3]):
            best[role[1]] = role
    agents, patients = ([at for at, role in sorted(best.items()) if role[2] == name] for name in ("ARG0", "ARG1"))
    token = tree.doc[verb]
    if not agents and token.tag_ == "VBG" and token.dep_ == "amod":
        agents, patients = patients, []
    elif not agents and not tree.is_passive(verb):
        before = [at for at in patients if at < verb]
        agents, patients = before, [at for at in patients if at >= verb]
    return {"agent": agents, "patient": patients}


def filled(first: Bound, second: Bound) -> Bound:
    """What ``first`` binds, and what ``second`` binds where ``first`` binds nothing."""
    found: Bound = {}
    for name, other in (("agent", "patient"), ("patient", "agent")):
        taken = set(first[other])
        found[name] = first[name] or [at for at in second[name] if at not in taken]
    return found


class Count:
    """Counts of one way of binding."""

    def __init__(self) -> None:
        self.total: Counter[str] = Counter()

    def add(self, verb: Verb, bound: Bound) -> None:
        for name, spans in verb.questions:
            if name:
                self.total[f"{name} asked"] += 1
                self.total[f"{name} found"] += any(a <= at < b for at in bound[name] for a, b in spans)
        for name in KINDS:
            for at in bound[name]:
                inside = [kind for kind, spans in verb.questions if any(a <= at < b for a, b in spans)]
                self.total["bound"] += 1
                self.total["right"] += name in inside
                self.total["any"] += bool(inside)
                self.total["unclear"] += bool(inside) and not any(inside)

    def __str__(self) -> str:
        total = self.total
        share = {name: 100 * total[f"{name} found"] / total[f"{name} asked"] for name in KINDS}
        precision, anywhere = (100 * total[name] / max(1, total["bound"]) for name in ("right", "any"))
        clear = 100 * total["right"] / max(1, total["bound"] - total["unclear"])
        recall = " ".join(f"{name}s {value:.1f}" for name, value in share.items())
        return f"{recall} precision {precision:.1f} (clear {clear:.1f}, any answer {anywhere:.1f})"


def qasrl(nlp: Language, folder: Path, least: float) -> dict[str, Count]:
    """The counts of each way of binding."""
    given = list(sentences(folder))
    docs = nlp.pipe(Doc(nlp.vocab, words=words) for words, _ in given)
    counts: dict[str, Count] = defaultdict(Count)
    for (_, verbs), doc in zip(given, docs, strict=True):
        tree = Tree(doc)
        found = {frame.head: frame for frame in frames(tree)}
        for verb in verbs:
            syntax = by_syntax(tree, found, verb.at)
            roles = by_roles(tree, doc.user_data["roles"], verb.at, least)
            ways = {
                "syntax": syntax,
                "roles": roles,
                "syntax, filled by roles": filled(syntax, roles),
                "roles, filled by syntax": filled(roles, syntax),
                "where both agree": {name: [at for at in syntax[name] if at in roles[name]] for name in KINDS},
            }
            for name, bound in ways.items():
                counts[name].add(verb, bound)
    return counts


def propbank(nlp: Language, path: Path, least: float) -> dict[str, float]:
    """F1 in percent of the roles of gold predicates: "core" and "all"."""
    named = frozenset(Network(WEIGHTS, 1).labels["roles"])
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    total: Counter[str] = Counter()
    for row, doc in zip(rows, nlp.pipe(Doc(nlp.vocab, words=row["words"]) for row in rows), strict=True):
        predicates = {p["token"] for p in row["predicates"]}
        wanted = {(p["token"], arg[1], arg[0]) for p in row["predicates"] for arg in p["args"] if arg[1] != p["token"]}
        unsure = {(p, at) for p, at, role in wanted if role.startswith(("R-", "C-")) or "-DSP" in role}
        gold = {
            (p, at, role if role in named else "ARGM")
            for p, at, role in wanted
            if (p, at) not in unsure and role != "ARG5"
        }
        best: dict[Span, Role] = {}
        for role in doc.user_data["roles"]:
            place = role[:2]
            if role[0] in predicates and place not in unsure and role[3] >= least:
                best[place] = max(best.get(place, role), role, key=lambda r: r[3])
        own = {(p, at, name) for p, at, name, _ in best.values()}
        for name, one, other in (
            ("all", own, gold),
            ("core", {r for r in own if r[2] in CORE}, {r for r in gold if r[2] in CORE}),
        ):
            total += Counter({f"{name} right": len(one & other), f"{name} both": len(one) + len(other)})
    return {name: 200 * total[f"{name} right"] / max(1, total[f"{name} both"]) for name in ("core", "all")}


def main(folder: Path, roles: Path | None, least: float) -> None:
    """Print the scores."""
    nlp = language.load()
    nlp.disable_pipes("graphbuild_actors")
    for name, count in qasrl(nlp, folder, least).items():
        print(f"{name}: {count}")
    if roles is not None:
        found = propbank(nlp, roles, least)
        print(f"PropBank roles, gold predicates: ARG0–ARG4 {found['core']:.1f}, all {found['all']:.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("qasrl", type=Path)
    parser.add_argument("--propbank", type=Path)
    parser.add_argument("--least", type=float, default=0.3, help="lowest probability of a role")
    given = parser.parse_args()
    main(given.qasrl, given.propbank, given.least)
