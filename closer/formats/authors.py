"""Who changed what: the name and the day that a tracked change bears."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol

_WORDS = re.compile(r"\w+|[^\w\s]")


class Author(NamedTuple):
    """Who makes the changes, and when; without a day Word shows none."""

    name: str = "closer"
    day: str = ""


NOBODY = Author("")
"""Whoever a change is by that nobody has tracked."""


class Said(Protocol):
    """Words of a document, and by whom a change of them is, if it is one."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def by(self) -> Author:
        """Whose tracked change they are."""


def first(these: Iterable[Said]) -> Author:
    """Return who is the first to have changed some words."""
    return next((each.by for each in these if each.by != NOBODY), NOBODY)


def each_by(ours: Sequence[str], theirs: Sequence[Said]) -> list[Author]:
    """Return for each of our texts by whom the same words are changed in theirs.

    Both say the same but for what nobody tracked; where they do not, nobody did it.
    """
    mine = [(word, n) for n, text in enumerate(ours) for word in _WORDS.findall(text)]
    other = list(_words(theirs))
    found = [NOBODY] * len(ours)
    matcher = SequenceMatcher(
        None, [word for word, _ in mine], [word for word, _ in other], autojunk=False
    )
    for i, j, length in matcher.get_matching_blocks():
        for place in range(length):
            n, by = mine[i + place][1], other[j + place][1]
            if found[n] == NOBODY:
                found[n] = by
    return _blanks(found, ours)


def _blanks(found: list[Author], texts: Sequence[str]) -> list[Author]:
    """Let a blank between two words of one author be by that author."""
    for n, text in enumerate(texts[1:-1], 1):
        if not text.strip() and found[n - 1] == found[n + 1]:
            found[n] = found[n - 1]
    return found


def _words(these: Iterable[Said]) -> Iterator[tuple[str, Author]]:
    spans = Spans(these)
    for word in _WORDS.finditer(spans.text):
        yield word[0], spans.by(*word.span())


class Spans:
    """Words that several have written, as one text; asked from left to right."""

    def __init__(self, these: Iterable[Said]) -> None:
        self._parts: list[tuple[int, Author]] = []
        texts, end = [], 0
        for each in these:
            texts.append(each.text)
            end += len(each.text)
            self._parts.append((end, each.by))
        self.text = "".join(texts).replace("\u00a0", " ")
        self._at = 0

    def by(self, start: int, end: int) -> Author:
        """Return who changed any part of a word."""
        parts = self._parts
        while self._at < len(parts) and parts[self._at][0] <= start:
            self._at += 1
        for place in range(self._at, len(parts)):
            if parts[place][1] != NOBODY:
                return parts[place][1]
            if parts[place][0] >= end:
                break
        return NOBODY
