import io
import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from counting import Paper, W
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from msgspec.structs import replace
from specimen import HARD, LONG_WORD, SPECIMEN, section, text

from closer.drafting.document import (
    Document,
    Paragraph,
    Reference,
    Row,
    Table,
    Value,
    Words,
    plain,
)
from closer.formats import word
from closer.formats.faults import BrokenTemplateError
from closer.formats.wordbody import columns
from closer.formats.wordxml import provision_bookmarks

ROOT = Path(__file__).parents[2]


def _source(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode")


def test_word_counts_the_very_numbers_of_the_model(paper: Paper) -> None:
    sections = [line for line in paper.lines if line.style == "Section"]
    articles = [line for line in paper.lines if line.style == "Heading1"]
    assert [line.label for line in articles] == ["1.", "2.", "3.", "3A.", "4.", "5."]
    assert [line.label for line in sections] == [
        provision.number for provision in SPECIMEN.provisions()
    ]


def test_items_are_counted_as_the_model_labels_them(paper: Paper) -> None:
    labels = [
        block.label
        for blocks in (
            *(provision.blocks for provision in SPECIMEN.provisions()),
            *(annex.blocks for annex in SPECIMEN.annexes),
        )
        for block in blocks
        if isinstance(block, Paragraph) and block.level
    ]
    shown = [line.label for line in paper.lines if line.style.endswith("tem")]
    assert shown == labels


def test_no_number_is_typed(paper: Paper) -> None:
    typed = re.compile(r"^(\d+\.|\d+\.\d|\([a-z]+\))")
    numbered = [line for line in paper.lines if line.label]
    assert [line.text for line in numbered if typed.match(line.text)] == []


def test_a_reference_shows_the_number_of_the_paragraph_it_points_to(
    paper: Paper,
) -> None:
    targets = paper.bookmarked()
    seen = 0
    for code, shown in paper.fields():
        if code.startswith("REF") and r"\r" in code:
            name = code.split()[1]
            assert targets[name].label.rstrip(".") == shown
            seen += 1
    assert seen == 7


def test_a_reference_to_an_annex_repeats_its_letter(paper: Paper) -> None:
    codes = list(paper.fields())
    letters = [shown for code, shown in codes if code.startswith("SEQ Annex")]
    assert letters == ["A", "B"]
    assert (r"REF _Cl_milestones \h", "A") in codes
    assert paper.bookmarked()["_Cl_milestones"].text == "Annex A \u2013 Milestones"


def test_the_contents_list_articles_and_annexes(paper: Paper) -> None:
    entries = [line.text for line in paper.lines if line.style == "TOC1"]
    headings = [re.sub(r"(.*[a-zA-Z])\d+", r"\1", entry) for entry in entries]
    assert headings == [
        "1.Definitions",
        "2.The Work",
        "3.Price and Payment",
        "3A.Retention",
        "4.Time",
        "5.Liability",
        "Annex A \u2013 Milestones",
        "Annex B \u2013 Extensions of Time",
    ]


def test_every_value_stands_in_a_control_and_under_a_bookmark(paper: Paper) -> None:
    controls = list(paper.document.iter(f"{W}sdt"))
    by_path: dict[str, list[str]] = {}
    for control in controls:
        alias = control.find(f"{W}sdtPr/{W}alias")
        assert alias is not None
        shown = "".join(t.text or "" for t in control.iter(f"{W}t"))
        by_path.setdefault(alias.get(f"{W}val", ""), []).append(shown)
    assert by_path["price.total"] == ["USD\u00a048,500.00"] * 4
    assert by_path["milestones.m30.due"] == ["August 3, 2026"]
    digest = sha256(b"price.total").hexdigest()[:12]
    names = [name for name in paper.bookmarked() if name.startswith(f"_Tm_{digest}")]
    assert sorted(names) == [f"_Tm_{digest}_{n}" for n in range(1, 5)]


def test_tags_are_paths_and_long_ones_digests(paper: Paper) -> None:
    tags = [tag.get(f"{W}val", "") for tag in paper.document.iter(f"{W}tag")]
    path = "a." + "very-long-path." * 8 + "end"
    assert "price.total" in tags
    assert tags.count(sha256(path.encode()).hexdigest()[:12]) == 2
    assert max(map(len, tags)) <= 64


def test_bookmarks_are_short_enough_for_word_and_never_shared() -> None:
    ids = ["termination/breach", "termination-breach", "x" * 90, "x" * 91, "a_b"]
    names = provision_bookmarks(ids)
    assert names["termination/breach"] == "_Cl_termination_breach"
    assert len(set(names.values())) == len(ids)
    assert max(map(len, names.values())) <= 40
    assert all(re.fullmatch(r"_Cl_\w+", name) for name in names.values())


def test_hard_values_are_printed_as_they_are(paper: Paper) -> None:
    assert HARD.replace('"', "\u201c", 1).replace('"', "\u201d").replace(
        "'", "\u2019"
    ) in (paper.line("A name is printed").text)
    assert LONG_WORD in paper.line("Nothing is cut").text


def test_a_line_end_in_a_value_is_a_line_end_on_paper(paper: Paper) -> None:
    line = paper.line("Read this before you sign")
    assert len(list(line.element.iter(f"{W}br"))) == 1
    assert "last" in line.text


def test_straight_marks_are_curled(paper: Paper) -> None:
    line = paper.line("A heading is for reference alone")
    assert "\u201cIncluding\u201d means \u2018including" in line.text
    assert "Parties\u2019 annexes" in line.text
    assert "'" not in "".join(line.text for line in paper.lines)


def test_conspicuous_words_are_bold_and_the_values_in_them(paper: Paper) -> None:
    runs = list(paper.line("The liability of each Party").element.iter(f"{W}r"))
    seen = [
        run for run in runs if list(run.iter(f"{W}t")) + list(run.iter(f"{W}instrText"))
    ]
    light = [run for run in seen if not list(run.iter(f"{W}b"))]
    assert len(seen) > 6
    assert ["".join(run.itertext()).strip("\u2002") for run in light] == ["Cap.", ""]


def test_a_heading_runs_into_the_text_of_its_section(paper: Paper) -> None:
    assert paper.line("Late payment").text.startswith("Late payment.\u2002A sum")
    assert paper.line("Duties on site").text == "Duties on site"


def test_an_omitted_section_keeps_its_number(paper: Paper) -> None:
    assert paper.line("[Intentionally omitted]").label == "2.4"


def test_a_draft_says_so_and_lists_what_is_open(
    specimen: Document, house: Path
) -> None:
    draft = Paper(word.write(specimen, house))
    final = Paper(word.write(replace(specimen, draft=False), house))
    assert "DRAFT" in draft.text("word/header1.xml")
    assert "DRAFT" in [line.text for line in draft.lines]
    assert draft.line("permit number").style == "OpenPoint"
    assert "DRAFT" not in final.text("word/header1.xml")
    assert "DRAFT" not in final.text("word/document.xml")
    assert "permit number" not in final.text("word/document.xml")


def test_the_cover_has_parties_and_key_terms_once(paper: Paper) -> None:
    cover = paper.lines[
        : next(i for i, x in enumerate(paper.lines) if x.style == "TOC1")
    ]
    texts = [line.text for line in cover]
    assert texts.count("Whitfield Ceramics LLC") == 1
    assert texts[texts.index("Governing law") + 1] == "Florida"


def test_tables_repeat_their_header_and_keep_their_rows_whole(paper: Paper) -> None:
    tables = [
        table
        for table in paper.document.iter(f"{W}tbl")
        if "TermsTable" in _source(table)
    ]
    assert len(tables) == 2
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    figures = tables[1].findall(f"{W}tr")[1].findall(f"{W}tc")[4]
    assert "TableFigure" in _source(figures)


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    table = Table(
        id="t",
        header=("Responsible", "What"),
        rows=(Row("r", ((Words("USD\u00a01,000,000.00"),), (Words("a b c"),))),),
        widths=(1, 9),
    )
    narrow, wide = columns(table, 8640)
    assert narrow > 16 * 90
    assert 8630 < narrow + wide <= 8640


def test_a_name_of_a_few_letters_stands_on_one_line_where_there_is_room() -> None:
    cells = [(Words(text),) for text in ("Fee", "The Distributor", "USD\u00a01.00")]
    table = Table(
        id="t", header=("A", "B", "C"), rows=(Row("r", tuple(cells)),), widths=(3, 1, 3)
    )
    assert columns(table, 7000)[1] == 15 * 96 + 260
    assert columns(table, 3000)[1] == 11 * 96 + 260, "its longest word alone"


def test_columns_that_have_room_stay_as_they_were_asked_for() -> None:
    table = Table(id="t", header=("A", "B"), rows=(), widths=(1, 2))
    assert columns(table, 9000) == [3000, 6000]


def test_one_endless_word_does_not_take_the_whole_table() -> None:
    cells = ((Words(LONG_WORD),), (Words("b"),))
    table = Table(id="t", header=("A", "B"), rows=(Row("r", cells),), widths=(1, 9))
    assert columns(table, 8640)[0] <= 4320


def test_signature_blocks_cannot_split(paper: Paper) -> None:
    styles = [line.style for line in paper.lines]
    block = styles[styles.index("Closing") : styles.index("AnnexHeading")]
    assert block.count("SignatureBlank") == 6
    assert block.count("SignatureLine") == 6
    table = next(
        t for t in paper.document.iter(f"{W}tbl") if "SignatureName" in _source(t)
    )
    assert all(
        r.find(f"{W}trPr/{W}cantSplit") is not None for r in table.iter(f"{W}tr")
    )
    keeping = paper.xml("word/styles.xml")
    for style in keeping.iter(f"{W}style"):
        if style.get(f"{W}styleId", "").startswith("Signature"):
            assert style.find(f"{W}pPr/{W}keepNext") is not None


def test_what_ends_an_annex_never_makes_a_page_of_its_own(docx: bytes) -> None:
    source = Paper(docx).text("word/document.xml")
    annexes = source[source.index('w:val="AnnexHeading"') :]
    gap = r'<w:pStyle w:val="TableGap"/>(<w:spacing[^>]*>)?</w:pPr></w:p>'
    ends = re.findall(rf'{gap}<w:p><w:pPr><w:pStyle w:val="AnnexHeading"/>', annexes)
    ends += re.findall(rf"{gap}<w:sectPr", annexes)
    assert len(ends) == 2
    assert all('w:line="20"' in end for end in ends)


def test_the_last_section_of_a_letter_stands_with_its_signature(
    specimen: Document, house: Path
) -> None:
    last = plain(list(specimen.provisions())[-1].heading_spans)
    kept = {}
    for kind in ("contract", "letter"):
        paper = Paper(word.write(replace(specimen, kind=kind), house))
        opening = next(
            p
            for p in paper.document.iter(f"{W}p")
            if "".join(p.itertext()).startswith(last)
        )
        kept[kind] = opening.find(f"{W}pPr/{W}keepNext") is not None
    assert kept == {"contract": False, "letter": True}


@pytest.mark.parametrize(
    ("language", "size"),
    [
        pytest.param("en-US", ("12240", "15840"), id="us_letter_for_american_english"),
        pytest.param("en-GB", ("11906", "16838"), id="a4_for_british_english"),
    ],
)
def test_language_decides_paper(
    specimen: Document, house: Path, language: str, size: tuple[str, str]
) -> None:
    paper = Paper(word.write(replace(specimen, language=language), house))
    page = next(paper.document.iter(f"{W}pgSz"))
    margins = next(paper.document.iter(f"{W}pgMar"))
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == size
    sides = int(margins.get(f"{W}left", 0)) + int(margins.get(f"{W}right", 0))
    assert int(size[0]) - sides == 8640
    lang = next(paper.xml("word/styles.xml").iter(f"{W}lang"))
    assert lang.get(f"{W}val") == language
    assert f"<dc:language>{language}</dc:language>" in paper.text("docProps/core.xml")


def test_properties_say_what_it_was_made_from(paper: Paper) -> None:
    core, custom = paper.text("docProps/core.xml"), paper.text("docProps/custom.xml")
    assert "<dc:title>Garage and Backyard Remodel Agreement</dc:title>" in core
    assert "<dc:subject>HOM-2026-014</dc:subject>" in core
    assert core.count("2026-08-03T00:00:00Z") == 2
    assert f'name="closer.terms"><vt:lpwstr>{"4f1d" * 16}' in custom


def test_without_a_day_the_properties_name_the_first_there_is(
    specimen: Document, house: Path
) -> None:
    bare = Paper(word.write(replace(specimen, properties={}), house))
    assert bare.text("docProps/core.xml").count("1980-01-01T00:00:00Z") == 2


def test_a_reference_to_nothing_is_never_written(
    specimen: Document, house: Path
) -> None:
    lost = text("See section ", Reference("no-such-clause", "9.9"), ".")
    first, *others = specimen.articles
    broken = replace(first, provisions=(section("s", "1.1", "S", lost),))
    with pytest.raises(BrokenTemplateError, match="no-such-clause"):
        word.write(replace(specimen, articles=(broken, *others)), house)


def test_a_control_character_is_never_written(specimen: Document, house: Path) -> None:
    with pytest.raises(BrokenTemplateError, match="not well-formed"):
        word.write(replace(specimen, title="A\x0bB"), house)


SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from specimen import SPECIMEN
from closer.formats import word
house = Path(sys.argv[1]) / "templates/word/house.docx"
sys.stdout.buffer.write(word.write(SPECIMEN, house))
"""


def test_the_same_document_is_the_same_bytes_in_any_process(docx: bytes) -> None:
    for seed, zone in (("1", "Asia/Tokyo"), ("77", "America/New_York")):
        made = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(ROOT), str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            check=True,
            capture_output=True,
        )
        assert made.stdout == docx


def test_nothing_in_the_archive_tells_a_time(docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [e.filename for e in entries][:3] == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
    ]


printable = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="{}\ufffe\uffff"
    ),
    min_size=1,
    max_size=400,
)


@given(printable, printable)
@settings_of(max_examples=25)
def test_any_text_survives(first: str, second: str) -> None:
    value = Value("parties.client.name", first)
    body = Paragraph(spans=(value, *text(" and ", second).spans))
    article = replace(
        SPECIMEN.articles[0], provisions=(section("one", "1.1", "One", body),)
    )
    small = replace(SPECIMEN, articles=(article,), annexes=(), cover=())
    docx = word.write(small, ROOT / "templates" / "word" / "house.docx")
    curls = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
    wanted = f"One.\u2002{plain(body.spans)}".translate(curls)
    assert wanted in [line.text.translate(curls) for line in Paper(docx).lines]
