"""The examples of the codes of a document and of its template, each one carried out.

Whatever an example says is done to the house style, to a finished text or to the deal;
the bad one of every code gives that code, and the good one does not.
"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from specimen import SPECIMEN

from closer.cli import closer
from closer.cli.deal import accepted, read_deal, read_library
from closer.drafting.checks import lost_terms
from closer.drafting.document import Document, Paragraph, Reference
from closer.formats import files, lint, template, word
from closer.formats.faults import BrokenTemplateError

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "templates" / "word" / "house.docx"
GARAGE = ROOT / "samples" / "garage-remodel"
BODY, NUMBERING = "word/document.xml", "word/numbering.xml"
KNOWN = tomllib.loads(
    (ROOT / "templates/problems/documents.toml").read_text(encoding="utf-8")
)
LATE = "late-payment"
Codes = Callable[[Path], set[str]]


def _in_template(old: str, new: str, part: str = BODY) -> Codes:
    """Change the house style as somebody might in Word, and draft with it."""

    def codes(folder: Path) -> set[str]:
        parts = files.unpacked(HOUSE.read_bytes())
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
        return _written(files.pack(parts), folder)

    return codes


def _written(house: bytes, folder: Path, document: Document = SPECIMEN) -> set[str]:
    (folder / "house.docx").write_bytes(house)
    try:
        word.write(document, folder / "house.docx")
    except BrokenTemplateError as error:
        return {problem.code for problem in error.problems}
    return set()


def _in_text(pattern: str, new: str) -> Codes:
    """Change the finished text as a damaged template would have made it."""

    def codes(_: Path) -> set[str]:
        body = files.unpacked(word.write(SPECIMEN, HOUSE))[BODY].decode()
        changed, times = re.subn(pattern, new, body, count=1, flags=re.DOTALL)
        assert times == 1
        return {problem.code for problem in lint.findings(changed, SPECIMEN)}

    return codes


def _unchanged(folder: Path) -> set[str]:
    return _written(HOUSE.read_bytes(), folder)


def _plain_text(folder: Path) -> set[str]:
    parts = files.unpacked(HOUSE.read_bytes())
    del parts[NUMBERING]
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        text = parts[name].decode()
        parts[name] = re.sub(r"<[^<>]*numbering\.xml[^<>]*>", "", text).encode()
    return _written(files.pack(parts), folder)


def _renamed(folder: Path) -> set[str]:
    return _written(b"\xd0\xcf\x11\xe0 an old document", folder)


def _malformed(_: Path) -> set[str]:
    parts = word.package(SPECIMEN, template.load(HOUSE))
    broken = parts[BODY].replace(b"</w:tc>", b"", 1)
    try:
        word.sound({**parts, BODY: broken}, SPECIMEN)
    except BrokenTemplateError as error:
        return {problem.code for problem in error.problems}
    return set()


def _refers_to(target: str) -> Codes:
    """Refer to a section in a contract that has one on late payment no more."""

    def codes(folder: Path) -> set[str]:
        article, *articles = SPECIMEN.articles
        section, *sections = article.provisions
        blocks = (*section.blocks, Paragraph(spans=(Reference(target, "1.1"),)))
        article = replace(
            article, provisions=(replace(section, blocks=blocks), *sections)
        )
        kept = [
            replace(each, provisions=[p for p in each.provisions if p.id != LATE])
            for each in (article, *articles)
        ]
        document = replace(SPECIMEN, articles=tuple(kept))
        return _written(HOUSE.read_bytes(), folder, document)

    return codes


def _printing(key: str) -> Codes:
    """Draft the sample with a library whose clauses print a key, or do not."""

    def codes(_: Path) -> set[str]:
        library = read_library()
        deal = read_deal([GARAGE / "agreed.yaml"])
        draft = accepted(deal, library)[-1].draft
        printed = {path: n for path, n in draft.printed.items() if path != key}
        decided = {path: n for path, n in draft.decided.items() if path != key}
        changed = draft._replace(printed=printed, decided=decided)
        return {problem.code for problem in lost_terms(deal.agreed, changed)}

    return codes


def _amended(contract: str) -> Codes:
    """Amend the sample with the contract of a deal as the copy that was signed."""

    def codes(folder: Path) -> set[str]:
        signed = folder / "signed.docx"
        run = CliRunner().invoke
        drawn = run(closer, ["draft", str(ROOT / contract), "-o", str(signed)])
        assert drawn.exit_code == 0, drawn.stderr
        told = run(
            closer,
            [
                *("amend", str(GARAGE / "agreed.yaml")),
                *(str(GARAGE / "change-1-hurricane.yaml"), "-o", str(folder / "out")),
                *("--signed-copy", str(signed)),
            ],
        )
        return set(re.findall(r": ([A-Z]+\d\d) ", told.stderr))

    return codes


TITLE = "{{ labels.contents }}"
DONE: dict[str, dict[str, Codes]] = {
    "W11": {
        "a key for which a library of your own has no clause": _printing("currency"),
        "a clause that prints [the.key], or one with the condition `? the.key`": (
            _printing("")
        ),
    },
    "AM01": {
        "--signed-copy with the contract of another deal, or of an earlier draft of "
        "the terms": _amended("samples/studio-services/agreed.yaml"),
        "--signed-copy with the contract that was drafted from these terms and "
        "signed": _amended("samples/garage-remodel/agreed.yaml"),
    },
    "document-bookmark": {
        "a bookmark tag deleted in the template": _in_text("<w:bookmarkEnd [^>]*>", ""),
        "the template saved from Word unchanged": _unchanged,
    },
    "document-control": {
        "a control copied in the template": _in_text(
            '<w:id w:val="1000002"/>', '<w:id w:val="1000001"/>'
        ),
        "each control once": _unchanged,
    },
    "document-field": {
        "half of a field deleted in the template": _in_text(
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""
        ),
        "the field deleted whole": _in_text(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText[^>]*> REF '
            r'(?:(?!w:fldCharType="end").)*<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "",
        ),
    },
    "document-reference": {
        "a heading deleted in the template": _in_text(
            "REF _Cl_periods", "REF _Cl_gone"
        ),
        "the heading kept": _unchanged,
    },
    "document-tag-left": {
        "{{ titel }} in the template": _in_text("Governing law", "{{ titel }}"),
        "{{ title }} in the template": _in_template(TITLE, "{{ title }}"),
    },
    "document-text-lost": {
        "a tag left out of the template": _in_template("{{p articles }}", ""),
        "every block of the document has its tag": _unchanged,
    },
    "document-text-added": {
        "a sentence typed into the body of the template": _in_text(
            r'(<w:p><w:pPr><w:pStyle w:val="Section"/></w:pPr><w:bookmarkStart '
            r'w:id="\d+" w:name="_Cl_periods"/>)',
            r"<w:p><w:r><w:t>And another thing.</w:t></w:r></w:p>\1",
        ),
        "the sentence written as a clause": _unchanged,
    },
    "document-malformed": {
        "a tag that spans two table cells": _malformed,
        "the tag in one cell": _unchanged,
    },
    "reference-to-nothing": {
        "{late-payment} where the deal has none": _refers_to(LATE),
        "the reference under the condition of its target": _refers_to("periods"),
    },
    "template-part": {
        "a template saved as plain text": _plain_text,
        "a template saved in Word with its styles and lists": _unchanged,
    },
    "template-tag": {
        "{{ title }": _in_template(TITLE, "{{ title }"),
        "{{ title }}": _in_template(TITLE, "{{ title }}"),
    },
    "template-unknown-name": {
        "{{ contractor_name }}": _in_template(TITLE, "{{ contractor_name }}"),
        "{{ signatories }} in its loop": _unchanged,
    },
    "template-unreadable": {
        "a .doc renamed to .docx": _renamed,
        "a .docx saved by Word": _unchanged,
    },
    "template-list": {
        "a template without its numbering": _in_template(
            '<w:pStyle w:val="Section"/>', "", NUMBERING
        ),
        "the lists of the house kept": _unchanged,
    },
}


@pytest.mark.parametrize("code", KNOWN)
def test_the_bad_example_of_a_document_is_wrong_and_the_good_one_is_not(
    code: str, tmp_path: Path
) -> None:
    bad, good = (str(KNOWN[code][key]).strip() for key in ("bad", "good"))
    assert set(DONE[code]) == {bad, good}
    assert code in DONE[code][bad](tmp_path)
    assert code not in DONE[code][good](tmp_path)
