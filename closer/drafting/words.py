"""The words of a paragraph: what is compared, and how much two texts have in common.

A reference is compared by what it points to, never by its number; a value, a
definition and a reference are each one word, so that none is ever cut in two.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from msgspec import Struct

from closer.drafting.document import Definition, Reference, Span, Value, Words, plain

_LONG_VALUE = 6
"""A value of more words is a text in its own right, and is compared word by word."""

RESTATED_ABOVE = 1 / 3
"""A text of which more than this part changed is set out anew, not patched."""

_WORD = re.compile(r"[\w$€£%]+(?:[.,:'\u2019/@-]+[\w%]+)*|[^\w\s]")


_T = TypeVar("_T")

Score = Callable[[int, int], float]
"""How alike two things are, by their places in two sequences; 0 for not at all."""


class Token(Struct, frozen=True):
    """A word with its place in the printed text of its paragraph."""

    key: tuple[str, str]
    text: str
    start: int
    end: int


def reading(spans: Sequence[Span]) -> str:
    """Return what some spans say, whatever the numbers of what they refer to."""
    return "".join(
        f"\x00{span.target}\x00" if isinstance(span, Reference) else plain((span,))
        for span in spans
    )


def tokens(spans: Sequence[Span], whole: frozenset[str] = frozenset()) -> list[Token]:
    """Return the words of some spans in order.

    The values of the paths in `whole` are one word each, however long.
    """
    found: list[Token] = []
    place = 0
    for span in spans:
        text = plain((span,))
        found += _span_tokens(span, text, place, whole)
        place += len(text)
    return found


def _span_tokens(
    span: Span, text: str, place: int, whole: frozenset[str]
) -> Iterator[Token]:
    end = place + len(text)
    if isinstance(span, Reference):
        yield Token(("reference", span.target), text, place, end)
    elif isinstance(span, Definition):
        yield Token(("definition", text), text, place, end)
    elif isinstance(span, Value) and (
        span.path in whole or len(text.split()) <= _LONG_VALUE
    ):
        yield Token(("words", text), text, place, end)
    else:
        for match in _WORD.finditer(text):
            start, stop = place + match.start(), place + match.end()
            yield Token(("words", match[0]), match[0], start, stop)


def sliced(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the spans between two places; a value cut in two becomes plain words."""
    found: list[Span] = []
    place = 0
    for span in spans:
        text = plain((span,))
        first, last = max(start - place, 0), min(end - place, len(text))
        if first < last:
            whole = (first, last) == (0, len(text))
            strong = isinstance(span, Words) and span.strong
            found.append(span if whole else Words(text[first:last], strong))
        place += len(text)
    return tuple(found)


def share_changed(
    pairs: Sequence[tuple[Sequence[Span] | None, Sequence[Span] | None]],
) -> float:
    """Return which part of the words of some pairs of paragraphs is not the same."""
    same = total = 0
    for before, after in pairs:
        old, new = _keys(before or ()), _keys(after or ())
        total += len(old) + len(new)
        if before is not None and after is not None:
            same += 2 * sum(
                block.size for block in matcher(old, new).get_matching_blocks()
            )
    return 1 - same / total if total else 0.0


def likeness(before: Sequence[Span], after: Sequence[Span]) -> float:
    """Return how much two paragraphs have in common, from 0 to 1."""
    return 1 - share_changed([(before, after)])


def _keys(spans: Sequence[Span]) -> list[tuple[str, str]]:
    return [token.key for token in tokens(spans) if token.key[1][:1].isalnum()]


def matcher(old: Sequence[object], new: Sequence[object]) -> "SequenceMatcher[object]":
    """Return what compares two sequences of anything."""
    return SequenceMatcher(None, old, new, autojunk=False)


def aligned(
    old: Sequence[object], new: Sequence[object], alike: Score
) -> list[tuple[int | None, int | None]]:
    """Pair two sequences in order: what is equal, then what is alike enough.

    What has no pair stands alone, the deleted before the inserted.
    """
    pairs: list[tuple[int | None, int | None]] = []
    for tag, i1, i2, j1, j2 in matcher(old, new).get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs += _best_pairs(range(i1, i2), range(j1, j2), alike)
    return pairs


def matched(
    old: Sequence[_T], new: Sequence[_T], emptied: Collection[_T] = ()
) -> Iterator[tuple[int | None, int | None, str]]:
    """Yield pairs of what has the same id in the same order, and what each follows.

    What has changed its place is taken out there and put in here: it has two entries.
    An emptied number is taken up again only where nothing that stands must give way.
    """
    standing = [None if name in emptied else name for name in old]

    def taken_up(i: int, j: int) -> float:
        return 1.0 if standing[i] is None and old[i] == new[j] else 0.0

    for i, j in aligned(standing, new, taken_up):
        yield i, j, str(new[j - 1]) if j else ""


class Alike:
    """How alike two things are by their places: 0 for not at all."""

    def __init__(
        self, old: Sequence[Sequence[Span]], new: Sequence[Sequence[Span]]
    ) -> None:
        self._old, self._new = old, new

    def __call__(self, i: int, j: int) -> float:
        """Return the likeness of two texts; less than half in common is none."""
        score = likeness(self._old[i], self._new[j])
        return score if score >= 0.5 else 0.0


def _best_pairs(
    old: range, new: range, alike: Score
) -> list[tuple[int | None, int | None]]:
    """Pair two short runs so that the likeness of all pairs together is greatest."""
    best: list[list[float]] = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    score = {(i, j): alike(i, j) for i in old for j in new}
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            pair = score[old[a], new[b]]
            best[a][b] = max(
                best[a + 1][b], best[a][b + 1], pair and pair + best[a + 1][b + 1]
            )
    pairs: list[tuple[int | None, int | None]] = []
    a = b = 0
    while a < len(old) and b < len(new):
        pair = score[old[a], new[b]]
        if pair and best[a][b] == pair + best[a + 1][b + 1]:
            pairs.append((old[a], new[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            pairs.append((old[a], None))
            a += 1
        else:
            pairs.append((None, new[b]))
            b += 1
    pairs += [(i, None) for i in old[a:]]
    pairs += [(None, j) for j in new[b:]]
    return pairs
