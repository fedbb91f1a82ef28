"""Their changes in our document: LibreOffice accepts them into theirs, and rejects."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from edited import (
    BODY,
    edited,
    parts,
    replaced,
    set_value,
    tracked,
    unmarked,
    unwrapped,
    with_paragraph,
    without_paragraph,
)
from returned import GARAGE

from closer.cli.deal import Stage, accepted, read_deal, read_library
from closer.cli.draft import contract
from closer.cli.verify import reported, theirs_marked
from closer.formats import files
from closer.formats.wordcomments import Remark, part, told
from closer.library.loading import Library

Settled = Callable[[Sequence[tuple[bytes, str]]], list[list[str]]]
Deal = tuple[Stage, Library]


@pytest.fixture(scope="module")
def deal() -> Deal:
    library = read_library()
    return accepted(read_deal([GARAGE]), library)[-1], library


@pytest.fixture(scope="module")
def ours(deal: Deal) -> bytes:
    return final(deal)


def final(deal: Deal) -> bytes:
    """Return the contract as nobody has touched it, without its open points."""
    from msgspec.structs import replace  # noqa: PLC0415 - one use

    from closer.formats import word  # noqa: PLC0415 - one use

    document = replace(deal[0].draft.document, draft=False, open_points=())
    house = Path(__file__).parents[2] / "templates" / "word" / "house.docx"
    return word.write(document, house)


def _by_hand(docx: bytes) -> bytes:
    """Return a contract that somebody went over: values, words, paragraphs, rows."""
    body = parts(docx)[BODY].decode()
    end = body.index("</w:tr>", body.rindex("general liability")) + len("</w:tr>")
    row = unmarked(unwrapped(body[body.rindex("<w:tr>", 0, end) : end]))
    flood = row.replace("general liability", "flood")
    changes = (
        lambda text: text[:end] + flood + text[end:],
        set_value("warranty.lasts", "2 years"),
        set_value("price.total", "USD 47,000.00"),
        replaced("bears simple interest", "bears no interest"),
        without_paragraph("falls due without an invoice"),
        with_paragraph("bears no interest", "No fee is payable after month three."),
    )
    for change in changes:
        docx = edited(docx, change)
    return docx


def _strong(body: str) -> str:
    """Take away the controls and all that marks a value; references keep theirs."""
    return re.sub(r'<w:bookmarkStart [^>]*w:name="_Tm_[^>]*/>', "", unwrapped(body))


def _marked(deal: Deal, theirs: bytes) -> bytes:
    stage, library = deal
    return theirs_marked(stage, library, theirs, reported(stage, library, theirs))


def _plain(lines: Sequence[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines]


@pytest.fixture
def saved_again(converted: Callable[..., Path]) -> Callable[[bytes], bytes]:
    """Let LibreOffice open a contract and save it."""
    form = "docx:MS Word 2007 XML"
    return lambda docx: converted(docx, form).read_bytes()


def test_libreoffice_accepts_their_changes_into_theirs_and_rejects_into_ours(
    deal: Deal, ours: bytes, settled: Settled, saved_again: Callable[[bytes], bytes]
) -> None:
    theirs = _by_hand(ours)
    strong = saved_again(edited(theirs, _strong))
    saved = saved_again(theirs)
    cap = tracked("liability.cap", "USD 99,000.00")
    loose = saved_again(edited(edited(theirs, cap), unwrapped))
    variants = {
        "typed over": (theirs, theirs),
        "saved by LibreOffice": (saved, saved),
        "without controls": (edited(theirs, unwrapped), theirs),
        "without controls and marks, saved": (strong, theirs),
        "tracked": (edited(theirs, cap), _typed(theirs)),
        "tracked, without controls, saved": (loose, _typed(theirs)),
        "by two, with a comment, saved": (saved_again(_two(ours)), _both(ours)),
    }
    jobs = [(ours, "read")]
    for came, meant in variants.values():
        marked = _marked(deal, came)
        jobs += [(meant, "read"), (marked, "accept"), (marked, "reject")]
    mine, *texts = map(_plain, settled(jobs))
    for n, name in enumerate(variants):
        theirs_, accepted_, rejected = texts[3 * n : 3 * n + 3]
        assert accepted_ == theirs_, name
        assert rejected == mine, name
        assert accepted_ != mine, name


def _two(docx: bytes) -> bytes:
    """Return a contract in which two have tracked changes, and one has commented."""
    docx = edited(docx, tracked("warranty.lasts", "2 years"))
    docx = edited(docx, lambda text: text.replace('"Them"', '"Somebody else"'))
    docx = edited(edited(docx, tracked("liability.cap", "USD 99,000.00")), unwrapped)
    around = (
        '<w:commentRangeStart w:id="3"/><w:r><w:t>simple interest</w:t></w:r>'
        '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
    )
    opened = '<w:r><w:t xml:space="preserve">'
    cut = replaced("simple interest", f"</w:t></w:r>{around}{opened}")
    docx = edited(docx, cut, comments=part([Remark("Counsel", "", ("Why?",))] * 4))
    made = told(parts(docx))
    return files.pack({**parts(docx), **made})


def _both(docx: bytes) -> bytes:
    return edited(_typed(docx), set_value("warranty.lasts", "2 years"))


def test_each_name_and_each_comment_survives_libreoffice(
    deal: Deal, ours: bytes, saved_again: Callable[[bytes], bytes]
) -> None:
    made = parts(_marked(deal, saved_again(_two(ours))))
    text = made[BODY].decode()
    by = set(re.findall(r'<w:(?:ins|del) [^>]*w:author="([^"]*)"', text))
    assert by == {"Them", "Somebody else"}
    start, end = (text.index(f"<w:commentRange{each}") for each in ("Start", "End"))
    assert re.findall(r"<w:t[ >][^<]*", text[start:end]) == [
        '<w:t xml:space="preserve">simple interest'
    ]
    assert made["word/comments.xml"].count(b"Why?") == 1


def _typed(docx: bytes) -> bytes:
    return edited(docx, set_value("liability.cap", "USD 99,000.00"))


def test_openxml_audit_finds_nothing_in_a_redline_of_theirs(
    deal: Deal, ours: bytes, library: Callable[[str], object], tmp_path: Path
) -> None:
    audit = library("openxml_audit")
    file = tmp_path / "theirs.docx"
    for came in (_by_hand(ours), _two(ours)):
        file.write_bytes(_marked(deal, came))
        result = audit.OpenXmlValidator().validate(str(file))  # type: ignore[attr-defined]
        assert [str(error) for error in result.errors] == []


def test_a_draft_that_came_back_is_marked_without_the_lines_of_a_draft(
    deal: Deal, saved_again: Callable[[bytes], bytes]
) -> None:
    stage, library = deal
    drawn = contract(stage, library, final=False)
    for docx in (drawn, saved_again(drawn)):
        made = parts(_marked(deal, docx))[BODY].decode()
        assert "<w:ins " not in made
        assert "<w:del " not in made
