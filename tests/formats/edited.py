"""Contracts as they come back: edited by hand in their own XML, as Word would."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from closer.formats import files
from closer.formats.wordxml import control_tag, escaped

BODY = "word/document.xml"
Change = Callable[[str], str]


def parts(docx: bytes) -> dict[str, bytes]:
    """Return the parts of a document."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def edited(docx: bytes, change: Change, **others: bytes) -> bytes:
    """Return a document with its text changed, and parts put beside it."""
    made = parts(docx)
    text = made[BODY].decode()
    after = change(text)
    assert after != text or others
    made[BODY] = after.encode()
    return files.pack({**made, **_named(others)})


def _named(others: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"word/{name}.xml": data for name, data in others.items()}


def controls(body: str, path: str) -> list[re.Match[str]]:
    """Return the text of each control of a term: group 2 of each match."""
    tag = re.escape(escaped(control_tag(path)))
    pattern = rf'(<w:tag w:val="{tag}"/>(?:(?!</w:sdt>).)*?<w:t[^>]*>)([^<]*)(</w:t>)'
    return list(re.finditer(pattern, body, re.DOTALL))


def set_value(path: str, text: str, *, which: slice = slice(None)) -> Change:
    """Type another text into the controls of a term."""

    def change(body: str) -> str:
        found = controls(body, path)[which]
        assert found, path
        for match in reversed(found):
            body = body[: match.start(2)] + escaped(text) + body[match.end(2) :]
        return body

    return change


def unwrapped(body: str) -> str:
    """Take every control away and keep its words."""
    body = re.sub(r"<w:sdtPr>.*?</w:sdtPr>", "", body, flags=re.DOTALL)
    return re.sub(r"</?w:sdt(?:Content)?>", "", body)


def unmarked(body: str) -> str:
    """Take every bookmark away."""
    return re.sub(r"<w:bookmark(?:Start|End) [^>]*/>", "", body)


def tracked(path: str, text: str) -> Change:
    """Type over a value with change tracking on, inside its control."""

    def change(body: str) -> str:
        for match in reversed(controls(body, path)):
            run = body.rindex("<w:r>", 0, match.start(2))
            end = body.index("</w:r>", match.end()) + len("</w:r>")
            old = re.sub(r"(</?)w:t\b", r"\1w:delText", body[run:end])
            who = 'w:author="Them" w:date="2026-07-30T10:00:00Z"'
            new = (
                f'<w:del w:id="9001" {who}>{old}</w:del><w:ins w:id="9002" {who}>'
                f"<w:r><w:t>{escaped(text)}</w:t></w:r></w:ins>"
            )
            body = body[:run] + new + body[end:]
        return body

    return change


def replaced(old: str, new: str) -> Change:
    """Type over some words once."""

    def change(body: str) -> str:
        assert old in body, old
        return body.replace(old, new, 1)

    return change


def paragraph_of(body: str, words: str) -> tuple[int, int]:
    """Return where the paragraph with some words begins and ends."""
    at = body.index(words)
    start = max(body.rfind("<w:p>", 0, at), body.rfind("<w:p ", 0, at))
    return start, body.index("</w:p>", at) + len("</w:p>")


def without_paragraph(words: str) -> Change:
    """Delete the paragraph with some words."""

    def change(body: str) -> str:
        start, end = paragraph_of(body, words)
        return body[:start] + body[end:]

    return change


def with_paragraph(after: str, text: str) -> Change:
    """Add a paragraph after the one with some words."""

    def change(body: str) -> str:
        _, end = paragraph_of(body, after)
        new = f"<w:p><w:r><w:t>{escaped(text)}</w:t></w:r></w:p>"
        return body[:end] + new + body[end:]

    return change
