"""When a clause or a paragraph stands: conditions, and what follows from them.

A condition knows presence, absence and plain values; nothing else, so that it can be
decided in advance for every deal there could be (`proof.py`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time

from msgspec import Struct

from closer.terms.values import Unreadable

ABSENT = ""
"""The state of a path that the terms leave out."""

NO = "no"
NOTHING = "nothing"
"""The state of a path that the terms answer with no: an answer, but not there."""

OTHER = "\0"
"""The state of a path that has a value which no condition names."""

State = Mapping[str, str]


class Present(Struct, frozen=True, tag=True):
    """The terms have something at a path, and it is neither no nor empty."""

    path: str

    def holds(self, value_of: Callable[[str], object]) -> bool:
        """Whether the deal has something there."""
        return is_present(value_of(self.path))

    def paths(self) -> Iterator[str]:
        """Yield the path."""
        yield self.path

    def reduced(self, state: State) -> "Condition | bool":
        """Return whether the path is there, where that is known."""
        known = state.get(self.path)
        return self if known is None else known not in (ABSENT, NO, NOTHING)

    def under(self, entry: str) -> "Condition":
        """Return the condition on the path spelt out."""
        return Present(spelt_out(self.path, entry))


class Equals(Struct, frozen=True, tag=True):
    """The terms have one of some values at a path; `no` is a value too."""

    path: str
    values: tuple[str, ...]

    def holds(self, value_of: Callable[[str], object]) -> bool:
        """Whether the deal has one of the values there."""
        value = value_of(self.path)
        return value is not None and in_words(value) in self.values

    def paths(self) -> Iterator[str]:
        """Yield the path."""
        yield self.path

    def reduced(self, state: State) -> "Condition | bool":
        """Return whether the path has one of the values, where that is known."""
        known = state.get(self.path)
        return self if known is None else known in self.values

    def under(self, entry: str) -> "Condition":
        """Return the condition on the path spelt out."""
        return Equals(spelt_out(self.path, entry), self.values)


class Not(Struct, frozen=True, tag=True):
    """The opposite of a condition."""

    of: "Condition"

    def holds(self, value_of: Callable[[str], object]) -> bool:
        """Whether the condition inside is not met."""
        return not self.of.holds(value_of)

    def paths(self) -> Iterator[str]:
        """Yield the paths of the condition inside."""
        yield from self.of.paths()

    def reduced(self, state: State) -> "Condition | bool":
        """Return the opposite of what is left of the condition inside."""
        left = self.of.reduced(state)
        return not left if isinstance(left, bool) else Not(left)

    def under(self, entry: str) -> "Condition":
        """Return the opposite of the condition spelt out."""
        return Not(self.of.under(entry))


class All(Struct, frozen=True, tag=True):
    """Every one of some conditions; of none at all, always true."""

    of: "tuple[Condition, ...]"

    def holds(self, value_of: Callable[[str], object]) -> bool:
        """Whether all are met."""
        return all(condition.holds(value_of) for condition in self.of)

    def paths(self) -> Iterator[str]:
        """Yield the paths of all of them."""
        for condition in self.of:
            yield from condition.paths()

    def reduced(self, state: State) -> "Condition | bool":
        """Return those of them that are open, unless one fails."""
        left: list[Condition] = []
        for condition in self.of:
            rest = condition.reduced(state)
            if rest is False:
                return False
            if isinstance(rest, Condition):
                left.append(rest)
        return All(tuple(left)) if left else True

    def under(self, entry: str) -> "Condition":
        """Return the conditions spelt out."""
        return All(tuple(condition.under(entry) for condition in self.of))


class AnyOf(Struct, frozen=True, tag=True):
    """At least one of some conditions; of none at all, never true."""

    of: "tuple[Condition, ...]"

    def holds(self, value_of: Callable[[str], object]) -> bool:
        """Whether one is met."""
        return any(condition.holds(value_of) for condition in self.of)

    def paths(self) -> Iterator[str]:
        """Yield the paths of all of them."""
        for condition in self.of:
            yield from condition.paths()

    def reduced(self, state: State) -> "Condition | bool":
        """Return those of them that are open, unless one is met."""
        left: list[Condition] = []
        for condition in self.of:
            rest = condition.reduced(state)
            if rest is True:
                return True
            if isinstance(rest, Condition):
                left.append(rest)
        return AnyOf(tuple(left)) if left else False

    def under(self, entry: str) -> "Condition":
        """Return the conditions spelt out."""
        return AnyOf(tuple(condition.under(entry) for condition in self.of))


Condition = Present | Equals | Not | All | AnyOf
"""What must be true of the terms for a piece of prose to stand."""

ALWAYS = All(())
"""The condition of what stands in every contract."""


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """Return the condition that asks for both, where there are two."""
    if first is None or second is None:
        return first or second
    return All((first, second))


def is_present(value: object) -> bool:
    """Whether a value of the terms counts as there: neither no nor empty."""
    if isinstance(value, (str, tuple, dict)):
        return bool(value) and value != NO
    return value is not None and value is not False


def in_words(value: object) -> str:
    """Return a value as a condition writes it: `yes`, `17:00`, `10 days`.

    A list that was written empty is `nothing`: that nothing counts was agreed.
    """
    if isinstance(value, bool):
        return "yes" if value else NO
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return NOTHING if value == () else str(value)


def spelt_out(path: str, entry: str) -> str:
    """Return a path with `it` replaced by the path of the entry that it means."""
    if path == "it" or path.startswith("it."):
        return entry + path[2:]
    return path


_TOKEN = re.compile(r'\s*(?:"([^"]*)"|([\w.*%/-]+)|([=(),]))')
_PATH = re.compile(r"[a-z_][\w-]*(?:\.[\w-]+)*")
_KEYWORDS = frozenset({"and", "or", "not", "in"})


def parse_condition(text: str) -> Condition:
    """Read `a.b and not c = x or d in (y, "two words")`; `and` binds tighter.

    Raises `Unreadable` where the text is no condition.
    """
    tokens = _tokens(text)
    if not tokens:
        raise _no_condition(text, "It is empty.")
    condition, rest = _alternatives(tokens, text)
    if rest:
        raise _no_condition(text, f"Nothing can follow before {rest[0][1]!r}.")
    return condition


_Token = tuple[str, str]
"""What a piece of a condition is (`word`, `quoted`, `sign`), and its text."""


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    text, place = text.strip(), 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise _no_condition(text, f"{text[place:].strip()[:1]!r} has no meaning.")
        kind = "quoted" if match[1] is not None else "word" if match[2] else "sign"
        tokens.append((kind, match[1] or match[2] or match[3] or ""))
        place = match.end()
    return tokens


def _alternatives(tokens: list[_Token], text: str) -> tuple[Condition, list[_Token]]:
    condition, rest = _joint(tokens, text)
    found = [condition]
    while rest[:1] == [("word", "or")]:
        condition, rest = _joint(rest[1:], text)
        found.append(condition)
    return (found[0] if len(found) == 1 else AnyOf(tuple(found))), rest


def _joint(tokens: list[_Token], text: str) -> tuple[Condition, list[_Token]]:
    condition, rest = _single(tokens, text)
    found = [condition]
    while rest[:1] == [("word", "and")]:
        condition, rest = _single(rest[1:], text)
        found.append(condition)
    return (found[0] if len(found) == 1 else All(tuple(found))), rest


def _single(tokens: list[_Token], text: str) -> tuple[Condition, list[_Token]]:
    if tokens[:1] == [("word", "not")]:
        condition, rest = _single(tokens[1:], text)
        return Not(condition), rest
    path = tokens[0][1] if tokens and tokens[0][0] == "word" else ""
    if path in _KEYWORDS or not _PATH.fullmatch(path):
        seen = repr(tokens[0][1]) if tokens else "the end"
        raise _no_condition(text, f"A path is missing before {seen}.")
    if tokens[1:2] == [("sign", "=")]:
        return Equals(path, (_value(tokens[2:3], text),)), tokens[3:]
    if tokens[1:3] == [("word", "in"), ("sign", "(")]:
        return _one_of(path, tokens[3:], text)
    return Present(path), tokens[1:]


def _one_of(
    path: str, tokens: list[_Token], text: str
) -> tuple[Condition, list[_Token]]:
    values = [_value(tokens[:1], text)]
    rest = tokens[1:]
    while rest[:1] == [("sign", ",")]:
        values.append(_value(rest[1:2], text))
        rest = rest[2:]
    if rest[:1] != [("sign", ")")]:
        raise _no_condition(text, "The list after `in` is not closed.")
    return Equals(path, tuple(values)), rest[1:]


def _value(tokens: list[_Token], text: str) -> str:
    if not tokens or tokens[0] in _NO_VALUES or tokens[0][0] == "sign":
        raise _no_condition(text, "A value is missing.")
    return tokens[0][1]


_NO_VALUES = frozenset({("quoted", ""), *(("word", each) for each in _KEYWORDS)})


def _no_condition(text: str, why: str) -> Unreadable:
    return Unreadable(
        f"{text!r} is no condition.",
        why,
        'Write it like `a.b`, `not a.b`, `a.b = word`, `a.b in (x, "y z")`, joined by '
        "`and` and `or`.",
    )
