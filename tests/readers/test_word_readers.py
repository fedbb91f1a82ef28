"""Word documents in the hands of programs that others wrote."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from specimen import HARD, LONG_WORD, SPECIMEN, long_specimen

from closer.drafting.document import Document
from closer.formats import files, word
from closer.formats.pages import first_pages

HOUSE = Path(__file__).parents[2] / "templates" / "word" / "house.docx"
FINAL = replace(SPECIMEN, language="en-GB", draft=False)
DOCUMENTS = [
    pytest.param(SPECIMEN, id="a_draft_on_letter"),
    pytest.param(FINAL, id="a_final_on_a4"),
    pytest.param(replace(SPECIMEN, articles=(), annexes=(), signatures=()), id="bare"),
]


@pytest.fixture(scope="session")
def pages(printed: Callable[[bytes], list[str]]) -> list[str]:
    return printed(word.write(SPECIMEN, HOUSE))


@pytest.fixture(scope="session")
def lines(pages: list[str]) -> list[str]:
    return [re.sub(r"\s+", " ", x).strip() for p in pages for x in p.splitlines()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_openxml_audit_finds_nothing(
    document: Document, library: Callable[[str], Any], tmp_path: Path
) -> None:
    audit = library("openxml_audit")
    file = tmp_path / "document.docx"
    file.write_bytes(word.write(document, HOUSE))
    result = audit.OpenXmlValidator().validate(str(file))
    assert [str(error) for error in result.errors] == []


def test_openxml_audit_finds_nothing_in_the_template(
    library: Callable[[str], Any],
) -> None:
    audit = library("openxml_audit")
    result = audit.OpenXmlValidator().validate(str(HOUSE))
    assert [str(error) for error in result.errors] == []


def test_libreoffice_prints_the_numbers_of_the_model(lines: list[str]) -> None:
    for article in SPECIMEN.articles:
        assert f"{article.number}. {article.heading}" in lines
    for provision in SPECIMEN.provisions():
        start = provision.number + f" {provision.heading}".rstrip()
        assert any(line.startswith(start) for line in lines), start
    for annex in SPECIMEN.annexes:
        assert f"Annex {annex.number} \u2013 {annex.heading}" in lines


def test_libreoffice_prints_the_items_as_the_model_labels_them(
    lines: list[str],
) -> None:
    for line in (
        "(a) it lies beyond the reasonable control of the Party;",
        "(iii) an epidemic.",
        "(a) damage to property; and",
        "(aa) for the tail period that Amendment No. 1 adds; and",
        "(b) for each event, without a limit on the number of events.",
        "(c) An endorsement names the Client.",
        "(ii) the like by another.",
        "(a) until handover; or",
        "(i) on site; and",
        "(c) the new due date.",
        "(a) It is signed by both Parties.",
    ):
        assert line in lines


def test_libreoffice_counts_the_references_itself_and_finds_the_same(
    printed: Callable[[bytes], list[str]],
) -> None:
    """Cached numbers are poisoned: what is printed is what LibreOffice counted."""
    parts = files.unpacked(word.write(SPECIMEN, HOUSE))
    body = parts["word/document.xml"].decode()
    field = r'( REF _Cl_\w+ \\r \\h .*?"separate"/></w:r><w:r><w:t [^>]*>)[^<]*'
    body, times = re.subn(field, r"\g<1>99.99", body)
    assert times == 7
    parts["word/document.xml"] = body.encode()
    text = re.sub(r"\s+", " ", " ".join(printed(files.pack(parts))))
    assert "99.99" not in text
    assert "as section 2.3A and article 3A provide" in text
    assert "insure as section 2.3 asks" in text
    assert "runs as section 4.2 says" in text
    assert "does not limit article 5." in text


def test_libreoffice_finds_no_error_and_no_tag(lines: list[str]) -> None:
    text = " ".join(lines)
    assert "Error" not in text
    assert not re.search(r"\{\{|\}\}|\{%|%\}", text)


def test_libreoffice_reads_hard_values(
    converted: Callable[[bytes, str], Path],
) -> None:
    file = converted(word.write(SPECIMEN, HOUSE), "txt:Text (encoded):UTF8")
    text = file.read_text(encoding="utf-8-sig")
    curls = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
    assert LONG_WORD in text
    assert HARD in text.translate(curls)


def test_libreoffice_keeps_each_signature_on_one_page(
    printed: Callable[[bytes], list[str]],
) -> None:
    first = SPECIMEN.articles[0]
    filler = first.provisions[1]
    for count in (3, 5, 7, 9):
        more = tuple(
            replace(filler, id=f"f{n}", number=f"1.{n}") for n in range(1, count + 1)
        )
        article = replace(first, provisions=more)
        document = replace(SPECIMEN, articles=(article,), annexes=())
        pages = printed(word.write(document, HOUSE))
        [closing] = [n for n, p in enumerate(pages) if "have signed this" in p]
        [name] = [n for n, p in enumerate(pages) if re.search(r"Name +Dana", p)]
        assert closing == name
        for page in pages:
            assert page.count("By  ") == page.count("Date  ")


def test_the_pages_in_the_contents_are_near_those_that_are_printed(
    printed: Callable[[bytes], list[str]],
) -> None:
    document = long_specimen(8)
    pages = printed(word.write(document, HOUSE))
    told = first_pages(document)
    wrong = 0
    for article in document.articles:
        heading = re.compile(
            rf"^{article.number}\.\s+{article.heading}\s*$", re.MULTILINE
        )
        [page] = [n for n, text in enumerate(pages, 1) if heading.search(text)]
        assert abs(page - told[article.id]) <= 1
        wrong += page != told[article.id]
    assert wrong <= len(document.articles) // 4


def test_footers_count_the_pages(pages: list[str]) -> None:
    count = len(pages)
    for number, page in enumerate(pages[1:], 2):
        assert f"Page {number} of {count}" in page
        assert "DRAFT" in page.replace(" ", "")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_python_docx_opens_it(
    document: Document, library: Callable[[str], Any]
) -> None:
    docx = library("docx")
    opened = docx.Document(io.BytesIO(word.write(document, HOUSE)))
    assert opened.core_properties.title == document.title
    assert opened.core_properties.subject == document.reference
    headings = [p for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert len(headings) == len(document.articles)


def test_libreoffice_saves_it_again_with_every_bookmark(
    converted: Callable[[bytes, str], Path],
) -> None:
    ours = word.write(SPECIMEN, HOUSE)
    theirs = converted(ours, "odt")
    again = files.unpacked(theirs.read_bytes())["content.xml"].decode()
    names = re.findall(
        r'w:name="(_(?:Cl|Tm)_\w+)"', files.unpacked(ours)["word/document.xml"].decode()
    )
    assert names
    assert [name for name in names if name not in again] == []


def test_hard_values_reach_python_docx(library: Callable[[str], Any]) -> None:
    docx = library("docx")
    opened = docx.Document(io.BytesIO(word.write(SPECIMEN, HOUSE)))
    text = "".join(opened.element.itertext())
    curls = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
    assert HARD in text.translate(curls)
