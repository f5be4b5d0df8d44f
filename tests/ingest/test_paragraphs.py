"""Headlines, captions and boilerplate are told from news."""

import time

import pytest

from graphbuild.ingest.paragraphs import lay_out

NEWS = "The finance minister of Estonia met the head of the central bank on Monday."
MORE = "They agreed to meet again before the end of the month, a spokesman said."
BOILERPLATE = """\
Story continues below this ad
Article continues after advertisement
ADVERTISEMENT
Advertisement
Sponsored
Read more: Banks under fire
Also Read | Banks under fire
Must read: why banks fail
Read Comments
Post Comment
Latest Comment
12 comments
Leave a comment
Share this article
Facebook Twitter WhatsApp
Stay informed - tap here to follow us on Instagram
Follow us on X and Facebook
Be sure to follow the minister on Twitter for more.
Sign up for our morning newsletter
Subscribe now for £1
Get the latest news in your inbox every day
We use cookies to improve your experience.
Accept all cookies
© 2031 Daily Example. All rights reserved.
Copyright Daily Example
5 min read
Watch: Inside the bank
Reporting by Jane Doe in Tallinn; Editing by John Roe
(Additional reporting by John Roe)
By Jane Doe
By Jane Doe and John Roe, Political Correspondent
Jane Doe is a staff writer
With inputs from agencies
This story was originally published in May.
Our Standards: The Example Principles
Privacy Policy | Terms of Use
Skip to content
Image source, Getty Images
Recommended for you
Most read
* * *
---
Log in
Jane Doe contributed to this report.
Correction: An earlier version misspelt a name.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(part.kind.value, text[part.start : part.end]) for part in lay_out(text).paragraphs]


def kind_of(line: str) -> str:
    """The kind of a line in the middle of an article."""
    return next(kind for kind, words in kinds(f"{NEWS}\n\n{line}\n\n{MORE}") if words == line)


def test_the_first_short_line_is_the_headline() -> None:
    text = f"Premium\n\nMinister meets banker over crisis\n\n{NEWS}"
    assert kinds(text) == [
        ("boilerplate", "Premium"),
        ("headline", "Minister meets banker over crisis"),
        ("body", NEWS),
    ]
    assert lay_out(text).headline == "Minister meets banker over crisis"


def test_a_headline_may_ask() -> None:
    assert lay_out(f"Will the bank survive?\n\n{NEWS}").headline == "Will the bank survive?"


def test_an_article_may_lack_a_headline() -> None:
    assert lay_out(f"{NEWS}\n\n{MORE}").headline is None
    assert lay_out("Estonia thanked Finland").headline is None


def test_a_line_that_ends_like_speech_is_no_heading() -> None:
    assert kind_of("The spokesman said:") == "body"
    assert kind_of("“We will stay”") == "body"
    assert kind_of("A long night in Tallinn") == "headline"


@pytest.mark.parametrize("line", BOILERPLATE.splitlines())
def test_what_sites_print_around_articles_is_boilerplate(line: str) -> None:
    assert kind_of(line) == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "The report was published by the United Nations in Geneva on Monday.",
        "By Monday Estonian troops had reached the border.",
        "NATO — which met in Tallinn — promised help.",
        "The court ordered that the documents must not be published before the trial.",
        "Join the protest, he told supporters, and stay until we win.",
        "Support for public journalism has fallen in Estonia since the election.",
        "Research by the bank showed that the minister had been warned.",
        "Advertisement sales at the newspaper fell after the boycott by Estonia.",
        "The minister shared the article and the link on the page of her party.",
        "A cookie factory in Tartu was bought by a Finnish company.",
        "He follows the president on Twitter.",
        "Premium petrol was banned by the government.",
    ],
)
def test_news_that_looks_like_boilerplate_is_kept(line: str) -> None:
    assert kind_of(line) == "body"


def test_a_paragraph_that_is_repeated_counts_once() -> None:
    assert [kind for kind, _ in kinds(f"{NEWS}\n{MORE}\n{NEWS}")] == ["body", "body", "boilerplate"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "Ann Lee leaves the bank in Tallinn. (AP Photo)",
            [("caption", "Ann Lee leaves the bank in Tallinn."), ("boilerplate", "(AP Photo)")],
        ),
        (
            "Ann Lee leaves the bank. (Photo: Jane Doe/Example Agency)",
            [("caption", "Ann Lee leaves the bank."), ("boilerplate", "(Photo: Jane Doe/Example Agency)")],
        ),
        (
            "The bank in Tallinn. Image: Jane Doe.",
            [("caption", "The bank in Tallinn."), ("boilerplate", "Image: Jane Doe.")],
        ),
        (
            "Lee Roe Estonia, bankingFinnish President Ann Lee and Estonia's John Roe talk in Tartu. (File photo)",
            [
                ("boilerplate", "Lee Roe Estonia, banking"),
                ("caption", "Finnish President Ann Lee and Estonia's John Roe talk in Tartu."),
                ("boilerplate", "(File photo)"),
            ],
        ),
        (
            "FILE - Ann Lee speaks in Tallinn.",
            [("boilerplate", "FILE -"), ("caption", "Ann Lee speaks in Tallinn.")],
        ),
        ("File photo: Ann Lee in May.", [("boilerplate", "File photo:"), ("caption", "Ann Lee in May.")]),
        (
            "In this photo released by the bank, Ann Lee waves.",
            [("caption", "In this photo released by the bank, Ann Lee waves.")],
        ),
        (
            "Governor Ron DeSantos met Ann McLee. (Reuters/Jane Doe)",
            [("caption", "Governor Ron DeSantos met Ann McLee."), ("boilerplate", "(Reuters/Jane Doe)")],
        ),
    ],
)
def test_captions_lose_their_keywords_and_credits(line: str, parts: list[tuple[str, str]]) -> None:
    assert [part for part in kinds(f"{NEWS}\n\n{line}\n\n{MORE}") if part[1] not in (NEWS, MORE)] == parts


@pytest.mark.parametrize(
    ("lead", "published", "publisher"),
    [
        ("TALLINN, Aug 20 (Examplewire) - ", None, "Examplewire"),
        ("TALLINN, August 20, 2031 (Examplewire) — ", "2031-08-20", "Examplewire"),
        ("TALLINN, Estonia (EW) — ", None, "EW"),
        ("Tallinn (Examplewire) - ", None, "Examplewire"),
        ("TALLINN, 20 August 2031 — ", "2031-08-20", None),
        ("TALLINN — ", None, None),
        ("Wednesday, August 20, 2031 ", "2031-08-20", None),
    ],
)
def test_datelines_are_cut_off_and_read(lead: str, published: str | None, publisher: str | None) -> None:
    layout = lay_out(f"{lead}{NEWS}")
    assert (layout.published, layout.publisher) == (published, publisher)
    assert kinds(f"{lead}{NEWS}") == [("boilerplate", lead.strip()), ("body", NEWS)]


@pytest.mark.parametrize(
    "line",
    [
        "Friday, August 20, 2032",
        "August 20, 2032",
        "2032-08-20",
        "Updated: August 20, 2032 10:03 IST",
        "Tallinn | Published: August 20, 2032",
        "Published on 20 August 2032 at 10:03",
        "Tallinn, August 20, 2032",
    ],
)
def test_date_lines_give_the_date_of_publication(line: str) -> None:
    assert lay_out(f"{line}\n\n{NEWS}").published == "2032-08-20"
    assert kinds(f"{line}\n\n{NEWS}")[0] == ("boilerplate", line)


def test_a_date_in_a_sentence_is_not_the_date_of_publication() -> None:
    assert lay_out("The treaty of August 20, 1931 was signed by Estonia.").published is None


def test_a_line_without_end_is_cut_between_sentences() -> None:
    parts = lay_out(" ".join(f"{NEWS[:-1]} in room {i}." for i in range(400))).paragraphs
    assert len(parts) > 5
    assert all(part.end - part.start <= 4000 for part in parts)
    assert all(part.kind == "body" for part in parts)


def test_a_word_without_end_is_cut_too() -> None:
    assert [part.end - part.start for part in lay_out("x" * 9000).paragraphs] == [4000, 4000, 1000]


@pytest.mark.parametrize(
    "word", ["share ", "published ", "the no all ", "By Ann Lee and ", "AB ", "Ab, ", "1 ", "x|", "(", "we use "]
)
def test_no_line_makes_the_patterns_slow(word: str) -> None:
    start = time.perf_counter()
    lay_out(f"Head\n\n{word * (500 // len(word))}\n\n{word * 60}!\n\n{NEWS}")
    assert time.perf_counter() - start < 1
