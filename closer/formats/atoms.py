"""What a paragraph of Word consists of: words, fields, controls; and what two share.

A live reference is known by what it points to, a value by its term: a number that only
moved makes no difference.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from closer.formats.authors import NOBODY, Author

Element = Any  # of lxml, which is imported only where a redline is made

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_UNALIKE = 0.4
"""Paragraphs with less in common are replaced whole: patches would not be read."""


class Atom(NamedTuple):
    """The smallest thing that is kept, inserted or deleted whole; `by` whom."""

    key: tuple[object, ...]
    elements: tuple[Element, ...]
    kind: Literal["text", "run", "field", "control", "mark"]
    by: Author = NOBODY


def atoms(paragraph: Element) -> Iterator[Atom]:
    """Yield what a paragraph consists of: words, fields, controls and bookmarks."""
    field: list[Element] = []
    depth = 0
    for each in paragraph:
        if each.tag == f"{W}pPr":
            continue
        kinds = [mark.get(f"{W}fldCharType") for mark in each.iter(f"{W}fldChar")]
        if depth or "begin" in kinds:
            field.append(each)
            depth += kinds.count("begin") - kinds.count("end")
            if not depth:
                yield Atom(("field", _code(field)), tuple(field), "field")
                field = []
        elif each.tag == f"{W}r":
            yield from _of_run(each)
        elif each.tag == f"{W}sdt":
            tag = each.find(f"{W}sdtPr/{W}tag")
            path = "" if tag is None else tag.get(f"{W}val")
            yield Atom(("control", path), (each,), "control")
        elif each.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            yield Atom(("mark",), (each,), "mark")
        else:
            yield Atom(("other", _canonical(each)), (each,), "run")
    if field:
        yield Atom(("open field", _code(field)), tuple(field), "field")


def _of_run(run: Element) -> Iterator[Atom]:
    looks = run.find(f"{W}rPr")
    look = _canonical(looks) if looks is not None else b""
    inside = [each for each in run if each.tag != f"{W}rPr"]
    if not inside or any(each.tag != f"{W}t" for each in inside):
        yield Atom(("run", _canonical(run)), (run,), "run")
        return
    for word in _WORDS.findall("".join(each.text or "" for each in inside)):
        yield Atom(("text", word, look), (looks,), "text")


def _canonical(element: Element) -> bytes:
    from lxml import etree  # noqa: PLC0415

    return bytes(etree.tostring(element, method="c14n", exclusive=True))


def _code(field: Sequence[Element]) -> str:
    codes = (each.text or "" for one in field for each in one.iter(f"{W}instrText"))
    return " ".join("".join(codes).split())


def whole_key(atom: Atom) -> object:
    """Return what an atom is and, for a control, what stands in it."""
    if atom.kind == "control":
        content = atom.elements[0].find(f"{W}sdtContent")
        return (*atom.key, _canonical(content))
    return atom.key


def opcodes(
    old: Sequence[Atom], new: Sequence[Atom]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield what is the same and what is not; a lone blank between changes is not."""
    keys = [atom.key for atom in old], [atom.key for atom in new]
    start = 0
    while start < min(map(len, keys)) and keys[0][start] == keys[1][start]:
        start += 1
    end = 0
    while end < min(map(len, keys)) - start and keys[0][-1 - end] == keys[1][-1 - end]:
        end += 1
    i, j = len(old) - end, len(new) - end
    if start:
        yield True, 0, start, 0, start
    yield from changes(keys[0][start:i], keys[1][start:j], start)
    if end:
        yield True, i, len(old), j, len(new)


def changes(
    old: Sequence[tuple[object, ...]], new: Sequence[tuple[object, ...]], at: int = 0
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield what is the same and what is not of two runs, by their keys."""
    if not old and not new:
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    whole = (False, at, at + len(old), at, at + len(new))
    if matcher.ratio() < _UNALIKE:
        yield whole
        return
    pending: list[int] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        blank = i2 - i1 == 1 and old[i1][0] == "text" and str(old[i1][1]).isspace()
        if tag == "equal" and not (blank and pending):
            if pending:
                yield _differs(pending, at)
                pending = []
            yield True, at + i1, at + i2, at + j1, at + j2
        elif pending:
            pending = [pending[0], i2, pending[2], j2]
        else:
            pending = [i1, i2, j1, j2]
    if pending:
        yield _differs(pending, at)


def _differs(pending: list[int], at: int) -> tuple[bool, int, int, int, int]:
    i1, i2, j1, j2 = (at + place for place in pending)
    return False, i1, i2, j1, j2


def joined(these: Sequence[Atom]) -> Iterator[Atom]:
    """Yield atoms with neighbouring words of one look joined."""
    last: Atom | None = None
    for atom in these:
        joins = last is not None and last.kind == atom.kind == "text"
        same = last is not None and last.by == atom.by
        if joins and same and last is not None and last.key[2] == atom.key[2]:
            text = f"{last.key[1]}{atom.key[1]}"
            last = Atom(("text", text, atom.key[2]), atom.elements, "text", atom.by)
            continue
        if last is not None:
            yield last
        last = atom
    if last is not None:
        yield last


def text_run(atom: Atom, tag: str) -> Element:
    """Return the run of some words, as text or as deleted text."""
    from lxml import etree  # noqa: PLC0415

    run = etree.Element(f"{W}r")
    if atom.elements[0] is not None:
        run.append(deepcopy(atom.elements[0]))
    text = etree.SubElement(run, W + tag)
    text.set(SPACE, "preserve")
    text.text = str(atom.key[1])
    return run
