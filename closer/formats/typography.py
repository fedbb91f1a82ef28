"""How words are set: curled quotation marks, and references that stay on their line."""

import re

from closer.drafting.document import Definition, Reference, Span

# ruff: noqa: RUF001 - these marks are what this module is about
DASH = "\u2013"
"""Between the number of an annex and its heading."""

_MARKS = re.compile(r"[\"']+")
_OPEN = str.maketrans({'"': "“", "'": "‘"})
_CLOSE = str.maketrans({'"': "”", "'": "’"})
_BEFORE_AN_OPENING = frozenset("([{<–—-/“‘")


def curled(text: str) -> str:
    """Return a text with its straight quotation marks and apostrophes curled.

    Each mark stays one character, so that places in the text keep their meaning.
    """
    if '"' not in text and "'" not in text:
        return text
    return _MARKS.sub(_set, text)


def _set(found: re.Match[str]) -> str:
    """Curl one mark, or several in a row, which all open or all close."""
    marks, text = found[0], found.string
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    opens = not before or before.isspace() or before in _BEFORE_AN_OPENING
    if not opens or not after or after.isspace() or (marks == "'" and after.isdigit()):
        return marks.translate(_CLOSE)
    return marks.translate(_OPEN)


def printed(spans: tuple[Span, ...]) -> list[str]:
    """Return the text of each span as it is printed, one after the other.

    Marks are curled over the whole paragraph, because a quotation may open in one span
    and close in another; the blank before a number is one that does not break.
    """
    texts = [
        f"“{span.text}”" if isinstance(span, Definition) else span.text
        for span in spans
    ]
    for place, span in enumerate(spans):
        if place and isinstance(span, Reference) and texts[place - 1].endswith(" "):
            texts[place - 1] = texts[place - 1][:-1] + "\u00a0"
    whole = "".join(texts)
    if '"' not in whole and "'" not in whole:
        return texts
    whole, start, out = curled(whole), 0, []
    for text in texts:
        out.append(whole[start : start + len(text)])
        start += len(text)
    return out


def words(spans: tuple[Span, ...]) -> str:
    """Return a paragraph's words as they are printed."""
    return "".join(printed(spans))
