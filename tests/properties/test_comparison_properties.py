"""Random pairs of contracts: nothing is lost between two drafts, nothing doubled."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from random_contracts import near, random_contract, random_text

from closer.drafting.comparison import (
    Difference,
    compare,
    matched,
    says,
)
from closer.drafting.conformed import kept
from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Row,
    SignatureBlock,
    Table,
    Words,
    as_paragraphs,
    plain,
)
from closer.drafting.instructions import operative
from closer.drafting.sentences import Edit, edits
from closer.library.instruments import load_instrument

ROOT = Path(__file__).parent.parent.parent
INSTRUMENT = load_instrument(ROOT / "templates")[0]
OMITTED = "[Intentionally omitted]"
documents = st.integers(0, 10**9).map(random_contract)
texts = st.integers(0, 10**9).map(lambda seed: random_text(Random(seed)))
pairs = st.tuples(documents, documents) | st.tuples(
    documents, st.integers(0, 10**9)
).map(near)


@given(documents)
def test_no_contract_differs_from_itself(document: Document) -> None:
    assert compare(document, document) == ()


@given(pairs)
def test_the_differences_make_the_later_contract_out_of_the_earlier(
    pair: tuple[Document, Document],
) -> None:
    before, after = pair
    assert _said(_applied(before, compare(before, after))) == _said(after)


@given(pairs)
def test_every_change_is_told_once(pair: tuple[Document, Document]) -> None:
    before, after = pair
    found = [
        (each.kind, each.part, each.id, each.pair, each.row)
        for each in compare(before, after)
    ]
    assert len(found) == len(set(found))


@given(pairs)
def test_the_conformed_contract_says_what_the_later_one_says(
    pair: tuple[Document, Document],
) -> None:
    before, after = pair
    worked = kept(before, after, omitted=OMITTED)
    assert [_live(a) for a in worked.articles if a.provisions] == [
        _live(a) for a in after.articles if a.provisions
    ]
    assert [_live(a) for a in worked.annexes if a.blocks] == [
        _live(a) for a in after.annexes
    ]


@given(pairs)
def test_no_number_of_the_earlier_contract_is_lost_or_given_twice(
    pair: tuple[Document, Document],
) -> None:
    before, after = pair
    worked = kept(before, after, omitted=OMITTED)
    numbers = [each.number for each in worked.provisions()]
    assert len(numbers) == len(set(numbers))
    alive = {article.id for article in after.articles}
    signed = [
        section.number
        for article in before.articles
        if article.id in alive and _stays(article, before, after)
        for section in article.provisions
    ]
    assert set(signed) <= set(numbers)
    ids = [each.id for each in worked.provisions()]
    assert len(ids) == len(set(ids))


@given(documents, documents, documents)
def test_a_chain_of_amendments_ends_where_the_last_terms_are(
    first: Document, second: Document, third: Document
) -> None:
    worked = kept(first, second, omitted=OMITTED)
    last = kept(worked, third, omitted=OMITTED)
    assert [_live(a) for a in last.articles if a.provisions] == [
        _live(a) for a in third.articles if a.provisions
    ]


@given(texts, texts, texts, texts)
def test_the_edits_of_a_paragraph_make_the_later_text(
    one: str, two: str, three: str, four: str
) -> None:
    old, new = f"{one} {two} {three}", f"{one} {four} {three}"
    found = edits((Words(old),), (Words(new),))
    pieces = re.compile(r"\w+|[^\w\s]")
    assert pieces.findall(_edited(old, found)) == pieces.findall(new)


@given(pairs)
def test_every_difference_has_an_instruction(pair: tuple[Document, Document]) -> None:
    before, after = pair
    provisions = operative(before, after, INSTRUMENT, omitted=OMITTED)
    assert bool(provisions) == bool(compare(before, after))
    assert all(provision.blocks for provision in provisions)


FRAME: dict[str, Callable[[str], dict[str, object]]] = {
    "title": lambda text: {"title": text},
    "preamble": lambda text: {"preamble": as_paragraphs([(Words(text),)])},
    "party": lambda text: {"parties": ((Words("One"),), (Words(text),))},
    "recital": lambda text: {"background": ((Words(text),),)},
    "lead-in": lambda text: {"lead_in": (Words(text),)},
    "closing words": lambda text: {"closing_words": (Words(text),)},
    "cover": lambda text: {"cover": (("Price", (Words(text),)),)},
    "signature": lambda text: {
        "signatures": (
            SignatureBlock(
                party="one", heading="One", name=(Words(text),), lines=(("By", ()),)
            ),
        )
    },
}
"""What stands before and after the articles, part by part."""


@given(documents, st.sets(st.sampled_from(sorted(FRAME))), texts, texts)
def test_each_part_around_the_articles_is_told_exactly_where_it_differs(
    document: Document, parts: set[str], old: str, new: str
) -> None:
    before = after = document
    for part, made in FRAME.items():
        before = replace(before, **made(old))
        after = replace(after, **made(f"{new} More." if part in parts else old))
    told = dict.fromkeys(each.part for each in compare(before, after))
    assert list(told) == [part for part in _IN_ORDER if part in parts]
    provisions = operative(before, after, INSTRUMENT, omitted=OMITTED)
    assert bool(provisions) == bool(parts - {"signature"})


_IN_ORDER = (
    *("title", "cover", "preamble", "party", "recital", "lead-in"),
    *("closing words", "signature"),
)


# --- an interpreter of differences, apart from the code that finds them ---------------


def _applied(before: Document, found: Sequence[Difference]) -> Document:
    cover = dict(before.cover)
    for each in found:
        if each.part == "cover":
            assert isinstance(each.new, Paragraph)
            cover[each.id] = each.new.spans
    runs = as_paragraphs(before.background)
    recitals = [each for each in found if each.part == "recital"]
    articles = _units(before.articles, [e for e in found if e.part == "article"])
    sections = [each for each in found if each.part == "section"]
    annexes = _units(before.annexes, [e for e in found if e.part == "annex"])
    fresh = {each.id for each in found if each.part == "article" and each.new}
    return replace(
        before,
        cover=tuple(cover.items()),
        background=tuple(
            block.spans
            for block in _texts_of(runs, recitals)
            if isinstance(block, Paragraph)
        ),
        articles=tuple(
            article
            if article.id in fresh
            else replace(article, provisions=_sections(article, sections))
            for article in articles
        ),
        annexes=tuple(
            replace(annex, blocks=_texts_of(annex.blocks, _of(annex.id, found)))
            for annex in annexes
        ),
    )


def _of(name: str, found: Sequence[Difference]) -> list[Difference]:
    return [each for each in found if each.id == name and each.pair is not None]


def _units(old: Sequence[Any], found: Sequence[Difference]) -> list[Any]:
    units = {unit.id: unit for unit in old}
    whole = [each for each in found if each.pair is None]
    for each in whole:
        if each.kind == "deleted":
            del units[each.id]
        elif each.kind in ("changed", "heading changed"):
            units[each.id] = each.new
    ordered = list(units.values())
    for each in whole:
        if each.kind == "inserted":
            places = [i for i, unit in enumerate(ordered, 1) if unit.id == each.follows]
            ordered.insert(places[0] if places else 0, each.new)
    return ordered


def _sections(article: Article, found: Sequence[Difference]) -> tuple[Provision, ...]:
    here = [each for each in found if each.article == article.id]
    units = _units(article.provisions, here)
    return tuple(
        replace(unit, blocks=_texts_of(unit.blocks, _of(unit.id, here)))
        for unit in units
    )


def _texts_of(
    before: Sequence[Block], found: Sequence[Difference]
) -> tuple[Block, ...]:
    return tuple(before) if not found else tuple(_patched(before, found))


def _patched(before: Sequence[Block], found: Sequence[Difference]) -> Iterator[Block]:
    by_pair: dict[int, list[Difference]] = {}
    for each in found:
        by_pair.setdefault(each.pair or 0, []).append(each)
    pair = 0
    rest = list(before)
    while rest or pair in by_pair:
        here = by_pair.get(pair, [])
        pair += 1
        if here and here[0].row:
            table = rest.pop(0)
            assert isinstance(table, Table)
            yield replace(table, rows=_rows(table, here))
        elif here and here[0].kind == "inserted":
            assert isinstance(here[0].new, (Paragraph, Table))
            yield here[0].new
        elif here and here[0].kind == "deleted":
            rest.pop(0)
        elif here:
            rest.pop(0)
            assert isinstance(here[0].new, (Paragraph, Table))
            yield here[0].new
        else:
            yield rest.pop(0)


def _rows(table: Table, found: Sequence[Difference]) -> tuple[Row, ...]:
    rows = {row.id: row for row in table.rows}
    for each in found:
        if each.kind == "row deleted":
            del rows[each.row]
        elif each.kind == "row changed":
            assert isinstance(each.new, Row)
            rows[each.row] = each.new
    ordered = list(rows.values())
    for each in found:
        if each.kind == "row inserted":
            assert isinstance(each.new, Row)
            places = [i for i, row in enumerate(ordered, 1) if row.id == each.follows]
            ordered.insert(places[0] if places else 0, each.new)
    return tuple(ordered)


def _edited(text: str, found: Sequence[Edit]) -> str:
    """Carry out edits as a reader would: sentence by sentence, words where quoted."""
    old = re.split(r"(?<=\.) (?=[A-Z])", text)
    new: list[str] = list(old)
    after: dict[int, list[str]] = {}
    cursor: dict[int, int] = {}
    for each in found:
        at, words = each.sentence - 1, plain(each.new)
        if each.kind == "sentence inserted":
            after.setdefault(each.sentence, []).append(words)
        elif each.kind == "sentence deleted":
            new[at] = ""
        elif each.kind == "sentence replaced":
            new[at] = words
        else:
            quoted = each.anchor or plain(each.old)
            place = new[at].index(quoted, cursor.get(at, 0))
            here = f"{quoted} {words}" if each.side == "after" else f"{words} {quoted}"
            here = here if each.anchor else words
            new[at] = new[at][:place] + here + new[at][place + len(quoted) :]
            cursor[at] = place + len(here)
    lines = list(after.get(0, []))
    for number, sentence in enumerate(new, 1):
        lines += [sentence, *after.get(number, [])]
    return " ".join(lines)


# --- what a contract says, whatever its numbers ---------------------------------------


def _said(document: Document) -> object:
    return (
        document.title,
        [(label, plain(spans)) for label, spans in document.cover],
        [plain(spans) for spans in document.background],
        [_live(article) for article in document.articles],
        [_live(annex) for annex in document.annexes],
    )


def _live(unit: Article | Annex) -> object:
    if isinstance(unit, Annex):
        return unit.id, unit.heading, _said_by(unit.blocks)
    return (
        unit.id,
        unit.heading,
        [
            (section.id, section.heading, _said_by(section.blocks))
            for section in unit.provisions
            if not section.omitted
        ],
    )


def _said_by(blocks: Sequence[Block]) -> list[object]:
    return [says(block) for block in blocks if says(block) != OMITTED]


def _stays(article: Article, before: Document, after: Document) -> bool:
    """Tell whether an article is in its place in both: else it leaves one number."""
    old, new = [a.id for a in before.articles], [a.id for a in after.articles]
    return any(
        i is not None and j is not None and old[i] == article.id
        for i, j, _ in matched(old, new)
    )
