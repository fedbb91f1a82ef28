"""A redline on our own document by the words of another: both sides are true."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from edited import (
    BODY,
    edited,
    paragraph_of,
    parts,
    replaced,
    set_value,
    tracked,
    unmarked,
    unwrapped,
    with_paragraph,
    without_paragraph,
)
from lxml import etree
from msgspec.structs import replace
from random_contracts import near, random_contract
from resolving import W, body, resolved
from specimen import SPECIMEN

from closer.drafting.document import Document, Paragraph, Value, Words
from closer.formats import word
from closer.formats.authors import Author
from closer.formats.textline import text_redline

BY = Author("Other Counsel")
PLAIN = random_contract(3)


def _marked(ours: Document, theirs: bytes, house: Path, **others: object) -> bytes:
    made: bytes = text_redline(ours, parts(theirs), house, BY, **others)  # type: ignore[arg-type]
    return made


def lines_of(docx: bytes) -> list[str]:
    """Return every paragraph's words as a reader sees them, the contents left out."""
    root = etree.fromstring(parts(docx)[BODY])
    found = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val").startswith("TOC"):
            continue
        text, code = "", 0
        for each in paragraph.iter():
            if each.tag == f"{W}fldChar":
                code += {"begin": 1, "separate": -1}.get(each.get(f"{W}fldCharType"), 0)
            elif each.tag == f"{W}t" and not code:
                text += each.text or ""
            elif each.tag in (f"{W}tab", f"{W}br"):
                text += " "
        if text.strip():
            found.append(" ".join(text.split()))
    return found


def judge(ours: Document, theirs: bytes, house: Path) -> bytes:
    """Hold both sides of a redline against the two documents."""
    made = _marked(ours, theirs, house)
    accepted = resolved(made, accept=True)
    assert lines_of(accepted) == lines_of(resolved(theirs, accept=True))
    assert body(resolved(made, accept=False)) == body(word.write(ours, house))
    return made


def _marks(docx: bytes) -> list[tuple[str, str]]:
    text = parts(docx)[BODY].decode()
    found = re.findall(r"<w:(ins|del) [^>]*[^/]>(.*?)</w:\1>", text, re.DOTALL)
    return [
        (kind, "".join(re.findall(r"<w:(?:t|delText)[^>]*>([^<]*)", inside)))
        for kind, inside in found
    ]


@pytest.mark.parametrize("seed", range(16))
def test_accepted_it_says_their_words_and_rejected_it_is_ours(
    seed: int, house: Path
) -> None:
    old = random_contract(5 * seed)
    judge(old, word.write(near((old, seed))[1], house), house)
    judge(old, word.write(random_contract(5 * seed + 1), house), house)


def _sample() -> tuple[Document, bytes]:
    document = replace(SPECIMEN, draft=False, open_points=())
    return document, word.write(
        document, Path(__file__).parents[2] / "templates/word/house.docx"
    )


def _contract(*spans: Words | Value) -> Document:
    """The specimen with one paragraph put before all others of its first section."""
    first, *articles = SPECIMEN.articles
    section, *sections = first.provisions
    blocks = (*section.blocks, Paragraph(spans=spans, level=0))
    changed = replace(section, blocks=blocks)
    return replace(
        SPECIMEN,
        draft=False,
        open_points=(),
        articles=(replace(first, provisions=(changed, *sections)), *articles),
    )


def test_what_was_only_saved_again_has_no_mark(house: Path) -> None:
    ours, theirs = _sample()
    assert _marks(_marked(ours, theirs, house)) == []
    assert _marks(_marked(ours, edited(theirs, unwrapped), house)) == []
    spaced = edited(theirs, lambda text: text.replace("\u00a0", " "))
    assert _marks(_marked(ours, spaced, house)) == []


def test_a_value_is_replaced_whole_and_others_keep_their_controls(house: Path) -> None:
    ours = _contract(
        Words("It costs "),
        Value("a.sum", "USD 48,500.00"),
        Words(" at "),
        Value("place", "Tampa"),
        Words(", and a fee of USD 48,500.00 on top."),
    )
    theirs = edited(word.write(ours, house), set_value("a.sum", "USD 48,000.00"))
    made = judge(ours, theirs, house)
    assert _marks(made) == [("del", "USD 48,500.00"), ("ins", "USD 48,000.00")]
    text = parts(made)[BODY].decode()
    assert 'w:tag w:val="place"' in text
    assert 'w:tag w:val="a.sum"' not in text


def test_a_long_value_is_compared_by_words(house: Path) -> None:
    long = "a patio of 60 square metres, pergola, drainage and planting"
    ours = _contract(Words("Build "), Value("what", long), Words("."))
    theirs = edited(
        word.write(ours, house), set_value("what", long.replace("60", "45"))
    )
    assert _marks(judge(ours, theirs, house)) == [("del", "60"), ("ins", "45")]


def test_their_own_tracked_changes_count_as_accepted(house: Path) -> None:
    ours = _contract(Words("It costs "), Value("a.sum", "USD 1.00"), Words("."))
    theirs = edited(word.write(ours, house), tracked("a.sum", "USD 2.00"))
    assert _marks(judge(ours, theirs, house)) == [
        ("del", "USD 1.00"),
        ("ins", "USD 2.00"),
    ]


def test_a_live_reference_stays_one_beside_changed_words(house: Path) -> None:
    ours, theirs = _sample()
    text = parts(theirs)[BODY].decode()
    at = text.index("REF _Cl_")
    start, end = paragraph_of(text, text[at : at + 20])
    said = max(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", text[start:end]), key=len)
    changed = edited(theirs, replaced(said, f"otherwise {said}"))
    made = parts(judge(ours, changed, house))[BODY].decode()
    assert made.count("REF _Cl_") == text.count("REF _Cl_")


def test_paragraphs_come_and_go(house: Path) -> None:
    ours = _contract(
        Words("This one goes away altogether, and nobody will ever miss it.")
    )
    theirs = edited(
        word.write(ours, house),
        with_paragraph("goes away altogether", "Nothing is owed after month three."),
    )
    theirs = edited(theirs, without_paragraph("goes away altogether"))
    assert _marks(judge(ours, theirs, house)) == [
        ("del", "This one goes away altogether, and nobody will ever miss it."),
        ("ins", "Nothing is owed after month three."),
    ]


def _row(text: str) -> tuple[int, int]:
    """Return where the last row of the first table of an annex begins and ends."""
    end = text.rindex("</w:tr>") + len("</w:tr>")
    return text.rindex("<w:tr>", 0, end), end


def test_rows_come_and_go(house: Path) -> None:
    ours, theirs = _sample()
    start, end = _row(parts(theirs)[BODY].decode())

    def added(text: str) -> str:
        row = unmarked(unwrapped(text[start:end]))
        row = re.sub(r"(<w:t[^>]*>)[^<]*", r"\1flood", row)
        return text[:end] + row + text[end:]

    made = judge(ours, edited(theirs, added), house)
    assert {kind for kind, _ in _marks(made)} == {"ins"}
    row = parts(made)[BODY].decode()
    assert "<w:ins" in row[row.rindex("<w:trPr>") : row.rindex("</w:trPr>")]
    gone = judge(ours, edited(theirs, lambda t: t[:start] + t[end:]), house)
    assert {kind for kind, _ in _marks(gone)} == {"del"}


def test_the_lines_of_a_draft_are_no_change(house: Path) -> None:
    ours = replace(SPECIMEN, draft=False, open_points=())
    drawn = word.write(replace(SPECIMEN, draft=True, open_points=("a point",)), house)
    marks = [text for _, text in _marks(_marked(ours, drawn, house))]
    assert marks
    passing = re.compile("|".join(map(re.escape, marks)))
    assert _marks(_marked(ours, drawn, house, passing=passing)) == []


def test_every_mark_is_by_them(house: Path) -> None:
    made = _marked(PLAIN, word.write(random_contract(4), house), house)
    marks = re.findall(r"<w:(?:ins|del) ([^>]*?)/?>", parts(made)[BODY].decode())
    assert marks
    assert all('w:author="Other Counsel"' in each for each in marks)


def test_the_other_file_can_be_the_old_one(house: Path) -> None:
    old, new = random_contract(1), near((random_contract(1), 3))[1]
    made = _marked(new, word.write(old, house), house, ours_is_new=True)
    assert body(resolved(made, accept=True)) == body(word.write(new, house))
    assert lines_of(resolved(made, accept=False)) == lines_of(word.write(old, house))


@pytest.mark.parametrize("change", [unwrapped, lambda t: unmarked(unwrapped(t))])
def test_without_controls_and_bookmarks_it_marks_the_same(
    change: Callable[[str], str], house: Path
) -> None:
    ours = _contract(Words("It costs "), Value("a.sum", "USD 1.00"), Words("."))
    theirs = edited(word.write(ours, house), set_value("a.sum", "USD 2.00"))
    assert _marks(judge(ours, edited(theirs, change), house)) == [
        ("del", "USD 1.00"),
        ("ins", "USD 2.00"),
    ]
