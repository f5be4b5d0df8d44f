"""The shipped encoder on what news feeds hold besides news, and the same answer every time."""

import subprocess
import sys

import pytest

from graphbuild import language


@pytest.fixture(scope="module")
def nlp():
    return language.load()


HARD = {
    "more pieces than a window": "The council met on Monday and discussed the budget of the town " * 120 + ".",
    "a word of 10,000 characters": "Ana met " + "x" * 10_000 + " in Oslo.",
    "emoji": "😀😀🇳🇴👩‍👩‍👧‍👦 " * 40,
    "right to left": "אנה פגשה את בו. Ana met Bo. التقت آنا ببو.",
    "marks between letters": "A\u200bna m\u200cet\u200d Bo\ufeff.",
    "one sign": "?",
    "no spaces": "Ana,Bo;Cy:Dee/Eve|Fay" * 30,
}


@pytest.mark.parametrize("name", HARD)
def test_any_text_gets_trees(nlp, name):
    doc = nlp(HARD[name])
    assert doc.text == HARD[name]
    for sentence in doc.sents:
        assert sum(token.head == token for token in sentence) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)


def annotated(doc):
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_, t.is_sent_start) for t in doc]


def test_batches_and_repetitions_change_nothing(nlp):
    texts = ["Norway recalled its envoy.", HARD["more pieces than a window"], "Ana Ruiz met Bo Lind in Oslo on Friday."]
    alone = [annotated(nlp(text)) for text in texts]
    assert alone == [annotated(doc) for doc in nlp.pipe(texts, batch_size=2)]
    assert alone == [annotated(doc) for doc in nlp.pipe(texts, batch_size=1)]
    assert alone == [annotated(nlp(text)) for text in texts]


def test_a_plain_sentence(nlp):
    doc = nlp("Norway hosted the talks in Oslo on Friday.")
    assert [(t.text, t.dep_, t.head.text) for t in doc if t.dep_ in ("nsubj", "obj")] == [
        ("Norway", "nsubj", "hosted"),
        ("talks", "obj", "hosted"),
    ]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Norway", "GPE"), ("Oslo", "GPE")]
    assert [t.lemma_ for t in doc[:4]] == ["Norway", "host", "the", "talk"]


def test_the_runtime_is_told_to_report_to_nobody_before_it_is_imported():
    code = (
        "import builtins, os; real = builtins.__import__\n"
        "def watch(name, *rest, **named):\n"
        "    if name == 'onnxruntime': print(os.environ.get('ORT_DISABLE_TELEMETRY'))\n"
        "    return real(name, *rest, **named)\n"
        "builtins.__import__ = watch\n"
        "import graphbuild.language.encoder"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told.split()[0] == "1"
