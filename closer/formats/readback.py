"""What an edited contract says that the terms do not, and the reverse.

The contract is drafted again from the terms, and held against the one that came back,
line by line. A value has several witnesses: its bookmark, its control, and the words
at its place; programs that save a document again lose one or another of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Literal, NamedTuple

from msgspec.structs import replace

from closer.formats import preflight
from closer.formats.aligning import carried, edits, pairs
from closer.formats.carried_comments import comments_of
from closer.formats.lines import Line, Piece, pending, seen, words
from closer.formats.returned import Changed, Comment, Reading, Report, ViewOf
from closer.formats.wordtext import paragraphs
from closer.formats.wordxml import control_tag, term_bookmark
from closer.terms.values import MONTHS

_AUTHORS = re.compile(r'<(?:\w+:)?(?:ins|del|moveFrom|moveTo)\s[^>]*author="([^"]*)"')
_SAVED_BY = re.compile(r"<(?:\w+:)?lastModifiedBy(?:\s[^>]*)?>([^<]*)<")
_DIGEST = re.compile(r"\b[0-9a-f]{12}\b")
_MONTH_FIRST = re.compile(rf"(?:{'|'.join(MONTHS)}) \d{{4}}\b")
_FIRST_PAGE = "on the first page"
FRAME = "header, footer or note"
"""What is told as the place of words outside the text."""
_FRAME = ("word/header", "word/footer", "word/footnotes", "word/endnotes")


class Baseline(NamedTuple):
    """Our own contract as it is read: its lines, and what stands where.

    `places`: provision bookmark → how it is cited; `paths`: term bookmark and control
    tag → path; `chose`: a sentence → the terms that brought it in; `named`: words that
    the house style prints without a mark → their term; `passing`: lines that come
    and go on the first page of a draft, and are no part of the contract.
    """

    lines: Sequence[Line]
    frame: frozenset[str]
    paths: Mapping[str, str]
    places: Mapping[str, str]
    chose: Mapping[str, Sequence[str]]
    named: Mapping[str, str]
    passing: re.Pattern[str]
    digest: str


def baseline(
    docx: bytes,
    *,
    paths: Iterable[str],
    places: Mapping[str, str],
    chose: Mapping[str, Sequence[str]],
    named: Mapping[str, str],
    passing: re.Pattern[str],
    digest: str,
) -> Baseline:
    """Return our own contract as lines to hold others against."""
    parts = preflight.parts_of(docx)
    known: dict[str, str] = {}
    for path in paths:
        known |= dict.fromkeys((term_bookmark(path), control_tag(path), path), path)
    return Baseline(
        lines=list(seen(paragraphs(parts[preflight.BODY]), "accepted")),
        frame=frozenset(_frame(parts, passing)),
        paths=known,
        places=places,
        chose=chose,
        named=named,
        passing=passing,
        digest=digest,
    )


def read_back(docx: bytes, ours: Baseline) -> Report:
    """Return what a document that came back says. Raises RefusedError."""
    parts = preflight.parts_of(docx)
    found = paragraphs(parts[preflight.BODY])
    changes = pending(found)
    lines = list(seen(found, "accepted"))
    frame = _frame(parts, ours.passing)
    written = _digest(parts)
    same = {line.text for line in ours.lines}
    alike = sum(line.text in same for line in lines) / max(len(lines), len(ours.lines))
    made: Literal["these terms", "other terms", "unknown"] = "unknown"
    if written:
        made = "these terms" if written == ours.digest else "other terms"
    rejected = None
    if changes:
        rejected = _view(list(seen(found, "rejected")), frame, ours)
    return Report(
        made_from=made,
        digest=written,
        alike=round(alike, 3),
        tracked=changes,
        authors=_authors(parts[preflight.BODY]),
        saved_by=_saved_by(parts),
        comments=tuple(
            Comment(author=each.author, text=" ".join(each.text))
            for each in comments_of(parts).values()
        ),
        accepted=_view(lines, frame, ours),
        rejected=rejected,
    )


def _frame(parts: Mapping[str, bytes], passing: re.Pattern[str]) -> list[str]:
    """Return what headers, footers and notes say, without pages, digest and DRAFT."""
    found = []
    for name, part in sorted(parts.items()):
        if name.startswith(_FRAME) and name.endswith(".xml"):
            for line in seen(paragraphs(part), "accepted"):
                text = _DIGEST.sub("", line.text)
                text = " ".join(w for w in text.split() if not passing.fullmatch(w))
                found.append(words(re.sub(r"\d", "", text)))
    return found


def _digest(parts: Mapping[str, bytes]) -> str:
    custom = parts.get("docProps/custom.xml", b"").decode("utf-8", "replace")
    found = re.search(r'name="closer\.terms".*?>([0-9a-f]{64})<', custom, re.DOTALL)
    return found[1] if found else ""


def _authors(body: bytes) -> tuple[str, ...]:
    """Return who made the tracked changes."""
    found = _AUTHORS.findall(body.decode("utf-8", "replace"))
    return tuple(sorted({unescape(author) for author in found}))


def _saved_by(parts: Mapping[str, bytes]) -> str:
    core = parts.get("docProps/core.xml", b"").decode("utf-8", "replace")
    found = _SAVED_BY.search(core)
    name = words(unescape(found[1])) if found else ""
    return "" if name == "closer" else name


def _view(lines: list[Line], frame: list[str], ours: Baseline) -> ViewOf:
    comparing = _Comparing(lines, ours)
    readings, found = comparing.run()
    changes = [each for each in found if not _passes(each, ours.passing)]
    changes += (
        Changed(what="added", place=FRAME, ours="", theirs=text)
        for text in frame
        if text and text not in ours.frame
    )
    return ViewOf(readings=tuple(_once(readings)), changes=tuple(changes))


def _passes(change: Changed, passing: re.Pattern[str]) -> bool:
    """Tell whether a line is one that comes and goes with the state of a draft."""
    first = change.place in ("", _FIRST_PAGE) and change.what != "changed"
    return first and bool(passing.fullmatch(change.ours or change.theirs))


def _once(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield each different reading of a term once: where a provision has it, if any."""
    found: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        key = reading.path, reading.theirs
        if key not in found or not found[key].place:
            found[key] = reading
    yield from found.values()


def _with_day(now: str, mine: str, theirs: str) -> str:
    """Return a date whose day was put before it: October 2, 2026 to 9 October 2026."""
    before = rf"(?<!\S)(\d{{1,2}}(?:st|nd|rd|th)?) {re.escape(now)}"
    found = re.search(before, theirs) if _MONTH_FIRST.match(now) else None
    return found[0] if found and found[0] not in mine else now


def _alike(mine: Line, theirs: Line) -> bool:
    """Tell whether lines differ in nothing but the numbers of what they refer to."""
    return mine.text == theirs.text or mine.keyed == theirs.keyed


def _rows(
    found: Iterable[tuple[Changed, tuple[int, ...]]],
) -> Iterator[Changed]:
    """Yield changes; the cells of a row that came or went are one."""
    last: tuple[Changed, tuple[int, ...]] | None = None
    for change, row in found:
        if last and row and (change.what, row) == (last[0].what, last[1]):
            together = replace(
                last[0],
                ours=" | ".join(filter(None, (last[0].ours, change.ours))),
                theirs=" | ".join(filter(None, (last[0].theirs, change.theirs))),
                terms=tuple(dict.fromkeys((*last[0].terms, *change.terms))),
            )
            last = together, row
            continue
        if last:
            yield last[0]
        last = change, row
    if last:
        yield last[0]


class _Comparing:
    """Holds the lines of a view against ours."""

    def __init__(self, lines: Sequence[Line], ours: Baseline) -> None:
        self.ours = ours
        self.theirs = lines
        self.place = ""
        self.marked = _by_mark(lines)
        self.same: list[tuple[str, Line]] = []

    def run(self) -> tuple[list[Reading], list[Changed]]:
        readings: list[Reading] = []
        changes: list[tuple[Changed, tuple[int, ...]]] = []
        mine = [line.text for line in self.ours.lines]
        other = [line.text for line in self.theirs]
        for i, j in pairs(mine, other):
            if i is None and j is not None:
                line = self.theirs[j]
                changes.append((self._added(line), line.cell[:2]))
                continue
            if i is None:
                continue
            line = self.ours.lines[i]
            self._move(line)
            if j is None:
                changes.append((self._deleted(line), line.cell[:2]))
            elif _alike(line, self.theirs[j]):
                self.same.append((self.place, line))
            else:
                found, wording = self._changed(line, self.theirs[j])
                readings += found
                changes += ((each, ()) for each in wording)
        return [self._with_others(each) for each in readings], list(_rows(changes))

    def _with_others(self, reading: Reading) -> Reading:
        """Return a reading with the places where the term stands unchanged."""
        found = {
            place or _FIRST_PAGE.removeprefix("on the ")
            for place, line in self.same
            if any(path == reading.path for path, mark, _ in self._values(line) if mark)
        }
        return replace(reading, still=tuple(sorted(found)))

    def _move(self, line: Line) -> None:
        for mark in line.marks:
            self.place = self.ours.places.get(mark, self.place)

    def _added(self, line: Line) -> Changed:
        place = f"after {self.place}" if self.place else _FIRST_PAGE
        return Changed(what="added", place=place, ours="", theirs=line.text)

    def _deleted(self, line: Line) -> Changed:
        terms = [path for path, _, _ in self._values(line)]
        return Changed(
            what="deleted",
            place=self.place,
            ours=line.text,
            theirs="",
            terms=tuple(dict.fromkeys([*terms, *self._chose(line.text)])),
        )

    def _chose(self, text: str) -> list[str]:
        return [
            path
            for sentence, paths in self.ours.chose.items()
            if sentence in text
            for path in paths
        ]

    def _values(self, line: Line) -> list[tuple[str, str, str]]:
        """Return the values of one of our lines: path, mark of the place, words."""
        found: dict[str, list[str]] = {}
        for piece in line.pieces:
            for mark in piece.marks:
                if mark.startswith("_Tm_"):
                    found.setdefault(mark, []).append(piece.text)
        values = [
            (self.ours.paths[mark.rpartition("_")[0]], mark, words("".join(texts)))
            for mark, texts in found.items()
            if mark.rpartition("_")[0] in self.ours.paths
        ]
        if values:
            return values
        named = self.ours.named.items()
        return [(path, "", text) for text, path in named if text in line.text]

    def _changed(self, mine: Line, theirs: Line) -> tuple[list[Reading], list[Changed]]:
        values = self._values(mine)
        ranges = list(_ranges(mine.text, [text for _, _, text in values]))
        placed = [(v, r) for v, r in zip(values, ranges, strict=True) if r]
        aligned = carried(mine.text, theirs.text, [r for _, r in placed])
        readings, expected = [], mine.text
        for (value, span), read in reversed(list(zip(placed, aligned, strict=True))):
            path, mark, text = value
            now, witnesses = self._read(path, mark, text, read, theirs)
            if now != text:
                now = _with_day(now, mine.text, theirs.text)
                expected = expected[: span[0]] + now + expected[span[1] :]
                readings.append(
                    Reading(
                        path=path,
                        place=self.place,
                        ours=text,
                        theirs=now,
                        witnesses=witnesses,
                    )
                )
        readings.reverse()
        return readings, self._wording(mine, theirs, words(expected))

    def _wording(self, mine: Line, theirs: Line, expected: str) -> list[Changed]:
        """Return what changed beside the values: nothing, mostly."""
        if expected == theirs.text:
            return []
        return [
            Changed(
                what="changed",
                place=self.place,
                ours=mine.text,
                theirs=theirs.text,
                edits=edits(expected, theirs.text),
                terms=tuple(dict.fromkeys(self._chose(mine.text))),
            )
        ]

    def _read(
        self, path: str, mark: str, ours: str, aligned: str, line: Line
    ) -> tuple[str, tuple[str, ...]]:
        """Return how a value reads now, and which witnesses say so."""
        told = {
            "bookmark": self.marked.get(mark, ""),
            "control": self._control(path, line),
            "words": aligned,
        }
        for text in (told["bookmark"], told["control"]):
            if text and text != ours and text in line.text:
                return text, tuple(k for k, v in told.items() if v == text)
        if aligned != ours:
            return aligned, ("words",)
        return ours, ()

    def _control(self, path: str, line: Line) -> str:
        return words("".join(_of_control(line.pieces, path, self.ours.paths)))


def _of_control(
    pieces: Iterable[Piece], path: str, paths: Mapping[str, str]
) -> Iterator[str]:
    for piece in pieces:
        if path in (paths.get(piece.tag), paths.get(piece.alias)):
            yield piece.text


def _by_mark(lines: Iterable[Line]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for line in lines:
        for piece in line.pieces:
            for mark in piece.marks:
                if mark.startswith("_Tm_"):
                    found.setdefault(mark, []).append(piece.text)
    return {mark: words("".join(texts)) for mark, texts in found.items()}


def _ranges(text: str, values: Sequence[str]) -> Iterator[tuple[int, int] | None]:
    """Yield where each value stands in its line, from left to right."""
    at = 0
    for value in values:
        start = text.find(value, at) if value else -1
        if start < 0:
            yield None
            continue
        at = start + len(value)
        yield start, at
