"""Their lawyer sent it back: what changed is found, whatever it went through."""

from collections.abc import Callable
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
from returned import contract

from closer.formats import files
from closer.formats.readback import Baseline, read_back
from closer.formats.returned import Report

Convert = Callable[..., Path]
CAP, TOTAL = "liability.cap", "price.total"
OLD, NEW = "USD 48,500.00", "USD 99,000.00"
COMMENT = (
    b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:comment w:id="0" w:author="Counsel"><w:p><w:r><w:t>We want 60 days</w:t></w:r>'
    b"</w:p></w:comment></w:comments>"
)


@pytest.fixture(scope="module")
def made() -> tuple[bytes, Baseline]:
    return contract()


@pytest.fixture(scope="module")
def docx(made: tuple[bytes, Baseline]) -> bytes:
    return made[0]


@pytest.fixture(scope="module")
def read(made: tuple[bytes, Baseline]) -> Callable[[bytes], Report]:
    return lambda docx: read_back(docx, made[1])


@pytest.fixture
def saved_again(converted: Convert) -> Callable[..., bytes]:
    """Let LibreOffice open a contract and save it as .docx."""

    def save(content: bytes, source: str = "docx") -> bytes:
        form = "docx:MS Word 2007 XML"
        saved = converted(content, form, source).read_bytes()
        assert b"LibreOffice" in parts(saved)["docProps/app.xml"]
        return saved

    return save


@pytest.fixture
def through_odt(
    converted: Convert, saved_again: Callable[..., bytes]
) -> Callable[[bytes], bytes]:
    """Let LibreOffice save a contract as .odt, and that as .docx."""

    def convert(docx: bytes) -> bytes:
        return saved_again(converted(docx, "odt").read_bytes(), "odt")

    return convert


def only(report: Report, path: str, theirs: str) -> bool:
    """Tell whether one term reads otherwise, and nothing else differs."""
    found = {(each.path, each.theirs) for each in report.accepted.readings}
    return found == {(path, theirs)} and not report.accepted.changes


def _strong(body: str) -> str:
    return unmarked(unwrapped(body))


def test_untouched_it_differs_in_nothing(docx: bytes, read: Callable) -> None:
    assert not read(docx).differs


def test_a_value_typed_over_in_its_control(docx: bytes, read: Callable) -> None:
    report = read(edited(docx, set_value(TOTAL, NEW)))
    assert only(report, TOTAL, NEW)
    reading = report.accepted.readings[0]
    assert reading.ours == OLD
    assert set(reading.witnesses) == {"bookmark", "control", "words"}


def test_a_day_put_before_its_month_is_part_of_the_date(
    docx: bytes, read: Callable
) -> None:
    def moved(body: str) -> str:
        body = unmarked(unwrapped(body))
        return body.replace("October 2, 2026", "9 October 2026")

    report = read(edited(docx, moved))
    assert only(report, "milestones.garage.due", "9 October 2026")


def test_words_changed_outside_any_control(docx: bytes, read: Callable) -> None:
    report = read(edited(docx, replaced("bears simple interest", "bears no interest")))
    (change,) = report.accepted.changes
    assert change.place == "section 6.5 (Interest on late payment)"
    assert [(edit.old, edit.new) for edit in change.edits] == [("simple", "no")]
    assert report.accepted.readings == ()


def test_a_tracked_change_in_a_control_is_read_both_ways(
    docx: bytes, read: Callable
) -> None:
    report = read(edited(docx, tracked(CAP, NEW)))
    assert report.tracked > 0
    assert report.authors == ("Them",)
    assert only(report, CAP, NEW)
    assert report.rejected is not None
    assert not report.rejected.differs
    assert report.differs


def test_controls_taken_away_and_nothing_else(docx: bytes, read: Callable) -> None:
    assert not read(edited(docx, unwrapped)).differs


def test_controls_taken_away_and_a_value_changed(docx: bytes, read: Callable) -> None:
    changed = edited(edited(docx, set_value(CAP, NEW)), unwrapped)
    assert only(read(changed), CAP, NEW)


def test_controls_and_bookmarks_taken_away_and_a_value_changed(
    docx: bytes, read: Callable
) -> None:
    report = read(edited(edited(docx, set_value(CAP, NEW)), _strong))
    assert only(report, CAP, NEW)
    assert report.accepted.readings[0].witnesses == ("words",)


def test_a_provision_with_terms_deleted(docx: bytes, read: Callable) -> None:
    report = read(edited(docx, without_paragraph("bears simple interest")))
    (change,) = report.accepted.changes
    assert change.what == "deleted"
    assert "price.late_interest" in change.terms


def test_a_provision_added(docx: bytes, read: Callable) -> None:
    text = "Notwithstanding any other section, no fee is payable after month three."
    report = read(edited(docx, with_paragraph("bears simple interest", text)))
    (change,) = report.accepted.changes
    assert (change.what, change.theirs) == ("added", text)
    assert change.place.startswith("after section 6.5")


def test_a_comment_is_told_with_its_author(docx: bytes, read: Callable) -> None:
    report = read(edited(docx, str, comments=COMMENT))
    assert [(c.author, c.text) for c in report.comments] == [
        ("Counsel", "We want 60 days")
    ]
    assert report.differs


def test_a_digest_of_other_terms_is_said(docx: bytes, read: Callable) -> None:
    made = parts(docx)
    name = "docProps/custom.xml"
    at = made[name].index(b'name="closer.terms"')
    at = made[name].index(b"lpwstr>", at) + 7
    made[name] = made[name][:at] + b"0" * 64 + made[name][at + 64 :]
    report = read(files.pack(made))
    assert report.made_from == "other terms"
    assert report.digest == "0" * 64
    assert not report.accepted.differs


def test_libreoffice_saves_it_and_nothing_differs(
    docx: bytes, read: Callable, saved_again: Callable[[bytes], bytes]
) -> None:
    report = read(saved_again(docx))
    assert not report.differs, report.accepted
    assert report.made_from == "these terms"


def test_libreoffice_saves_an_edited_one(
    docx: bytes, read: Callable, saved_again: Callable[[bytes], bytes]
) -> None:
    assert only(read(saved_again(edited(docx, set_value(TOTAL, NEW)))), TOTAL, NEW)


def test_libreoffice_saves_one_without_controls(
    docx: bytes, read: Callable, saved_again: Callable[[bytes], bytes]
) -> None:
    changed = edited(edited(docx, set_value(CAP, NEW)), unwrapped)
    assert only(read(saved_again(changed)), CAP, NEW)


def test_libreoffice_saves_one_stripped_of_everything(
    docx: bytes, read: Callable, saved_again: Callable[[bytes], bytes]
) -> None:
    changed = edited(edited(docx, set_value(CAP, NEW)), _strong)
    report = read(saved_again(changed))
    assert {(r.path, r.theirs) for r in report.accepted.readings} == {(CAP, NEW)}


def test_through_opendocument_and_back_nothing_differs(
    docx: bytes, read: Callable, through_odt: Callable[[bytes], bytes]
) -> None:
    report = read(through_odt(docx))
    assert not report.differs, report.accepted


def test_through_opendocument_and_back_an_edit_is_found(
    docx: bytes, read: Callable, through_odt: Callable[[bytes], bytes]
) -> None:
    changed = edited(docx, set_value("milestones.garage.due", "October 9, 2026"))
    report = read(through_odt(changed))
    assert only(report, "milestones.garage.due", "October 9, 2026")


def test_libreoffice_saves_a_tracked_change_outside_controls(
    docx: bytes, read: Callable, saved_again: Callable[[bytes], bytes]
) -> None:
    changed = edited(edited(docx, tracked(CAP, NEW)), unwrapped)
    report = read(saved_again(changed))
    assert report.tracked > 0
    assert only(report, CAP, NEW)
    assert report.rejected is not None
    assert not report.rejected.differs


def test_libreoffice_saves_a_tracked_change_in_a_control(
    docx: bytes, read: Callable, saved_again: Callable[[bytes], bytes]
) -> None:
    """LibreOffice loses the revision and runs both readings together; that is told."""
    report = read(saved_again(edited(docx, tracked(CAP, NEW))))
    found = {each.path: each.theirs for each in report.accepted.readings}
    assert CAP in found
    assert NEW in found[CAP]


def test_two_values_of_one_sentence_are_told_apart(docx: bytes, read: Callable) -> None:
    changed = edited(docx, set_value("warranty.lasts", "2 years"))
    changed = edited(changed, set_value("warranty.from", "the Effective Date"))
    found = {(r.path, r.theirs) for r in read(changed).accepted.readings}
    assert found == {
        ("warranty.lasts", "2 years"),
        ("warranty.from", "the Effective Date"),
    }


def test_one_value_changed_in_two_ways_is_told_twice(
    docx: bytes, read: Callable
) -> None:
    changed = edited(docx, set_value(TOTAL, NEW, which=slice(0, 1)))
    changed = edited(changed, set_value(TOTAL, "USD 1.00", which=slice(1, 2)))
    found = {r.theirs for r in read(changed).accepted.readings if r.path == TOTAL}
    assert found == {NEW, "USD 1.00"}


def test_a_row_of_a_table_deleted(docx: bytes, read: Callable) -> None:
    body = parts(docx)[BODY].decode()
    at = body.rindex("general liability")
    start, end = (
        body.rindex("<w:tr>", 0, at),
        body.index("</w:tr>", at) + len("</w:tr>"),
    )
    report = read(edited(docx, lambda text: text[:start] + text[end:]))
    terms = {path for change in report.accepted.changes for path in change.terms}
    assert {"insurance.cover.0.kind", "insurance.cover.0.limit"} <= terms


def test_a_row_inserted_with_tracking_is_there_only_if_accepted(
    docx: bytes, read: Callable
) -> None:
    def change(body: str) -> str:
        at = body.rindex("general liability")
        start = body.rindex("<w:tr>", 0, at)
        end = body.index("</w:tr>", at) + len("</w:tr>")
        row = body[start:end].replace(
            "<w:trPr>", '<w:trPr><w:ins w:id="7" w:author="T"/>'
        )
        row = unmarked(unwrapped(row)).replace("general liability", "flood")
        return body[:end] + row + body[end:]

    report = read(edited(docx, change))
    assert report.rejected is not None
    assert not report.rejected.differs
    assert any("flood" in each.theirs for each in report.accepted.changes)


def test_a_header_typed_over(docx: bytes, read: Callable) -> None:
    made = parts(docx)
    name = next(each for each in made if each.startswith("word/header"))
    added = b"<w:p><w:r><w:t>Subject to our terms</w:t></w:r></w:p></w:hdr>"
    made[name] = made[name].replace(b"</w:hdr>", added)
    (change,) = read(files.pack(made)).accepted.changes
    assert change.theirs == "Subject to our terms"


def test_words_in_a_footnote(docx: bytes, read: Callable) -> None:
    note = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        b'main"><w:footnote w:id="1"><w:p><w:r><w:t>Not so in June</w:t></w:r></w:p>'
        b"</w:footnote></w:footnotes>"
    )
    (change,) = read(edited(docx, str, footnotes=note)).accepted.changes
    assert change.theirs == "Not so in June"


def test_words_that_nobody_sees(docx: bytes, read: Callable) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> or never</w:t></w:r></w:p>"

    def change(body: str) -> str:
        end = body.index("</w:p>", body.index("bears simple interest"))
        return body[:end] + hidden + body[end + len("</w:p>") :]

    (found,) = read(edited(docx, change)).accepted.changes
    assert "or never" in found.edits[0].new
    assert "hidden" in found.edits[0].new


@pytest.mark.parametrize(("look", "told"), [("strike", "struck"), ("vanish", "hidden")])
def test_words_of_ours_struck_out_or_hidden_by_their_look(
    docx: bytes, read: Callable, look: str, told: str
) -> None:
    def change(body: str) -> str:
        at = body.index("bears simple interest")
        run = body.rindex("<w:r>", 0, at)
        return f"{body[:run]}<w:r><w:rPr><w:{look}/></w:rPr>{body[run + 5 :]}"

    report = read(edited(docx, change))
    assert report.accepted.differs
    assert told in str(report.accepted)


def test_a_formula_is_read_too(docx: bytes, read: Callable) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = (
        f'<m:oMath xmlns:m="{space}"><m:r><m:t>times two</m:t></m:r></m:oMath></w:p>'
    )

    def change(body: str) -> str:
        end = body.index("</w:p>", body.index("bears simple interest"))
        return body[:end] + formula + body[end + len("</w:p>") :]

    (found,) = read(edited(docx, change)).accepted.changes
    assert "times two" in found.theirs


def test_words_in_a_text_box(docx: bytes, read: Callable) -> None:
    box = (
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Side letter prevails</w:t>"
        "</w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )

    def change(body: str) -> str:
        at = body.rindex("<w:sectPr")
        return body[:at] + box + body[at:]

    (found,) = read(edited(docx, change)).accepted.changes
    assert found.theirs == "Side letter prevails"


def test_a_paragraph_deleted_with_tracking_is_there_only_if_rejected(
    docx: bytes, read: Callable
) -> None:
    def change(body: str) -> str:
        at = body.index("«") if "«" in body else body.index("bears simple interest")
        start = body.rindex("<w:p>", 0, at)
        end = body.index("</w:p>", at) + len("</w:p>")
        inner = unmarked(unwrapped(body[start:end])).replace("<w:t ", "<w:delText ")
        inner = inner.replace("</w:t>", "</w:delText>").replace("<w:t>", "<w:delText>")
        inner = inner.replace("<w:r>", '<w:del w:id="8" w:author="T"><w:r>')
        inner = inner.replace("</w:r>", "</w:r></w:del>")
        gone = '<w:rPr><w:del w:id="9" w:author="T"/></w:rPr></w:pPr>'
        return body[:start] + inner.replace("</w:pPr>", gone, 1) + body[end:]

    report = read(edited(docx, change))
    assert report.rejected is not None
    assert not report.rejected.differs
    assert [c.what for c in report.accepted.changes] == ["deleted"]


def test_other_spaces_make_no_difference(docx: bytes, read: Callable) -> None:
    assert not read(edited(docx, lambda body: body.replace("\u00a0", " "))).differs


def test_a_document_of_another_deal_is_not_taken_for_ours(read: Callable) -> None:
    from specimen import SPECIMEN  # noqa: PLC0415 - one use

    from closer.formats import word  # noqa: PLC0415 - one use

    house = Path(__file__).parents[2] / "templates" / "word" / "house.docx"
    report = read(word.write(SPECIMEN, house))
    assert not report.ours
    assert report.differs


def test_another_prefix_hides_nothing(docx: bytes, read: Callable) -> None:
    """Names in XML are what they mean, whatever prefix a file gives them."""
    changed = edited(docx, set_value(TOTAL, NEW))
    other = edited(
        changed,
        lambda body: (
            body.replace("<w:", "<x:")
            .replace("</w:", "</x:")
            .replace(" w:", " x:")
            .replace("xmlns:w=", "xmlns:x=")
        ),
    )
    assert only(read(other), TOTAL, NEW)
