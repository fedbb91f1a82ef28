"""Their comments in our own document, each beside the words it is about.

Only names, days and words are taken from a stranger's file. A comment stands around
what it stood around, as far as whole runs allow: a control, a live reference or a
tracked change is never split.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple
from xml.parsers import expat

from closer.formats.atoms import SPACE, Element, W
from closer.formats.lines import Line, words
from closer.formats.wordcomments import Remark, part, told

_COMMENTS = "word/comments.xml"
_OURS = "closer"
_START, _END = "commentRangeStart", "commentRangeEnd"
_DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")


class _Place(NamedTuple):
    """A place in their text: the line, and how many letters stand before it in it."""

    line: int
    letters: int


def comments_of(parts: Mapping[str, bytes]) -> dict[str, Remark]:
    """Return the comments of a document by their numbers."""
    reader = _Reader()
    if _COMMENTS in parts:
        reader.read(parts[_COMMENTS])
    return reader.found


class _Reader:
    """Handlers of one parse of the comments."""

    def __init__(self) -> None:
        self.found: dict[str, Remark] = {}
        self.number = ""
        self.paragraphs: list[str] = []
        self.inside = False
        self.deleted = 0

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.begins
        parser.EndElementHandler = self.ends
        parser.CharacterDataHandler = self.says
        parser.Parse(data, True)  # noqa: FBT003 - how expat is called

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        told = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "comment":
            day = told.get("date", "")
            self.number = told.get("id", "")
            self.found[self.number] = Remark(
                author=told.get("author", ""),
                day=day if _DAY.fullmatch(day) else "",
                text=(),
            )
            self.paragraphs = []
        elif local == "p":
            self.paragraphs.append("")
        elif local in ("tab", "br") and self.paragraphs:
            self.paragraphs[-1] += " "
        self.deleted += local == "del"
        self.inside = local == "t" and not self.deleted

    def ends(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self.inside = False
        self.deleted -= local == "del"
        if local == "comment" and self.number in self.found:
            text = tuple(filter(None, map(words, self.paragraphs)))
            self.found[self.number] = self.found[self.number]._replace(text=text)

    def says(self, text: str) -> None:
        if self.inside and self.paragraphs:
            self.paragraphs[-1] += text


def with_comments(
    parts: Mapping[str, bytes],
    comments: Mapping[str, Remark],
    lines: Sequence[Line],
    homes: Mapping[int, Element],
) -> dict[str, bytes]:
    """Place comments in a text of ours, and return the parts that they need beside it.

    `lines`: their text as if accepted; `homes`: our paragraph that says what each of
    those lines does. What has no place in the text stands at its beginning; what we
    wrote ourselves is left out.
    """
    theirs = {n: each for n, each in comments.items() if each.author != _OURS}
    if not theirs or not homes:
        return {}
    noted = dict(_noted(lines))
    for number, key in enumerate(theirs):
        start = noted.get(f"start {key}") or noted.get(f"at {key}") or _Place(-1, 0)
        end = noted.get(f"end {key}") or start
        _placed(number, _home(start, homes), _home(max(start, end), homes))
    return {_COMMENTS: part(theirs.values()), **told(parts)}


def _noted(lines: Iterable[Line]) -> Iterator[tuple[str, _Place]]:
    for number, line in enumerate(lines):
        letters = 0
        for piece in line.pieces:
            if piece.note:
                yield piece.note, _Place(number, letters)
            letters += _letters(piece.text)


def _letters(text: str) -> int:
    """Return how many signs of a text are no blanks: programs move blanks about."""
    return len("".join(text.split()))


def _home(place: _Place, homes: Mapping[int, Element]) -> tuple[Element, int]:
    """Return our paragraph for a place of theirs, or the nearest one before it."""
    if place.line in homes:
        return homes[place.line], place.letters
    before = [line for line in homes if line < place.line]
    return homes[max(before) if before else min(homes)], 0


def _placed(number: int, start: tuple[Element, int], end: tuple[Element, int]) -> None:
    """Put the two ends of a comment, and its mark, into paragraphs of ours."""
    begins, ends = _mark(_START, number), _mark(_END, number)
    reference = _element("r")
    reference.append(_mark("commentReference", number))
    _put(*start, begins, opens=True)
    if start == end:
        begins.addnext(ends)
    else:
        _put(*end, ends, opens=False)
    ends.addnext(reference)


def _put(paragraph: Element, letters: int, mark: Element, *, opens: bool) -> None:
    """Put a mark where so many letters stand before it, but into no whole thing."""
    seen = 0
    for group in _wholes(paragraph):
        length = sum(map(_said, group))
        if length and seen + length >= letters + opens:
            cut = letters - seen
            if _splits(group[0]) and cut < length:
                _cut(group[0], cut, opens=opens)
                group[0].addprevious(mark)
            elif opens or cut <= 0:
                group[0].addprevious(mark)
            else:
                group[-1].addnext(mark)
            return
        seen += length
    paragraph.append(mark)


def _wholes(paragraph: Element) -> list[list[Element]]:
    """Return what stands in a paragraph; the runs of a field are one thing."""
    found: list[list[Element]] = []
    depth = 0
    for each in paragraph:
        if each.tag == f"{W}pPr":
            continue
        if depth:
            found[-1].append(each)
        else:
            found.append([each])
        kinds = [one.get(f"{W}fldCharType") for one in each.iter(f"{W}fldChar")]
        depth += kinds.count("begin") - kinds.count("end")
    return found


def _said(element: Element) -> int:
    hyphens = sum(1 for _ in element.iter(f"{W}noBreakHyphen"))
    return hyphens + sum(_letters(each.text or "") for each in element.iter(f"{W}t"))


def _splits(element: Element) -> bool:
    """Tell whether an element is a run of words alone."""
    names = [each.tag for each in element if each.tag != f"{W}rPr"]
    return element.tag == f"{W}r" and names == [f"{W}t"]


def _cut(run: Element, letters: int, *, opens: bool) -> None:
    """Put what stands before a cut into a run of its own, blanks before an opening."""
    head = deepcopy(run)
    one, other = head.find(f"{W}t"), run.find(f"{W}t")
    text, at = other.text, 0
    while letters or (opens and text[at].isspace()):
        letters -= not text[at].isspace()
        at += 1
    for each, words_ in ((one, text[:at]), (other, text[at:])):
        each.text = words_
        each.set(SPACE, "preserve")
    if at:
        run.addprevious(head)


def _mark(name: str, number: int) -> Element:
    made = _element(name)
    made.set(f"{W}id", str(number))
    return made


def _element(name: str) -> Element:
    from lxml import etree  # noqa: PLC0415 - only a redline needs it

    return etree.Element(W + name)
