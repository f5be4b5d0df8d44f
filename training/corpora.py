"""Converts the treebanks and named-entity sets into the JSONL chunks that both pipelines are trained on.

Usage: python -m training.corpora DATA_DIR OUT_DIR
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.lang.en.stop_words import STOP_WORDS

from training.labels import OTHER, STATE_OR_PEOPLE, Mention, WordLists, decode, encode, harmonise
from training.treebanks import Sentence, documents, name_gum

CHUNK_WORDS = 120
DEV_PERCENT = 2  # of the sets that have no dev part of their own
CROSSNER = {
    "PER": ("person", "politician", "scientist", "researcher", "writer", "musicalartist"),
    "ORG": ("organisation", "politicalparty", "university", "band"),
    "LOC": ("location", "country"),
}
LABELS = {
    "wnut17": {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"},
    "crossner": {kind: label for label, kinds in CROSSNER.items() for kind in kinds},
    "gmb": {"per": "PER", "org": "ORG", "geo": "LOC", "gpe": STATE_OR_PEOPLE},
    "re3d": {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"},
    "btc": {}, "wikigold": {}, "redocred": {}, "ewt": {"OTH": "NORP", "O": "O"},
}  # fmt: skip
PEOPLES_OPEN = frozenset({"btc", "crossner", "wnut17", "wikigold", "redocred"})
Documents = Iterable[list[Sentence]]


def main(data: Path, out: Path) -> None:
    """Write OUT/{syntax,ner}.{train,dev,test}.jsonl from the sets under ``data``."""
    lists = WordLists.load(data / "gazetteers")
    out.mkdir(parents=True, exist_ok=True)
    for path in out.glob("*.jsonl"):
        path.unlink()
    for name, read in READERS.items():
        counts: Counter[str] = Counter()
        for split, document in read(data, lists):
            for chunk in _chunks(name, split, document):
                for kind in ("syntax", "ner"):
                    if chunk["tags" if kind == "syntax" else "ner"] is not None:
                        with (out / f"{kind}.{split}.jsonl").open("a", encoding="utf-8") as file:
                            file.write(json.dumps(chunk, ensure_ascii=False) + "\n")
                counts[split] += len(chunk["words"])
                counts.update(f"{split} {tag}" for tag in chunk["ner"] or () if tag.startswith("B-"))
        print(name, dict(sorted(counts.items())), file=sys.stderr)


def _chunks(name: str, split: str, document: Sequence[Sentence]) -> Iterator[dict[str, Any]]:
    """Records of consecutive sentences with the same annotation layers, up to CHUNK_WORDS words."""
    for _, group in groupby(document, key=lambda s: (s.tags is None, s.ner is None)):
        pending: list[Sentence] = []
        for sentence in group:
            if pending and sum(len(s.words) for s in [*pending, sentence]) > CHUNK_WORDS:
                yield _record(name, split, pending)
                pending = []
            pending.append(sentence)
        if pending:
            yield _record(name, split, pending)


def _record(name: str, split: str, sentences: Sequence[Sentence]) -> dict[str, Any]:
    starts = [sum(len(s.words) for s in sentences[:i]) for i in range(len(sentences))]
    peoples_open = name in PEOPLES_OPEN or (name in {"ewt", "pud"} and split != "train")

    def joined(layer: str) -> list[Any] | None:
        parts = [getattr(sentence, layer) for sentence in sentences]
        return None if any(part is None for part in parts) else [value for part in parts for value in part]

    heads = [[head + at for head in s.heads] for s, at in zip(sentences, starts, strict=True) if s.heads is not None]
    return {
        "set": name,
        "split": split,
        "id": sentences[0].id,
        "words": joined("words"),
        "spaces": joined("spaces"),
        "sent_starts": [i == 0 for sentence in sentences for i in range(len(sentence.words))],
        "tags": joined("tags"),
        "deps": joined("deps"),
        "heads": [head for part in heads for head in part] if heads else None,
        "lemmas": joined("lemmas"),
        "ner": joined("ner"),
        "ner_open": ["NORP"] if peoples_open else [],
        "ner_unsure": [index + at for s, at in zip(sentences, starts, strict=True) for index in s.unsure],
    }


def _split_of(key: str) -> str:
    return "dev" if int(sha256(key.encode()).hexdigest(), 16) % 100 < DEV_PERCENT else "train"


@cache
def _tokenise(word: str) -> tuple[tuple[str, bool], ...]:
    """The pieces into which the pipeline's tokeniser splits a corpus word, each with whether a space follows."""
    return tuple((token.text, bool(token.whitespace_)) for token in TOKENISER(word) if not token.is_space)


TOKENISER = spacy.blank("en").tokenizer


def _plain(name: str, words: Sequence[str], tags: Sequence[str], lists: WordLists, spaces: list[bool]) -> Sentence:
    """A sentence of a set without syntax: retokenised as at run time, its labels mapped and harmonised."""
    mapping = LABELS[name]
    sentence = Sentence("", spaces=[])
    starts: list[int] = []
    for word, space in zip(words, spaces, strict=True):
        starts.append(len(sentence.words))
        pieces = _tokenise(word)
        sentence.words.extend(piece for piece, _ in pieces)
        sentence.spaces.extend(apart for _, apart in pieces)
        if pieces:
            sentence.spaces[-1] = space
    starts.append(len(sentence.words))
    mentions = []
    for mention in decode(tags):
        label = mapping.get(mention.label, OTHER) if mapping else mention.label
        mentions.append(Mention(starts[mention.start], starts[mention.end], label))
    mentions = [m for m in mentions if m.start < m.end]
    kept = harmonise(sentence.words, mentions, lists, tag_peoples=True)
    sentence.ner = encode(len(sentence.words), kept)
    if name == "ewt":
        return sentence
    compounds = {i for a, b in pairwise(starts) if b - a > 1 for i in range(a, b)}
    for index in compounds:  # "U.S. - led": the set labels no part of a compound
        if sentence.ner[index] == "O" and sentence.words[index] in lists.countries:
            sentence.ner[index] = "B-LOC"
    return sentence


def _guess_spaces(words: Sequence[str]) -> list[bool]:
    """Whether a space follows each word, for sets that do not say."""
    closing, opening = (
        set(".,:;?!%)]}…'\"") | {"...", "''", "'s", "n't", "'re", "'m", "'ve", "'ll", "'d"},
        set("([{$#@"),
    )
    following = [*words[1:], ""]
    return [nxt not in closing and word not in opening for word, nxt in zip(words, following, strict=True)]


def _columns(path: Path, separator: str) -> Iterator[tuple[list[str], list[str]]]:
    """(words, tags) of each sentence of a two-column file."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.strip().split(separator)
        if rows and rows[-1][0] == "@" and len(cells) >= 2:
            rows[-1] = ("@" + cells[0].strip(), rows[-1][1])  # a handle is one word
        elif line.strip() and len(cells) >= 2 and cells[0].strip():
            rows.append((cells[0].strip(), cells[-1].split(",")[0].strip()))
        elif rows:
            yield [word for word, _ in rows], [tag for _, tag in rows]
            rows = []


def _column_set(
    name: str, pattern: str, separator: str
) -> Callable[[Path, WordLists], Iterator[tuple[str, list[Sentence]]]]:
    def read(data: Path, lists: WordLists) -> Iterator[tuple[str, list[Sentence]]]:
        for path in sorted((data / name).glob(pattern)):
            for words, tags in _columns(path, separator):
                sentence = _plain(name, words, tags, lists, _guess_spaces(words))
                yield _split_of(" ".join(words)), [sentence]

    return read


def _iob2(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """sent_id → (words, tags) of a Universal NER file."""
    sentences: dict[str, tuple[list[str], list[str]]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        name = re.search(r"^# sent_id = (.*)$", block, re.MULTILINE)
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if name and rows:
            tags = ["O" if row[2] in {"B-O", "I-O"} else row[2] for row in rows]
            sentences[name[1]] = [row[1] for row in rows], tags
    return sentences


def _ewt(data: Path, lists: WordLists) -> Iterator[tuple[str, list[Sentence]]]:
    for split in ("train", "dev", "test"):
        named = _iob2(next((data / "uner_ewt").glob(f"en_ewt-ud-{split}*.iob2")))
        for document in documents(data / "ud_ewt" / f"en_ewt-ud-{split}.conllu"):
            _attach(document, named, lists, split == "train")
            yield split, document


def _pud(data: Path, lists: WordLists) -> Iterator[tuple[str, list[Sentence]]]:
    # its sentence ids differ from the treebank's
    named = {
        " ".join(words): (words, tags) for words, tags in _iob2(data / "uner_pud" / "en_pud-ud-test.iob2").values()
    }
    for document in documents(data / "ud_pud" / "en_pud-ud-test.conllu"):
        _attach(document, named, lists, False)
        yield "test", document


def _attach(
    document: list[Sentence], named: dict[str, tuple[list[str], list[str]]], lists: WordLists, ours: bool
) -> None:
    """Give each sentence the names of its twin in ``named``; ``ours`` brings them under our convention."""
    for sentence in document:
        words, tags = named.get(sentence.id) or named.get(" ".join(sentence.words), ([], []))
        if words == sentence.words:
            mentions = [Mention(m.start, m.end, LABELS["ewt"].get(m.label, m.label)) for m in decode(tags)]
            sentence.ner = encode(len(words), harmonise(words, mentions, lists, True)) if ours else tags


def _gum(data: Path, lists: WordLists) -> Iterator[tuple[str, list[Sentence]]]:
    splits: dict[str, str] = {}
    heading = ""
    for line in (data / "gum" / "splits.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
        elif line.strip().startswith("*"):
            splits[line.strip(" *")] = heading
    for path in sorted((data / "gum").glob("*.conllu")):
        for document in documents(path):
            name_gum(document, lists)
            for sentence in document:
                mentions = decode(sentence.ner or [])
                sentence.ner = encode(len(sentence.words), harmonise(sentence.words, mentions, lists, True))
                sentence.unsure = [i for i in sentence.unsure if sentence.ner[i] == "O"]
            yield splits[path.stem], document


def _redocred(data: Path, lists: WordLists) -> Iterator[tuple[str, list[Sentence]]]:
    for name in ("dev_revised.json", "test_revised.json"):
        for article in json.loads((data / "redocred" / name).read_text(encoding="utf-8")):
            tags = [["O"] * len(words) for words in article["sents"]]
            for mention in (mention for cluster in article["vertexSet"] for mention in cluster):
                row, (start, end) = tags[mention["sent_id"]], mention["pos"]
                if all(tag == "O" for tag in row[start:end]):
                    row[start:end] = [f"B-{mention['type']}"] + [f"I-{mention['type']}"] * (end - start - 1)
            yield (
                _split_of(article["title"]),
                [
                    _plain("redocred", words, [_known(tag) for tag in row], lists, _guess_spaces(words))
                    for words, row in zip(article["sents"], tags, strict=True)
                ],
            )


def _known(tag: str) -> str:
    return tag if tag == "O" or tag[2:] in {"PER", "ORG", "LOC"} else f"{tag[:2]}{OTHER}"


def _gmb(data: Path, lists: WordLists) -> Iterator[tuple[str, list[Sentence]]]:
    with (data / "gmb" / "ner_dataset.csv").open(encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file))[1:]
    starts = [index for index, row in enumerate(rows) if row[0]] + [len(rows)]
    seen: set[str] = set()
    for start, end in pairwise(starts):
        part = [row for row in rows[start:end] if row[1].strip()]
        words, xpos = [row[1] for row in part], [row[2] for row in part]
        tags = [row[3] for row in part]
        text = " ".join(words)
        if text in seen or _untagged_run(xpos, tags, words, lists):
            continue
        seen.add(text)
        yield _split_of(text), [_plain("gmb", words, tags, lists, _guess_spaces(words))]


def _untagged_run(xpos: Sequence[str], tags: Sequence[str], words: Sequence[str], lists: WordLists) -> bool:
    """Whether two proper nouns in a row have no label: annotation that was left out."""
    bare = [
        tag == "O" and pos in {"NNP", "NNPS"} and word.lower().rstrip(".") not in lists.titles
        for pos, tag, word in zip(xpos, tags, words, strict=True)
    ]
    return any(a and b for a, b in pairwise(bare))


def _re3d(data: Path, lists: WordLists) -> Iterator[tuple[str, list[Sentence]]]:
    for folder in sorted((data / "re3d").glob("*/documents.json")):
        entities: dict[str, list[dict[str, Any]]] = {}
        for line in (folder.parent / "entities.json").read_text(encoding="utf-8").splitlines():
            if line.strip():
                entity = json.loads(line)
                entities.setdefault(entity["documentId"], []).append(entity)
        for line in folder.read_text(encoding="utf-8").splitlines():
            if line.strip():
                document = json.loads(line)
                yield (
                    _split_of(document["_id"]),
                    _re3d_paragraphs(document["text"], entities.get(document["_id"], []), lists),
                )


def _capitalised(word: str) -> bool:
    return word[:1].isupper() and word.lower() not in STOP_WORDS


def _re3d_paragraphs(text: str, entities: list[dict[str, Any]], lists: WordLists) -> list[Sentence]:
    """Its mentions are nominal too: only the capitalised run of a mention is taken, the rest is unsure."""
    paragraphs: list[Sentence] = []
    for match in re.finditer(r"[^\n]+", text):
        doc = TOKENISER(match[0])
        sentence = Sentence(
            "", [t.text for t in doc if not t.is_space], [bool(t.whitespace_) for t in doc if not t.is_space]
        )
        offsets = [match.start() + t.idx for t in doc if not t.is_space]
        mentions: list[Mention] = []
        for entity in sorted(entities, key=lambda e: (e["begin"] - e["end"], e["begin"])):
            inside = [i for i, at in enumerate(offsets) if entity["begin"] <= at < entity["end"]]
            while inside and not _capitalised(sentence.words[inside[0]]):
                sentence.unsure.append(inside.pop(0))
            label = LABELS["re3d"].get(entity["type"], OTHER)
            if not inside or any(m.start < inside[-1] + 1 and inside[0] < m.end for m in mentions):
                continue
            if all(
                sentence.words[i][:1].isupper() or sentence.words[i] in {"of", "the", "-", "for", "al"} for i in inside
            ):
                mentions.append(Mention(inside[0], inside[-1] + 1, label))
            else:
                sentence.unsure.extend(inside)
        sentence.ner = encode(len(sentence.words), harmonise(sentence.words, mentions, lists, tag_peoples=True))
        sentence.unsure = sorted(
            {i for i in sentence.unsure if sentence.ner[i] == "O" and sentence.words[i][:1].isupper()}
        )
        if sentence.words:
            paragraphs.append(sentence)
    return paragraphs


READERS: dict[str, Callable[[Path, WordLists], Iterator[tuple[str, list[Sentence]]]]] = {
    "ewt": _ewt,
    "gum": _gum,
    "pud": _pud,
    "redocred": _redocred,
    "wikigold": _column_set("wikigold", "wikigold.conll.txt", " "),
    "crossner": _column_set("crossner", "*/*.txt", "\t"),
    "wnut17": _column_set("wnut17", "*.[ca]*", "\t"),
    "btc": _column_set("btc", "g.conll", "\t"),
    "gmb": _gmb,
    "re3d": _re3d,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
