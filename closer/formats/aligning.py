"""Which line of one text is which line of another, and which words differ in it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKENS = re.compile(r"\w+|[^\w\s]|\s+")
_ALIKE = 0.45
_SHORT = 6
_LARGEST = 60_000
_LONGER, _ROOM = 8, 200


class Edit(NamedTuple):
    """Words that stand in place of others; one of the two may be empty."""

    old: str
    new: str


def tokens(text: str) -> list[str]:
    """Return the words, marks and spaces of a text."""
    return _TOKENS.findall(text)


Pair = tuple[int | None, int | None]


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Yield the places of lines that belong together; None where one has no other.

    Of several lines that say the same, the one that was changed is the one at its
    place: a line put in before them and one taken away after them are one change.
    """
    found = list(_paired(old, new))
    at = 0
    while at < len(found):
        end = _same_until(found, at, old, new)
        if end:
            yield from zip(
                [i for i, _ in found[at : end + 1] if i is not None],
                [j for _, j in found[at : end + 1] if j is not None],
                strict=True,
            )
            at = end
        else:
            yield found[at]
        at += 1


def _same_until(
    found: Sequence[Pair], start: int, old: Sequence[str], new: Sequence[str]
) -> int:
    """Return where lines of one text end that stand between a line more and one less.

    0 where there are none.
    """
    (i, j), end, text = found[start], start + 1, ""
    if (i is None) == (j is None):
        return 0
    while end < len(found):
        a, b = found[end]
        if a is None or b is None:
            break
        if old[a] != new[b] or (text and old[a] != text):
            return 0
        text, end = old[a], end + 1
    if not text or end == len(found):
        return 0
    a, b = found[end]
    if j is not None and a is not None and b is None and old[a] == text:
        return end
    if i is not None and b is not None and a is None and new[b] == text:
        return end
    return 0


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from _matched(old, new, range(i1, i2), range(j1, j2))


def _matched(
    old: Sequence[str], new: Sequence[str], left: range, right: range
) -> Iterator[Pair]:
    """Pair lines in order so that those that are most alike stand together."""
    if len(left) * len(right) > _LARGEST:
        yield from ((i, None) for i in left)
        yield from ((None, j) for j in right)
        return
    even = len(left) == len(right)
    score = [[_alike(old[i], new[j], even=even) for j in right] for i in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a in reversed(range(len(left))):
        for b in reversed(range(len(right))):
            together = score[a][b] + best[a + 1][b + 1] if score[a][b] else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    a = b = 0
    while a < len(left) or b < len(right):
        if a == len(left):
            yield None, right[b]
            b += 1
        elif b == len(right):
            yield left[a], None
            a += 1
        elif score[a][b] and best[a][b] == score[a][b] + best[a + 1][b + 1]:
            yield left[a], right[b]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            yield left[a], None
            a += 1
        else:
            yield None, right[b]
            b += 1


def _alike(old: str, new: str, *, even: bool) -> float:
    """Return how alike two lines are; a short one that keeps its place counts too."""
    if max(len(old), len(new)) > _LONGER * (min(len(old), len(new)) + _ROOM):
        return 0.0
    first, second = old.split(), new.split()
    matcher = SequenceMatcher(a=first, b=second, autojunk=False)
    if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
        ratio = matcher.ratio()
        if ratio >= _ALIKE:
            return ratio
    if even and len(first) <= _SHORT and len(second) <= 2 * _SHORT:
        return 0.1 + SequenceMatcher(a=old, b=new, autojunk=False).ratio() / 10
    return 0.0


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """Return the words that differ; changes with only a space between are one."""
    first, second = tokens(old), tokens(new)
    found: list[list[int]] = []
    for what, *span in SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        if found and not "".join(first[found[-1][1] : span[0]]).strip():
            found[-1][1], found[-1][3] = span[1], span[3]
        else:
            found.append(list(span))
    return tuple(
        Edit("".join(first[a:b]).strip(), "".join(second[c:d]).strip())
        for a, b, c, d in found
    )


def carried(old: str, new: str, ranges: Sequence[tuple[int, int]]) -> list[str]:
    """Return what stands in `new` where each range of `old` stood."""
    first, second = tokens(old), tokens(new)
    starts = _starts(first)
    opcodes = SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes()
    return ["".join(_carried(opcodes, second, starts, one)).strip() for one in ranges]


def _starts(pieces: Sequence[str]) -> list[int]:
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts


def _carried(
    opcodes: Sequence[tuple[str, int, int, int, int]],
    second: Sequence[str],
    starts: Sequence[int],
    wanted: tuple[int, int],
) -> Iterator[str]:
    low, high = wanted
    for what, i1, i2, j1, j2 in opcodes:
        inside = [i for i in range(i1, i2) if low <= starts[i] < high]
        if what == "equal":
            yield from (second[j1 + i - i1] for i in inside)
        elif (what == "replace" and inside) or (
            what == "insert" and low < starts[i1] < high
        ):
            yield from second[j1:j2]
