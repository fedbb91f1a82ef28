"""Ten faults that contracts in Word have, held against the contract of every sample.

Each is shown to be absent from what is drafted, and to be found in what comes back or
in the library that would make it. W01 to W10 are the names of lists of such faults.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from edited import BODY, edited, parts, replaced, set_value, without_paragraph
from lxml import etree
from msgspec.structs import replace

from closer.cli import folders
from closer.cli.deal import accepted, read_deal, read_library
from closer.cli.verify import ours
from closer.drafting.document import (
    Block,
    Definition,
    Document,
    Paragraph,
    Reference,
    Span,
    plain,
)
from closer.formats import lint, word
from closer.formats.readback import Baseline, read_back
from closer.formats.returned import ViewOf

ROOT = Path(__file__).parents[2]
FAST = ("garage-remodel", "studio-services")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLES = [
    pytest.param(path, marks=() if path.parent.name in FAST else pytest.mark.slow)
    for path in sorted((ROOT / "samples").glob("*/agreed.yaml"))
]


class Made(NamedTuple):
    """A final contract: its model, its file, its words, and how it is read back."""

    document: Document
    docx: bytes
    text: str
    base: Baseline

    def returned(self, *changes: Callable[[str], str]) -> ViewOf:
        """Return what is told of it once somebody has changed it."""
        docx = self.docx
        for change in changes:
            docx = edited(docx, change)
        return read_back(docx, self.base).accepted


@pytest.fixture(
    scope="module", params=SAMPLES, ids=lambda path: getattr(path, "parent", path).name
)
def made(request: pytest.FixtureRequest) -> Made:
    library = read_library()
    stage = accepted(read_deal([request.param]), library)[-1]
    document = replace(stage.draft.document, draft=False, open_points=())
    docx = word.write(document, folders.shipped("templates") / "word" / "house.docx")
    base = ours(stage, library, document)
    return Made(document, docx, "\n".join(line.text for line in base.lines), base)


def _spans(document: Document) -> Iterator[Span]:
    for provision in document.provisions():
        yield from _of_blocks(provision.blocks)
    for annex in document.annexes:
        yield from _of_blocks(annex.blocks)
    for runs in (document.background, document.parties):
        for spans in runs:
            yield from spans


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[Span]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.spans
        else:
            yield from (
                span for row in block.rows for cell in row.cells for span in cell
            )


def _body(docx: bytes) -> str:
    return parts(docx)[BODY].decode()


def test_w01_no_blank_is_left_and_one_that_is_typed_is_told(made: Made) -> None:
    assert not re.search(r"\{\{|\}\}|\[●\]|____|TBD|TODO|XX", made.text)
    body = _body(made.docx)
    old = re.findall(r"<w:t [^>]*>([^<]{30,})</w:t>", body)[-1]
    view = made.returned(replaced(f">{old}<", ">[●]<"))
    assert view.changes or view.readings
    codes = {each.code for each in lint.findings(body.replace(old, "{{ x }}", 1))}
    assert "document-tag-left" in codes


def test_w02_every_reference_points_to_what_is_there(made: Made) -> None:
    body = _body(made.docx)
    there = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', body))
    asked = set(re.findall(r"REF (_Cl_\w+)", body))
    assert asked
    assert asked <= there
    one = min(asked)
    dead = body.replace(f'w:name="{one}"', 'w:name="_Cl_elsewhere"')
    assert "document-reference" in [each.code for each in lint.findings(dead)]


def test_w03_every_definition_stands_once_and_is_used(made: Made) -> None:
    defined = [
        span.text for span in _spans(made.document) if isinstance(span, Definition)
    ]
    assert defined
    assert len(defined) == len(set(defined))
    for term in defined:
        stem = re.escape(term.removesuffix("y"))
        assert len(re.findall(rf"\b{stem}", made.text)) > 1, term


def test_w04_no_figure_stands_beside_its_word(made: Made) -> None:
    numbers = "one|two|three|four|five|six|seven|eight|nine|ten|fifteen|thirty|sixty"
    assert not re.search(
        rf"\b({numbers})\b[^.;,]{{0,12}}\(\d+\)", made.text, re.IGNORECASE
    )


def test_w05_every_annex_is_named_and_every_one_that_is_named_is_there(
    made: Made,
) -> None:
    there = {annex.id for annex in made.document.annexes}
    named = {
        span.target for span in _spans(made.document) if isinstance(span, Reference)
    }
    assert there <= named
    letters = set(re.findall(r"\bAnnex ([A-Z])\b", made.text))
    assert letters == {annex.number for annex in made.document.annexes}


def test_w06_a_signature_block_stays_on_one_page(made: Made) -> None:
    root = etree.fromstring(parts(made.docx)[BODY])
    tables = [
        table
        for table in root.iter(f"{W}tbl")
        if b"SignatureName" in etree.tostring(table)
    ]
    assert tables
    for table in tables:
        for row in table.iter(f"{W}tr"):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
    styles = etree.fromstring(parts(made.docx)["word/styles.xml"])
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}styleId", "").startswith("Signature"):
            assert style.find(f"{W}pPr/{W}keepNext") is not None


def test_w07_a_name_is_spelled_in_one_way_and_another_way_is_told(made: Made) -> None:
    names = [plain(block.name) for block in made.document.signatures]
    for name in names:
        assert len(re.findall(re.escape(name), made.text)) == len(
            re.findall(re.escape(name), made.text, re.IGNORECASE)
        )
    path = next(p for p in made.base.paths.values() if p.endswith(".name"))
    view = made.returned(set_value(path, "Somebody Else Ltd", which=slice(0, 1)))
    assert path in {reading.path for reading in view.readings}


def test_w08_only_a_party_shall(made: Made) -> None:
    for sentence in re.findall(r"[^.;:]*\bshall\b", made.text):
        subject = sentence.rpartition(",")[2] or sentence
        assert not re.search(
            r"\b(This Agreement|the Agreement|The Price|the Price|the Term|payment|"
            r"the law|the Effective Date|an amendment)\s+shall$",
            subject.strip(),
        ), sentence


def test_w09_a_contract_with_annexes_says_what_goes_first(made: Made) -> None:
    headings = [each.heading for each in made.document.provisions()]
    assert bool(made.document.annexes) <= ("Order of precedence" in headings)
    if "Order of precedence" in headings:
        assert made.returned(without_paragraph(">Order of precedence")).changes


def test_w10_nothing_of_a_draft_is_left_in_a_final_contract(made: Made) -> None:
    for name, part in parts(made.docx).items():
        if name.startswith("word/") and name.endswith(".xml") and "styles" not in name:
            text = "".join(
                re.findall(rb"<w:t(?: [^>]*)?>([^<]*)".decode(), part.decode())
            )
            assert "DRAFT" not in text, name
            assert "subject to contract" not in text
    view = made.returned(
        replaced(
            "</w:body>", "<w:p><w:r><w:t>Not for signing</w:t></w:r></w:p></w:body>"
        )
    )
    assert [change.theirs for change in view.changes] == ["Not for signing"]
