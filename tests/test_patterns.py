"""Example sentences of a user's ontology → frames."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from spacy.language import Language
from spacy.tokens import Doc

from graphbuild import language
from graphbuild.cli import main
from graphbuild.errors import OntologyError
from graphbuild.model import Document, Extraction, Paragraph
from graphbuild.ontology import Relation
from graphbuild.ontology import schema as ontology
from graphbuild.pipeline import Settings, extract_one, load
from graphbuild.relate import examples
from graphbuild.relate.abstraction import Compiled, Ends, frame_of
from graphbuild.relate.examples import compile_pattern
from graphbuild.relate.lint import audit
from graphbuild.run import extract
from graphbuild.syntax import Tree

PREFIXES = """@prefix gb: <https://w3id.org/graphbuild/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
"""
STAKE = """gb:acquiredStakeIn a gb:Relation ; rdfs:label "acquired a stake in"@en ;
    schema:domainIncludes gb:Actor ; schema:rangeIncludes gb:Organisation ;
    gb:sentencePattern "<S> acquired a stake in <O>" , "<S>'s investment in <O>" .
"""
JOINT = "<S> and <O> do the same"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load()


def relation(domain: str = "Actor", range_: str = "Actor", symmetric: bool = False) -> Relation:
    return Relation("tested", "tested", domain=(domain,), range=(range_,), symmetric=symmetric)


def own(folder: Path, body: str) -> Path:
    path = folder / "own.ttl"
    path.write_text(PREFIXES + body, encoding="utf-8")
    return path


def document(text: str) -> Document:
    return Document("d", text, (Paragraph(0, len(text)),))


@pytest.mark.parametrize(
    ("text", "subject", "obj", "symmetric", "expected"),
    [
        ("Ana/NNP/nsubj/1 outbid/VBD/ROOT/1 Ivo/NNP/obj/1", 0, 2, False, "outbid O"),
        (
            "Ivo/NNP/nsubj:pass/2 was/VBD/aux:pass/2 outbid/VBN/ROOT/2 by/IN/case/4 Ana/NNP/obl/2",
            4, 0, False, "outbid O",
        ),
        ("Ana/NNP/nsubj/1 shut/VBD/ROOT/1 down/RP/compound:prt/1 Ivo/NNP/obj/1", 0, 3, False, "shut_down O"),
        (
            "Ana/NNP/nsubj/1 holds/VBZ/ROOT/1 a/DT/det/3 grudge/NN/obj/1 against/IN/case/5 Ivo/NNP/nmod/3",
            0, 5, False, "hold grudge against O",
        ),
        ("Ana/NNP/nsubj/3 and/CC/cc/2 Ivo/NNP/conj/0 quarrelled/VBD/ROOT/3", 0, 2, True, "quarrel"),
        ("Ana/NNP/nsubj/3 and/CC/cc/2 Ivo/NNP/conj/0 quarrelled/VBD/ROOT/3", 0, 2, False, JOINT),
        (
            "Ana/NNP/nmod:poss/2 's/POS/case/0 rescue/NN/ROOT/2 of/IN/case/4 Ivo/NNP/nmod/2",
            0, 4, False, "rescue: S=poss O=of",
        ),
        (
            "Ana/NNP/ROOT/0 ,/,/punct/3 the/DT/det/3 tutor/NN/appos/0 of/IN/case/5 Ivo/NNP/nmod/3",
            0, 5, False, "tutor: O=of/poss/mod",
        ),
        ("Ana/NNP/nsubj/2 never/RB/advmod/2 outbid/VBD/ROOT/2 Ivo/NNP/obj/2", 0, 3, False, "is negated"),
        ("Ana/NNP/ROOT/0 of/IN/case/2 Ivo/NNP/nmod/0", 0, 2, False, "no verb or noun joins"),
    ],
)  # fmt: skip
def test_a_parsed_sentence_gives_its_frame_or_the_fault(
    parse: Callable[..., Doc], text: str, subject: int, obj: int, symmetric: bool, expected: str
) -> None:
    ends = Ends(subject, obj, frozenset({subject, obj}))
    found = frame_of(Tree(parse(text)), ends, relation(symmetric=symmetric))
    if isinstance(found, Compiled):
        assert found.text == expected
    else:
        assert expected in found


@pytest.mark.parametrize(
    ("sentence", "of", "expected"),
    [
        ("<S> acquired a stake in <O>", relation(range_="Company"), ("verbFrame", "acquire stake in O")),
        ("<O> was bought by <S>.", relation(range_="Company"), ("verbFrame", "buy O")),
        ("<S> sold off <O>", relation(range_="Company"), ("verbFrame", "sell_off O")),
        ("<S> awarded <O> a medal", relation(), ("verbFrame", "award medal to O")),
        ("<S> held talks with <O>", relation(symmetric=True), ("verbFrame", "hold talks/talk with O")),
        ("<S> is at war with <O>", relation("State", "State", symmetric=True), ("verbFrame", "be war with O")),
        ("<S> signed a trade deal with <O:State>", relation(), ("verbFrame", "sign trade_deal with O:State")),
        ("<O> suffered a defeat at the hands of <S>", relation(), ("verbFrame", "O suffer defeat at hands/hand of S")),
        ("<S> boycotted the <O>", relation(range_="Event"), ("verbFrame", "boycott O")),
        ("<S>'s takeover of <O>", relation(range_="Company"), ("nounFrame", "takeover: S=poss O=of")),
        ("talks between <S> and <O>", relation(symmetric=True), ("nounFrame", "talk: S=between")),
        ("<S> is the founder of <O>", relation("Person", "Organisation"), ("roleNoun", "founder: O=of/poss/mod")),
        ("<O> founder <S>", relation("Person", "Organisation"), ("roleNoun", "founder: O=mod/of/poss")),
        ("<S> and <O> merged", relation("Company", "Company", symmetric=True), ("verbFrame", "merge")),
        ("<S>-backed <O>", relation(), ("compoundFrame", "S-backed O")),
    ],
)
def test_the_pipeline_reads_each_kind_of_sentence(
    nlp: Language, sentence: str, of: Relation, expected: tuple[str, str]
) -> None:
    found = compile_pattern(of, sentence, nlp, {"Company": frozenset({"Company", "Organisation", "Actor"})})
    assert (found.property, found.text) == expected


@pytest.mark.parametrize(
    ("sentence", "cure"),
    [
        ("<S> outbid", "has <O> 0 times; write it once"),
        ("<S> outbid <O> and <O>", "has <O> 2 times; write it once"),
        ("<S> outbid <X> for <O>", "<X> is no placeholder; write <S> and <O>"),
        ("<S:Person> outbid <O>", "write <S>; schema:domainIncludes"),
        ("<S> outbid <O:>", "write <O> or <O:Class|Class>"),
        ("<S> did not outbid <O>", "is negated"),
        ("<S> agreed to buy <O>", "is no argument of 'agreed'; write a shorter clause"),
        ("<S> bought <O> last year", "'last year' fits no place of a frame; leave it out"),
        ("<S> and <O> merged", "owl:SymmetricProperty"),
        ("<S>'s takeover of <O:State>", "has no place for classes"),
        ("<S> of <O>", "no verb or noun joins <S> and <O>"),
    ],
)
def test_a_sentence_without_frame_is_refused_with_subject_sentence_and_cure(
    nlp: Language, sentence: str, cure: str
) -> None:
    with pytest.raises(OntologyError) as caught:
        compile_pattern(relation(), sentence, nlp)
    message = str(caught.value)
    assert message.startswith(f'gb:tested: sentence "{sentence}": ') and cure in message and "\n" not in message


def test_a_reading_that_the_parser_stumbles_over_is_outvoted(nlp: Language) -> None:
    company = relation("Organisation", "Organisation")
    assert compile_pattern(company, "<S> poached engineers from <O>", nlp).property == "verbFrame"


def test_an_article_states_what_the_example_says(tmp_path: Path) -> None:
    using = load(Settings(ontology=(str(own(tmp_path, STAKE)),)))
    text = (
        "Sturm Holdings has acquired a large stake in Brent Oil Corporation. A stake in Tarn Bank was acquired by Mara "
        "Stone on Monday. Norway's investment in Tarn Bank surprised nobody. Kenya acquired no stake in Brent Oil "
        "Corporation, which Mara Stone founded."
    )
    found = [s for s in extract_one(document(text), using).statements if s.relation == "acquiredStakeIn"]
    assert [(s.subject, s.object, str(s.status)) for s in found] == [
        ("org:sturm holdings", "org:brent oil corporation", "Fact"),
        ("person:mara stone", "org:tarn bank", "Fact"),
        ("Q20", "org:tarn bank", "Fact"),
        ("Q114", "org:brent oil corporation", "Negation"),
    ]


def test_of_equal_matches_the_users_relation_is_taken(tmp_path: Path) -> None:
    shipped = load().ontology.verb_frames["acquire"]
    assert "acquired" in {frame.relation for frame in shipped}
    using = load(Settings(ontology=(str(own(tmp_path, STAKE.replace("acquiredStakeIn", "zAcquired"))),)))
    found = extract_one(document("Norway acquired a stake in Brent Oil Corporation."), using)
    assert [s.relation for s in found.statements] == ["zAcquired"]


def test_worker_processes_read_the_examples_too(tmp_path: Path) -> None:
    path = str(own(tmp_path, STAKE))
    articles = [document("Norway acquired a stake in Brent Oil Corporation.")]
    (found,) = extract(articles, Settings(ontology=(path,)), jobs=2)
    assert isinstance(found, Extraction)
    assert [s.relation for s in found.statements] == ["acquiredStakeIn"]


def test_a_faulty_example_stops_worker_processes(tmp_path: Path) -> None:
    path = own(tmp_path, STAKE.replace("acquired a stake in <O>", "of <O>"))
    with pytest.raises(OntologyError, match="gb:acquiredStakeIn"):
        list(extract([document("Norway.")], Settings(ontology=(str(path),)), jobs=2))


def test_without_pipeline_the_relation_is_known_but_has_no_frames(tmp_path: Path) -> None:
    found = ontology.load([own(tmp_path, STAKE)])
    assert "acquiredStakeIn" in found.relations
    assert not found.patterns


def test_an_example_adds_no_frame_twice(tmp_path: Path, nlp: Language) -> None:
    body = STAKE.replace("gb:sentencePattern", 'gb:verbFrame "acquire stake in O" ; gb:sentencePattern')
    found = examples.add(ontology.load([own(tmp_path, body)]), nlp)
    assert [f.text for f in found.verb_frames["acquire"] if f.relation == "acquiredStakeIn"] == ["acquire stake in O"]


def test_without_examples_nothing_is_parsed() -> None:
    code = "import sys, graphbuild.ontology as o; o.load(); print('graphbuild.relate.examples' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told.strip() == "False"


def test_the_check_shows_what_each_example_gives(tmp_path: Path) -> None:
    path = own(tmp_path, STAKE)
    (found,) = audit(path)
    assert found.patterns == (
        ("<S> acquired a stake in <O>", "acquire stake in O"),
        ("<S>'s investment in <O>", "investment: S=poss O=in"),
    )
    result = CliRunner().invoke(main, ["ontology", "check", str(path)])
    assert '"<S> acquired a stake in <O>" → acquire stake in O' in result.stdout
    assert result.exit_code == 0


def test_the_check_loads_no_pipeline_without_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "load", lambda *_: pytest.fail("loaded"))
    body = STAKE.split("gb:sentencePattern")[0] + 'gb:verbFrame "acquire stake in O" .'
    assert [found.patterns for found in audit(own(tmp_path, body))] == [()]


def test_the_check_names_an_example_that_gives_no_frame(tmp_path: Path) -> None:
    path = own(tmp_path, STAKE.replace("acquired a stake in <O>", "of <O>"))
    result = CliRunner().invoke(main, ["ontology", "check", str(path)])
    assert result.exit_code == 1
    assert 'gb:acquiredStakeIn: sentence "<S> of <O>"' in result.stderr
