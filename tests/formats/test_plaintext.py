from collections.abc import Callable

import pytest
from msgspec.structs import replace
from specimen import HARD, item, section, text

from closer.drafting.document import Definition, Document, Reference, Words
from closer.formats.lint import visible
from closer.formats.plaintext import projected
from closer.formats.typography import curled, words
from closer.formats.wordxml import escaped


def test_the_specimen_reads_as_it_should(
    specimen: Document, golden: Callable[[str, str], None]
) -> None:
    golden("formats/specimen.txt", projected(specimen))


def test_every_line_of_the_text_is_one_paragraph(specimen: Document) -> None:
    lines = projected(specimen).splitlines()
    assert "  2.3A Tail cover. The cover continues for 2 years:" in lines
    assert "      (i) A\u2212 or better by one agency; or" in lines
    assert "    Deposit | 10% | USD\u00a04,850.00 | the Effective Date" in lines
    assert "Annex B \u2013 Extensions of Time" in lines
    assert sum(line.startswith("Client | ") for line in lines) == 1


def test_conspicuous_paragraphs_say_so(specimen: Document) -> None:
    [line] = [x for x in projected(specimen).splitlines() if "\u00abconspicuous" in x]
    assert line.strip().startswith("5.1 Cap.")


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        pytest.param('"Work"', "\u201cWork\u201d", id="quotation_marks"),
        pytest.param("the Client's", "the Client\u2019s", id="an_apostrophe"),
        pytest.param("the Parties' own", "the Parties\u2019 own", id="a_plural"),
        pytest.param("the '90s", "the \u201990s", id="a_decade"),
        pytest.param('("yes")', "(\u201cyes\u201d)", id="in_brackets"),
        pytest.param("\"'a'\"", "\u201c\u2018a\u2019\u201d", id="one_in_the_other"),
        pytest.param('a "b', "a \u201cb", id="one_that_does_not_close"),
        pytest.param("\u201cas is\u201d", "\u201cas is\u201d", id="curled_already"),
    ],
)
def test_marks_are_curled(straight: str, curly: str) -> None:
    assert curled(straight) == curly
    assert len(curled(straight)) == len(straight)


def test_a_quotation_may_open_in_one_span_and_close_in_another() -> None:
    spans = (
        Words('the "'),
        Definition("X"),
        Words('" and section '),
        Reference("a", "1"),
    )
    assert words(spans) == "the \u201c\u201cX\u201d\u201d and section\u00a01"


def test_what_is_escaped_is_read_again() -> None:
    assert visible(f"<w:p><w:t>{escaped(HARD)}</w:t></w:p>") == HARD + "\n"


def test_a_section_without_text_is_its_heading(specimen: Document) -> None:
    bare = section("a", "1.1", "Only items", item("(a)", "one"))
    none = section("b", "1.2", "", text("No heading."))
    article = replace(specimen.articles[0], provisions=(bare, none))
    lines = projected(replace(specimen, articles=(article,))).splitlines()
    at = lines.index("  1.1 Only items")
    assert lines[at + 1 : at + 3] == ["    (a) one", "  1.2 No heading."]
