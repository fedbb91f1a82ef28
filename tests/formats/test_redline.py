"""Of a redline: accepted it is the new document, rejected the old, to the letter."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from counting import Paper
from msgspec.structs import replace
from random_contracts import random_contract
from resolving import body, resolved

from closer.drafting.assembly import resolved as numbered
from closer.drafting.conformed import kept
from closer.drafting.document import (
    Article,
    Document,
    Paragraph,
    Provision,
    Reference,
    Span,
    Value,
    Words,
)
from closer.formats import files, word
from closer.formats.authors import Author
from closer.formats.redline import redline

OMITTED = "[Intentionally omitted]"
BY = Author("Dana Whitfield", "2026-10-05T00:00:00Z")
PLAIN = random_contract(3)


def _contract(*sections: Sequence[Span]) -> Document:
    """One article; each section is a paragraph."""
    provisions = tuple(
        Provision(
            id=f"s{n}",
            number=f"1.{n}",
            heading=f"Section {n}",
            blocks=(Paragraph(spans=tuple(spans)),),
        )
        for n, spans in enumerate(sections, 1)
    )
    article = Article(id="one", number="1", heading="One", provisions=provisions)
    return numbered(replace(PLAIN, articles=(article,), annexes=(), background=()))


def _xml(docx: bytes) -> str:
    return files.unpacked(docx)["word/document.xml"].decode()


def _marks(docx: bytes) -> list[tuple[str, str]]:
    """Return the words of every insertion and deletion."""
    found = re.findall(r"<w:(ins|del) [^>]*[^/]>(.*?)</w:\1>", _xml(docx), re.DOTALL)
    return [
        (kind, "".join(re.findall(r"<w:(?:t|delText)[^>]*>([^<]*)", inside)))
        for kind, inside in found
    ]


def _judge(old: Document, new: Document, house: Path) -> None:
    made = redline(old, new, house, BY)
    assert body(resolved(made, accept=True)) == body(word.write(new, house))
    assert body(resolved(made, accept=False)) == body(word.write(old, house))


@pytest.mark.parametrize("seed", range(24))
def test_any_two_contracts_are_its_two_sides(seed: int, house: Path) -> None:
    old, new = random_contract(2 * seed), random_contract(2 * seed + 1)
    _judge(old, new, house)
    _judge(old, kept(old, new, omitted=OMITTED), house)


def test_the_specimen_and_what_becomes_of_it(specimen: Document, house: Path) -> None:
    shorter = replace(specimen, background=specimen.background[1:], draft=False)
    _judge(specimen, shorter, house)
    _judge(shorter, specimen, house)


def test_two_documents_that_say_the_same_have_no_revision(house: Path) -> None:
    made = redline(PLAIN, PLAIN, house, BY)
    assert not re.search(r"<w:(ins|del|pPrChange) ", _xml(made))


def test_a_reference_that_only_renumbers_is_no_change(house: Path) -> None:
    told = (Words("As section "), Reference("s3", ""), Words(" says."))
    old = _contract(told, (Words("Goes away."),), (Words("Stays."),))
    gone = replace(
        old.articles[0],
        provisions=tuple(
            replace(each, number=f"1.{n}")
            for n, each in enumerate(
                (old.articles[0].provisions[0], old.articles[0].provisions[2]), 1
            )
        ),
    )
    new = numbered(replace(old, articles=(gone,)))
    made = redline(old, new, house, BY)
    assert [kind for kind, text in _marks(made) if text] == ["del", "del"]
    assert "Goes away." in str(_marks(made))


def test_a_value_that_changed_leaves_its_control(house: Path) -> None:
    old = _contract((Words("It costs "), Value("price.total", "USD 1.00"), Words(".")))
    new = _contract((Words("It costs "), Value("price.total", "USD 2.00"), Words(".")))
    made = redline(old, new, house, BY)
    assert _marks(made) == [("del", "USD 1.00"), ("ins", "USD 2.00")]
    assert 'w:tag w:val="price.total"' not in _xml(made)
    assert 'w:tag w:val="price.total"' in _xml(word.write(new, house))


def test_a_long_value_is_compared_by_words(house: Path) -> None:
    long = "a patio of 60 square metres, pergola, drainage and planting"
    short = long.replace(" pergola,", "")
    old = _contract((Value("what", long), Words(".")))
    new = _contract((Value("what", short), Words(".")))
    made = redline(old, new, house, BY)
    assert [(kind, text.strip(" ,")) for kind, text in _marks(made)] == [
        ("del", "pergola")
    ]


def test_an_inserted_section_has_a_list_of_its_own(house: Path) -> None:
    old = _contract((Words("One."),), (Words("Two."),))
    new = _contract((Words("One."),), (Words("Between."),), (Words("Two."),))
    first, between, last = new.articles[0].provisions
    names = replace(between, id="new", heading="New"), replace(last, id="s2")
    article = replace(new.articles[0], provisions=(first, *names))
    article = replace(
        article,
        provisions=(first, names[0], replace(names[1], heading="Section 2")),
    )
    worked = kept(old, replace(new, articles=(article,)), omitted=OMITTED)
    made = redline(old, worked, house, BY)
    labels = [line.label for line in Paper(made).lines if line.style == "Section"]
    assert labels == ["1.1", "1.1A", "1.2"]
    assert "1.1A" not in _xml(made)


def test_every_mark_names_its_author_and_the_day(house: Path) -> None:
    made = redline(random_contract(1), random_contract(2), house, BY)
    marks = re.findall(r"<w:(?:ins|del|pPrChange) ([^>]*?)/?>", _xml(made))
    assert marks
    assert all('w:author="Dana Whitfield"' in each for each in marks)
    assert all('w:date="2026-10-05T00:00:00Z"' in each for each in marks)
    numbers = re.findall(r'w:id="(5\d{4})"', " ".join(marks))
    assert len(set(numbers)) == len(marks)


def test_without_a_day_a_mark_bears_none(house: Path) -> None:
    made = redline(random_contract(1), random_contract(2), house, Author())
    assert "w:date" not in _xml(made)


def test_a_redline_is_the_same_bytes_each_time(house: Path) -> None:
    one, other = random_contract(5), random_contract(6)
    assert redline(one, other, house, BY) == redline(one, other, house, BY)
