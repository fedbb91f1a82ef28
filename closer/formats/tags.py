"""The tags of a template as somebody typed them in Word.

docxtpl takes away the paragraph or the row around some tags, with every other word in
it, and an open tag swallows what follows. Here such words are found before they are
lost.
"""

import re
from collections.abc import Iterator

from closer.formats.faults import finding
from closer.problems import Problem

_PAIRS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_ALONE = re.compile(r"\s*(?:\{\{(?:(?!\}\}).)*\}\}|\{%(?:(?!%\}).)*%\})\s*")


def findings(xml: str, file: str) -> Iterator[Problem]:
    """Yield the tags of a part that would take words of the template with them."""
    for source in _PARAGRAPH.findall(xml):
        words = "".join(_WORDS.findall(source))
        if any(words.count(opens) != words.count(shuts) for opens, shuts in _PAIRS):
            what = f"A tag is not closed in its paragraph: {words[:80]}"
            yield finding("template-tag", file, what, "Close the tag in Word.")
        yield from _alone(words, "p", file)
    for source in _ROW.findall(xml):
        yield from _alone("".join(_WORDS.findall(source)), "tr", file)


def _alone(words: str, kind: str, file: str) -> Iterator[Problem]:
    """Yield words that stand beside a tag for a whole paragraph or row."""
    if re.search(rf"\{{[{{%]{kind}\s", words) and not _ALONE.fullmatch(words):
        what = f"Words beside a tag for the whole {_NAMES[kind]}: {words[:80]}"
        remedy = f"Put the tag in a {_NAMES[kind]} of its own."
        yield finding("template-tag", file, what, remedy)


_NAMES = {"p": "paragraph", "tr": "table row"}
