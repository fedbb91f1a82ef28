"""A redline by text, for a document that closer cannot read back: on our own package.

Another program's file has other styles, other lists, other marks. Only its words are
taken; where they are those of our document, our document stands as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path

from closer.drafting.document import Document
from closer.drafting.words import aligned, matcher
from closer.formats import files, template, word
from closer.formats.atoms import SPACE, Element, W, changes
from closer.formats.revisions import Author, Marker, Mode, SameLists
from closer.formats.stored import strict

_BODY = "word/document.xml"
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_CONTENTS = re.compile(r"(?:TOC|Contents)\s?\d")
_ALIKE = 0.5


def text_redline(
    ours: Document,
    theirs: Mapping[str, bytes],
    house: Path,
    by: Author,
    *,
    ours_is_new: bool,
    cache: Path | None = None,
) -> bytes:
    """Return our document with what the other file says marked as revisions.

    `ours_is_new`: the other file is the old text, and its words are the deleted ones.
    """
    from lxml import etree  # noqa: PLC0415 - only a redline needs it

    parts = word.package(ours, template.load(house, cache))
    root = etree.fromstring(parts[_BODY], strict())
    mine = [p for p in root.iter(f"{W}p") if not _of_contents(p)]
    found = etree.fromstring(theirs[_BODY], strict())
    words = [text for p in found.iter(f"{W}p") if (text := _accepted(p)) is not None]
    marks = ("del", "ins") if not ours_is_new else ("ins", "del")
    marker = Marker(by, SameLists({}, {}), frozenset())
    _Comparing(marker, marks).write(mine, words)  # type: ignore[arg-type]
    parts[_BODY] = bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    )
    return files.pack(parts)


class _Comparing:
    """Marks paragraphs of ours by the words of another file."""

    def __init__(self, marker: Marker, marks: tuple[Mode, Mode]) -> None:
        self._marker = marker
        self._mine, self._theirs = marks

    def write(self, mine: Sequence[Element], words: Sequence[str]) -> None:
        """Mark every paragraph, and put in those that only the other file has."""
        texts = [_text(p) for p in mine]

        def alike(i: int, j: int) -> float:
            one, other = texts[i].split(), words[j].split()
            ratio = matcher(one, other).ratio() if one and other else 0.0
            return ratio if ratio >= _ALIKE else 0.0

        last: Element = None
        for i, j in aligned(texts, words, alike):
            if i is None and j is not None:
                if words[j].strip() and last is not None:
                    last = self._added(last, words[j])
            elif i is not None and j is None:
                last = self._alone(mine[i]) if texts[i].strip() else mine[i]
            elif i is not None and j is not None:
                last = mine[i]
                if texts[i] != words[j]:
                    last = self._changed(mine[i], words[j])

    def _added(self, last: Element, text: str) -> Element:
        """Put a paragraph of theirs after the last one, looking like plain text."""
        from lxml import etree  # noqa: PLC0415

        made = etree.Element(f"{W}p")
        properties = etree.SubElement(made, f"{W}pPr")
        etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", "BodyText")
        made.append(_run(text, None, "t"))
        whole = self._marker.whole(made, self._theirs)
        last.addnext(whole)
        return whole

    def _alone(self, paragraph: Element) -> Element:
        if paragraph.getparent().tag == f"{W}tc":  # a cell keeps its paragraph
            return self._changed(paragraph, "")
        whole = self._marker.whole(paragraph, self._mine)
        for mark in whole.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            mark.getparent().remove(mark)
        for mark in list(paragraph.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            whole.append(deepcopy(mark))
        paragraph.getparent().replace(paragraph, whole)
        return whole

    def _changed(self, paragraph: Element, text: str) -> Element:
        """Set a paragraph anew, its fields and controls as the words they show."""
        mine = list(_tokens(paragraph))
        theirs = _TOKEN.findall(text)
        marks = list(paragraph.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))
        for each in list(paragraph):
            if each.tag != f"{W}pPr":
                paragraph.remove(each)
        paragraph.extend(m for m in marks if m.tag == f"{W}bookmarkStart")
        paragraph.extend(self._woven(mine, theirs))
        paragraph.extend(m for m in marks if m.tag == f"{W}bookmarkEnd")
        return paragraph

    def _woven(
        self, mine: list[tuple[str, Element]], theirs: list[str]
    ) -> Iterator[Element]:
        keys = [("text", text) for text, _ in mine], [("text", t) for t in theirs]
        for same, i1, i2, j1, j2 in changes(*keys):
            if same:
                yield from _runs(mine[i1:i2], "t")
                continue
            look = mine[min(i1, len(mine) - 1)][1] if mine else None
            sides = [
                (self._mine, mine[i1:i2]),
                (self._theirs, [(text, look) for text in theirs[j1:j2]]),
            ]
            for mode, tokens in sorted(sides, key=lambda side: side[0]):
                if tokens:
                    mark = self._marker.mark(mode)
                    mark.extend(_runs(tokens, "delText" if mode == "del" else "t"))
                    yield mark


def _runs(tokens: Sequence[tuple[str, Element]], tag: str) -> Iterator[Element]:
    together, look = "", None
    for text, its in tokens:
        if together and its is not look:
            yield _run(together, look, tag)
            together = ""
        together, look = together + text, its
    if together:
        yield _run(together, look, tag)


def _run(text: str, look: Element, tag: str) -> Element:
    from lxml import etree  # noqa: PLC0415

    run = etree.Element(f"{W}r")
    if look is not None:
        run.append(deepcopy(look))
    for place, line in enumerate(re.split(r"([\n\t])", text)):
        if place % 2:
            etree.SubElement(run, f"{W}br" if line == "\n" else f"{W}tab")
        elif line:
            made = etree.SubElement(run, W + tag)
            made.set(SPACE, "preserve")
            made.text = line
    return run


def _tokens(paragraph: Element) -> Iterator[tuple[str, Element]]:
    """Yield the words of a paragraph with their looks, fields as what they show."""
    for run in _shown(paragraph):
        text = _of_run(run)
        for token in _TOKEN.findall(text):
            yield token, run.find(f"{W}rPr")


def _shown(paragraph: Element) -> Iterator[Element]:
    """Yield the runs that a reader sees; the codes of fields are none."""
    code = 0
    for run in paragraph.iter(f"{W}r"):
        kinds = [mark.get(f"{W}fldCharType") for mark in run.iter(f"{W}fldChar")]
        code += kinds.count("begin") - kinds.count("separate")
        if kinds:
            code = max(0, code - (kinds.count("end") if code else 0))
        elif not code:
            yield run


def _of_run(run: Element) -> str:
    out = []
    for each in run:
        if each.tag == f"{W}t":
            out.append(each.text or "")
        elif each.tag == f"{W}tab":
            out.append("\t")
        elif each.tag in (f"{W}br", f"{W}cr"):
            out.append("\n")
        elif each.tag == f"{W}noBreakHyphen":
            out.append("\u2011")
    return "".join(out)


def _text(paragraph: Element) -> str:
    return "".join(map(_of_run, _shown(paragraph)))


def _of_contents(paragraph: Element) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and bool(_CONTENTS.match(style.get(f"{W}val", "")))


def _accepted(paragraph: Element) -> str | None:
    """Return what a paragraph says with its own revisions accepted."""
    if _of_contents(paragraph):
        return None
    deleted = set(paragraph.iter(f"{W}del"))
    runs = (
        run
        for run in _shown(paragraph)
        if not any(each in deleted for each in run.iterancestors())
    )
    return "".join(map(_of_run, runs))
