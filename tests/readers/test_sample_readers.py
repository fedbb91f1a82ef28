"""The samples, whole, in the hands of programs that others wrote.

Every document that the commands write for a sample, and every calendar: LibreOffice
counts sections and references itself, two calendar programs expand the days.
"""

import io
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
from msgspec.structs import replace
from test_calendar_readers import READERS, Seen, ours

from closer.cli import amend
from closer.cli.deal import Deal, accepted, read_deal, read_library
from closer.cli.draft import contract
from closer.cli.schedule import follow_up
from closer.drafting.document import Document, Paragraph
from closer.followup.entries import Schedule
from closer.formats import files, ical, plaintext
from closer.formats.typography import words
from closer.terms.moments import Facts

ROOT = Path(__file__).parents[2]
CHANGES = {
    "garage-remodel": "change-1-hurricane.yaml",
    "studio-services": "change-1-fee.yaml",
}
PAPERS = [
    (name, kind)
    for name in CHANGES
    for kind in ("draft", "final", "amendment", "amended draft")
]
each_paper = pytest.mark.parametrize(("name", "kind"), PAPERS)
each_sample = pytest.mark.parametrize("name", CHANGES)


class Paper(NamedTuple):
    document: Document
    docx: bytes


def _deal(name: str, *, changed: bool) -> Deal:
    folder = ROOT / "samples" / name
    names = ["agreed.yaml", CHANGES[name]][: 1 + changed]
    return read_deal([folder / each for each in names])


@cache
def paper(name: str, kind: str) -> Paper:
    """Return a document of a sample: the model, and the file that a command writes."""
    deal = _deal(name, changed=kind.startswith("amend"))
    library = read_library()
    stages = accepted(deal, library)
    if kind == "amendment":
        return _amendment(deal)
    final = kind == "final"
    document = replace(stages[-1].draft.document, draft=not final)
    return Paper(document, contract(stages[-1], library, final=final))


def _amendment(deal: Deal) -> Paper:
    library = read_library()
    written: list[Document] = []
    with pytest.MonkeyPatch.context() as patched:
        write = amend.word.write

        def kept(document: Document, *given: Any, **options: Any) -> bytes:
            written.append(document)
            return write(document, *given, **options)

        patched.setattr(amend.word, "write", kept)
        made = amend.outcome(deal, accepted(deal, library), library)
    return Paper(written[0], made["amendment-1.docx"])


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _paragraphs(document: Document) -> list[Paragraph]:
    holders = [*document.provisions(), *document.annexes]
    blocks = [block for holder in holders for block in holder.blocks]
    return [block for block in blocks if isinstance(block, Paragraph)]


@pytest.fixture(scope="module")
def text_of(converted: Callable[[bytes, str], Path]) -> Callable[[str, str], str]:
    """Return a document as the plain text that LibreOffice makes of it."""

    @cache
    def text(name: str, kind: str) -> str:
        docx = paper(name, kind).docx
        return converted(docx, "txt:Text (encoded):UTF8").read_text("utf-8-sig")

    return text


@pytest.fixture(scope="module")
def pages_of(
    printed: Callable[[bytes], list[str]],
) -> Callable[[str, str], list[str]]:
    """Return the pages that LibreOffice prints with numbers that it counts itself.

    The numbers that the file brings along for its references are poisoned.
    """
    field = r'( REF _Cl_\w+ \\r \\h .*?"separate"/></w:r><w:r><w:t [^>]*>)[^<]*'

    @cache
    def pages(name: str, kind: str) -> list[str]:
        parts = files.unpacked(paper(name, kind).docx)
        body = parts["word/document.xml"].decode()
        body, times = re.subn(field, r"\g<1>99.99", body)
        assert times > (1 if kind == "amendment" else 20)
        parts["word/document.xml"] = body.encode()
        return printed(files.pack(parts))

    return pages


@each_paper
def test_libreoffice_counts_the_sections_as_the_model_does(
    name: str, kind: str, text_of: Callable[[str, str], str]
) -> None:
    document, text = paper(name, kind).document, text_of(name, kind)
    lines = [_flat(line) for line in text.splitlines()]
    headed = [re.match(r"(\d+\.\d+[A-Z]*) (\S.*)", line) for line in lines]
    found = [(each[1], each[2]) for each in headed if each]
    wanted = [(p.number, _flat(p.heading)) for p in document.provisions()]
    assert len(wanted) > 2
    assert [number for number, _ in found] == [number for number, _ in wanted]
    for (_, line), (number, heading) in zip(found, wanted, strict=True):
        assert line.startswith(_curled(heading)), number
    for article in document.articles:
        assert f"{article.number}. {_curled(article.heading)}" in lines
    for annex in document.annexes:
        start = f"Annex {annex.number} \u2013 "
        assert start + _curled(annex.heading) in lines


def _curled(text: str) -> str:
    return plaintext.curled(text).replace("\u00a0", " ")


@each_paper
def test_libreoffice_labels_the_items_as_the_model_does(
    name: str, kind: str, text_of: Callable[[str, str], str]
) -> None:
    document, text = paper(name, kind).document, text_of(name, kind)
    after = text[text.index(_first_heading(document)) :]
    labelled = [re.match(r"\s*(\([a-z]+\)) (\S.*)", li) for li in after.splitlines()]
    found = [f"{each[1]} {_flat(each[2])}"[:40].strip() for each in labelled if each]
    items = [p for p in _paragraphs(document) if p.level and p.label]
    wanted = [f"{p.label} {_flat(words(p.spans))}"[:40].strip() for p in items]
    assert found == wanted


def _first_heading(document: Document) -> str:
    first = document.articles[0]
    return f"{first.number}. {_curled(first.heading)}"


REFERENCE = re.compile(r"\b(section|article)s? (\d+(?:\.\d+)?[A-Z]*)\b", re.IGNORECASE)


@each_paper
def test_libreoffice_counts_each_reference_itself_and_finds_the_same(
    name: str, kind: str, pages_of: Callable[[str, str], list[str]]
) -> None:
    document = paper(name, kind).document
    text = _flat(" ".join(pages_of(name, kind)))
    assert "99.99" not in text
    wanted = REFERENCE.findall(_flat(plaintext.projected(document)))
    assert len(wanted) > 1
    found = Counter(_lowered(REFERENCE.findall(text)))
    missing = Counter(_lowered(wanted)) - found
    assert missing == Counter()


def _lowered(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(word.lower(), number) for word, number in found]


@each_paper
def test_libreoffice_prints_no_error_and_no_mark_of_a_template(
    name: str, kind: str, pages_of: Callable[[str, str], list[str]]
) -> None:
    document, pages = paper(name, kind).document, pages_of(name, kind)
    text = " ".join(pages)
    assert "Error" not in text
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bNone\b|\bLorem\b", text)
    assert not re.search(r"\[[a-z_.]+\]|<[A-Z]\w+>|\{[a-z-]+\}|\*\*|\"\"", text)
    assert document.reference in text
    told = sum("DRAFT" in page.replace(" ", "") for page in pages)
    assert told == (len(pages) if document.draft else 0)


@each_paper
def test_openxml_audit_finds_nothing_in_a_sample(
    name: str, kind: str, library: Callable[[str], Any], tmp_path: Path
) -> None:
    audit = library("openxml_audit")
    file = tmp_path / "document.docx"
    file.write_bytes(paper(name, kind).docx)
    result = audit.OpenXmlValidator().validate(str(file))
    assert [str(error) for error in result.errors] == []


@each_paper
def test_python_docx_reopens_it_and_saves_it_with_its_properties(
    name: str, kind: str, library: Callable[[str], Any]
) -> None:
    document, docx = paper(name, kind)
    package = library("docx")
    opened = package.Document(io.BytesIO(docx))
    again = io.BytesIO()
    opened.save(again)
    for each in (opened, package.Document(again)):
        core = each.core_properties
        assert core.title == document.title
        assert core.subject == document.reference
        assert core.language == document.language
        assert core.author in ("", "closer")
        headings = [p.text for p in each.paragraphs if p.style.name == "Heading 1"]
        assert headings == [_curled(a.heading) for a in document.articles]
    custom = files.unpacked(docx)["docProps/custom.xml"].decode()
    for key, value in document.properties.items():
        assert key in custom
        assert value in custom


@cache
def schedules(name: str) -> tuple[Schedule, Schedule]:
    """Return the schedule of a sample as signed and as revised by its change."""
    library = read_library()
    made = []
    for changed in (False, True):
        deal = _deal(name, changed=changed)
        made.append(follow_up(deal, accepted(deal, library), library, Facts()))
    return made[0], made[1]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("which", [0, 1], ids=["signed", "revised"])
@each_sample
def test_a_reader_sees_the_days_of_a_sample(
    name: str, which: int, read: Callable[[bytes], Seen]
) -> None:
    found = schedules(name)[which]
    seen = read(ical.write(found))
    assert len(seen) > 100
    assert seen == ours(found)


def imported(first: bytes, second: bytes) -> bytes:
    """Import a calendar file over another, by UID, as a calendar program does."""
    calendar = icalendar.Calendar.from_ical(first)
    held = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    for event in icalendar.Calendar.from_ical(second).walk("VEVENT"):
        old = held.get(str(event["UID"]))
        if old is None or event.get("SEQUENCE", 0) >= old.get("SEQUENCE", 0):
            held[str(event["UID"])] = event
    others = [c for c in calendar.subcomponents if c.name != "VEVENT"]
    calendar.subcomponents = [*others, *held.values()]
    return calendar.to_ical()


MOVED = {
    "garage-remodel": {
        *("milestones.backyard", "milestones.handover", "governance.progress_reviews"),
        *("price.payments.final", "price.payments.debris", "follow_up.future"),
        *("duration", "warranty"),  # a year from the handover
        *("obligations.diary", "governance.benchmarks.punch_list"),  # until the end
        "follow_up.check_ins",
        "contingencies.late_completion",  # damages for lateness count from the handover
    },
    "studio-services": {
        *("milestones.guide", "obligations.shop", "deliverables.guide.accept"),
    },
}
"""The terms whose days move, or that are new: read against the change files."""


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@each_sample
def test_the_revised_file_over_the_first_moves_only_what_moved(
    name: str, read: Callable[[bytes], Seen]
) -> None:
    first, second = schedules(name)
    both = read(imported(ical.write(first), ical.write(second)))
    assert both == read(ical.write(second))
    assert len({(uid, start) for uid, start, _ in both}) == len(both)

    terms = {e.uid: e.term for e in (*first.entries, *second.entries)}
    moved = {terms[uid] for uid, _, _ in both ^ read(ical.write(first))}
    assert moved == MOVED[name]


@each_sample
def test_what_did_not_move_is_the_same_line_for_line(name: str) -> None:
    events = [
        {each.split("\r\n", 2)[1]: each for each in _events(ical.write(made))}
        for made in schedules(name)
    ]
    same = [uid for uid in events[0] if events[0][uid] == events[1].get(uid)]
    assert events[0].keys() <= events[1].keys()
    assert len(same) > len(events[0]) // 3
    for uid in events[0].keys() - set(same):
        assert "SEQUENCE:" in events[1][uid]
        assert _sequence(events[1][uid]) >= _sequence(events[0][uid])


def _events(calendar: bytes) -> list[str]:
    text = calendar.decode()
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    return [
        "\r\n" + re.sub(r"(?s)^(.*?)(UID:[^\r]+)\r\n", r"\2\r\n\1", e) for e in found
    ]


def _sequence(event: str) -> int:
    found = re.search(r"SEQUENCE:(\d+)", event)
    return int(found[1]) if found else 0
