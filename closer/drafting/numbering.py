"""The numbers of what an amendment inserts, so that nothing signed is renumbered.

After 5.3 comes 5.3A, then 5.3B; between 5.3 and 5.3A comes 5.3AA; before the first of
article 5 comes 5.A1. A letter put before the last letter always reads "just before
it", so that a place can be found between any two numbers. At the end of a series the
count simply goes on.
"""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Series = Literal["figures", "letters", "romans", "capitals"]
"""Articles and sections; items (a); items (i); annexes A."""

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROMANS = (
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
)


class _Shape(Struct, frozen=True):
    """How the numbers of a series are built.

    `letters` are those that may be added to a number: never i, v or x to a roman one.
    """

    base: str
    letters: str
    added: str
    first: str


_SHAPES: dict[Series, _Shape] = {
    "figures": _Shape(r"\d+", _CAPITALS, r"(?:[A-Z]\d*)+", "A"),
    "letters": _Shape(r"[a-z]", _CAPITALS.lower(), r"(?:[a-z]\d*)+", "a"),
    "romans": _Shape(r"[ivx]+", "abcdefghjklmnopqrstuwyz", r"(?:[a-hj-uwyz]\d*)+", "a"),
    "capitals": _Shape(r"[A-Z]", _CAPITALS, r"(?:[A-Z]\d*)*\d+", "1"),
}


class _Number(Struct, frozen=True):
    """A number taken apart: `before` stands in front of the base, `after` behind it."""

    base: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return self.before + self.base + self.after


def filled(numbers: Sequence[str | None], series: Series) -> tuple[str, ...]:
    """Return the series with a number for every `None`; given numbers stay."""
    done: list[str] = []
    for place, number in enumerate(numbers):
        if number is None:
            following = next((n for n in numbers[place:] if n is not None), None)
            previous = done[-1] if done else None
            number = between(previous, following, series)  # noqa: PLW2901
        done.append(number)
    return tuple(done)


def between(previous: str | None, following: str | None, series: Series) -> str:
    """Return the number that stands between two neighbours; `None` is the margin."""
    before = _taken_apart(previous, series) if previous else None
    if following is None:
        return _next_base(before.base if before else "", series)
    after = _taken_apart(following, series)
    if after.after:
        word = _closer(before.after if before else "", after.after, series)
        return str(_Number(after.base, after=word))
    if after.before:
        word = _closer(before.before if before else "", after.before, series)
        return str(_Number(after.base, word))
    if before is None or before.before:
        return _before_the_first(before, after, series)
    return str(_Number(before.base, after=_next_added(before.after, series)))


def in_count(number: str, series: Series) -> bool:
    """Tell whether a number is one that plain counting gives: 5, b, ii, C."""
    return re.fullmatch(_SHAPES[series].base, number) is not None


def _before_the_first(before: _Number | None, first: _Number, series: Series) -> str:
    """Return A1, B1 before 1, and (za), (zb) before (a).

    (aa) before (a) would read as the item after it.
    """
    if series == "letters":
        return str(_Number("z", after="a"))
    word = _next_unit(before.before, series) if before else _SHAPES[series].letters[0]
    return str(_Number(first.base, word))


def _taken_apart(number: str, series: Series) -> _Number:
    shape = _SHAPES[series]
    if match := re.fullmatch(rf"({shape.base})({shape.added})?", number):
        return _Number(match[1], after=match[2] or "")
    unit = f"[{shape.letters[0]}-{shape.letters[-1]}]" + r"\d*"
    if match := re.fullmatch(rf"((?:{unit})+?)({shape.base})", number):
        return _Number(match[2], match[1])
    raise ValueError(number, series)


def _closer(left: str, right: str, series: Series) -> str:
    """Return the word between `left` and `right`: AA before A, then BA."""
    letter = _SHAPES[series].letters[0]
    unit = left.removesuffix(right) if left != right and left.endswith(right) else ""
    if unit and re.fullmatch(r"[A-Za-z]\d*", unit):
        return _next_unit(unit, series) + right
    return letter + right


def _next_added(word: str, series: Series) -> str:
    if not word:
        return _SHAPES[series].first
    if series == "capitals":
        return str(int(word) + 1)
    return _next_unit(word, series)


def _next_unit(unit: str, series: Series) -> str:
    """Return the next letter; after Z come Z1, Z2."""
    letters = _SHAPES[series].letters
    letter, count = unit[0], unit[1:]
    if letter == letters[-1]:
        return f"{letter}{int(count or 0) + 1}"
    return letters[letters.index(letter) + 1]


def _next_base(base: str, series: Series) -> str:
    if series == "figures":
        return str(int(base or 0) + 1)
    if series == "romans":
        return _roman(_value(base) + 1)
    if not base:
        return _SHAPES[series].letters[0]
    return chr(ord(base) + 1)


def _value(roman: str) -> int:
    total = 0
    for letters, value in _ROMANS:
        while roman.startswith(letters):
            total, roman = total + value, roman.removeprefix(letters)
    return total


def _roman(value: int) -> str:
    text = ""
    for letters, worth in _ROMANS:
        text, value = text + letters * (value // worth), value % worth
    return text
