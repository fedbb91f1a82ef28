"""Numbers that Word itself counts, and that are the numbers of the model.

A numbered paragraph takes its number from the house list wherever that list would
print just this number. Where it would not (5.3A, an item that begins again at (a)) the
paragraph gets a list of its own that does; a number is never typed.
"""

import re
from hashlib import sha256
from typing import NamedTuple

from closer.formats.faults import BrokenTemplateError, finding
from closer.problems import Problem

STYLES = ("Heading1", "Section", "Item", "Subitem")
ANNEX_STYLES = ("", "", "AnnexItem", "AnnexSubitem")

_ABSTRACT = re.compile(r"<w:abstractNum .*?</w:abstractNum>", re.DOTALL)
_LEVEL = re.compile(r"<w:lvl .*?</w:lvl>", re.DOTALL)
_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"\s*/>')
_TEXT = re.compile(r'<w:lvlText w:val="([^"]*)"')
_ILVL = re.compile(r'w:ilvl="(\d)"')
_FORMAT = re.compile(r'<w:numFmt w:val="([^"]*)"')
_START = re.compile(r'<w:start w:val="\d+"')
_PLACE = re.compile(r"%\d(?:.*%\d)?")
_FARTHEST = 27  # one more than the letters: (aa) is an inserted item, not the 27th
_ROMANS = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def counted(style: str, number: int) -> str:
    """Return a number as Word writes it in one of its formats."""
    match style:
        case "lowerLetter":
            return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "upperLetter":
            return counted("lowerLetter", number).upper()
        case "lowerRoman":
            text = ""
            for worth, letters in _ROMANS:
                text, number = text + letters * (number // worth), number % worth
            return text
        case "upperRoman":
            return counted("lowerRoman", number).upper()
    return str(number)


class _List:
    """A list in use: the depth it begins at, and by depth its format, text and count.

    `%1` in a text is the number at depth 0, wherever the list begins.
    """

    def __init__(self, number: int, first: int, levels: dict[int, "_Level"]) -> None:
        self.number = number
        self.first = first
        self.levels = levels
        self.counts = [0, 0, 0, 0]

    def next(self, depth: int) -> str:
        """Return the number that the next paragraph of a depth would show."""
        shown = self.levels[depth].text
        if "%" not in shown:
            return ""
        for at, level in self.levels.items():
            if at <= depth:
                count = self.counts[at] + (at == depth)
                shown = shown.replace(f"%{at + 1}", counted(level.format, count))
        return shown.rstrip(".")

    def step(self, depth: int) -> None:
        """Count one paragraph; what lies deeper begins again."""
        self.counts[depth] += 1
        for deeper in range(depth + 1, 4):
            self.counts[deeper] = 0

    def begin(self, printed: str) -> int:
        """Make the first level show a number next; return what it starts from.

        A number that cannot be counted to (5.3A) becomes the text of the level.
        """
        if self.levels[self.first].text.count("%") == 1:
            for start in range(1, _FARTHEST):
                self.counts[self.first] = start - 1
                if self.next(self.first) == printed.rstrip("."):
                    return start
        self.counts[self.first] = 0
        mark, bare = f"%{self.first + 1}", printed.strip("().")
        for depth, level in self.levels.items():
            text = level.text.replace(mark, bare)
            if depth == self.first:
                text = _PLACE.sub(bare, level.text)
            self.levels[depth] = level._replace(text=text)
        return 1


class _Level(NamedTuple):
    """A level of the house style: its source, and its text by depth."""

    source: str
    format: str
    text: str


class Lists:
    """The lists of one document, from the numbering part of its house style."""

    def __init__(self, numbering: str) -> None:
        self._numbering = numbering
        found = {
            style[1]: level
            for abstract in _ABSTRACT.findall(numbering)
            for level in _LEVEL.findall(abstract)
            if (style := _STYLE.search(level))
        }
        lost = [s for s in (*STYLES, *ANNEX_STYLES) if s and s not in found]
        if lost:
            raise BrokenTemplateError([_no_list(style) for style in lost])
        self._sources = found
        self._house = _List(0, 0, _levels(found, STYLES))
        self._fresh_levels = _levels(found, STYLES)
        self._open = [self._house]
        numbers = re.findall(r'<w:num [^>]*w:numId="(\d+)"', numbering)
        abstracts = re.findall(r'w:abstractNumId="(\d+)"', numbering)
        self._number = max(map(int, numbers), default=0)
        self._abstract = max(map(int, abstracts), default=0)
        self._own: list[str] = []
        self._uses: list[str] = []

    def indent(self, style: str) -> int:
        """Return how far the text of a numbered style stands from the margin."""
        match = re.search(r'<w:ind [^>]*w:left="(\d+)"', self._sources[style])
        return int(match[1]) if match else 0

    def begin_annex(self) -> None:
        """Begin the items of an annex: they know nothing of the articles."""
        self._fresh_levels = _levels(self._sources, ANNEX_STYLES)
        self._open = []

    def place(self, depth: int, printed: str) -> str:
        """Return the paragraph properties that make Word print just this number.

        `depth`: 0 article, 1 section, 2 item (a), 3 item (i).
        """
        wanted = printed.rstrip(".")
        for at in range(len(self._open) - 1, -1, -1):
            each = self._open[at]
            if each.first <= depth and each.next(depth) == wanted:
                del self._open[at + 1 :]
                each.step(depth)
                return _properties(each, depth)
        fresh = self._fresh(depth, printed)
        while self._open and self._open[-1].first >= depth and self._open[-1].number:
            self._open.pop()
        self._open.append(fresh)
        fresh.step(depth)
        return _properties(fresh, depth)

    def _fresh(self, first: int, printed: str) -> _List:
        """Return a list of its own that begins with a number as it is printed."""
        self._number += 1
        self._abstract += 1
        levels = {d: lv for d, lv in self._fresh_levels.items() if d >= first}
        own = _List(self._number, first, levels)
        start = own.begin(printed)
        name = sha256(f"list {self._number}".encode()).hexdigest()[:8].upper()
        self._own.append(
            f'<w:abstractNum w:abstractNumId="{self._abstract}">'
            f'<w:nsid w:val="{name}"/><w:multiLevelType w:val="multilevel"/>'
            f'<w:tmpl w:val="{name}"/>{_written(own, start)}</w:abstractNum>'
        )
        self._uses.append(
            f'<w:num w:numId="{self._number}">'
            f'<w:abstractNumId w:val="{self._abstract}"/></w:num>'
        )
        return own

    def numbering(self) -> str:
        """Return the numbering part with the lists that were made."""
        if not self._own:
            return self._numbering
        lists = self._numbering.replace("<w:num ", "".join(self._own) + "<w:num ", 1)
        end = lists.rindex("</w:num>") + len("</w:num>")
        return lists[:end] + "".join(self._uses) + lists[end:]


def _levels(found: dict[str, str], styles: tuple[str, ...]) -> dict[int, _Level]:
    """Return the levels of some styles by depth, their texts counted by depth too."""
    levels = {}
    for depth, style in enumerate(styles):
        if style:
            source = found[style]
            shift = depth - int(_first(_ILVL, source))
            text = _shifted(_first(_TEXT, source), shift)
            levels[depth] = _Level(source, _first(_FORMAT, source), text)
    return levels


def _shifted(text: str, by: int) -> str:
    """Return the text of a level with its `%1` counted from another depth."""
    return re.sub(r"%(\d)", lambda found: f"%{int(found[1]) + by}", text)


def _first(pattern: re.Pattern[str], level: str) -> str:
    match = pattern.search(level)
    return match[1] if match else ""


def _properties(chosen: _List, depth: int) -> str:
    if not chosen.number:
        return ""  # the style itself is a level of the house list
    return (
        f'<w:numPr><w:ilvl w:val="{depth - chosen.first}"/>'
        f'<w:numId w:val="{chosen.number}"/></w:numPr>'
    )


def _written(own: _List, start: int) -> str:
    """Return the levels of an own list, looking as in the house style."""
    out = []
    for depth, level in own.levels.items():
        text = _shifted(level.text, -own.first)
        source = _STYLE.sub("", level.source)
        source = _ILVL.sub(f'w:ilvl="{depth - own.first}"', source, count=1)
        source = _TEXT.sub(f'<w:lvlText w:val="{text}"', source, count=1)
        if depth == own.first:
            source = _START.sub(f'<w:start w:val="{start}"', source, count=1)
        out.append(source)
    return "".join(out)


def _no_list(style: str) -> Problem:
    return finding(
        "template-list",
        "word/numbering.xml",
        f"No list level belongs to the style {style}.",
        f"Link a level of a multilevel list to the style {style} in Word.",
    )
