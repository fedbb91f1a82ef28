"""What follows from a condition in every deal there could be: proof by truth table.

That is how a library shows, before any deal is written, that a reference never points
to a clause which was not selected and that no blank stays empty.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Protocol

from closer.library.conditions import (
    ABSENT,
    NO,
    OTHER,
    All,
    AnyOf,
    Condition,
    Equals,
    Not,
    State,
)


class Ground(Protocol):
    """What is known of every deal before it is written: the shape of the terms."""

    def values(self, path: str) -> frozenset[str] | None:
        """Return all values that a path can have, or None where anything goes."""

    def certain(self, path: str) -> bool:
        """Whether a path is there wherever the path above it is."""

    def __hash__(self) -> int:
        """Return what tells grounds apart: what is proven on one is proven."""


class Anything:
    """Ground on which nothing is known but how paths hang together."""

    def values(self, path: str) -> frozenset[str] | None:  # noqa: ARG002 - its shape
        """Return None: any value may stand anywhere."""
        return None

    def certain(self, path: str) -> bool:  # noqa: ARG002 - its shape
        """Nothing has to be there."""
        return False


ANYTHING = Anything()


def implies(given: Condition, wanted: Condition, ground: Ground = ANYTHING) -> bool:
    """Whether every deal that meets `given` meets `wanted` as well."""
    return not possible(All((given, Not(wanted))), ground)


@cache
def possible(condition: Condition, ground: Ground = ANYTHING) -> bool:
    """Whether some deal could meet a condition.

    What is asked of different sections is decided apart, and once for all conditions
    that ask it: no section stands in the way of another.
    """
    return all(_possible(All(each), ground) for each in _by_section(condition))


def _by_section(condition: Condition) -> Iterator[tuple[Condition, ...]]:
    """Yield what must be met, those conditions together that share a section."""
    groups: list[tuple[frozenset[str], tuple[Condition, ...]]] = []
    for one in _joint(condition):
        sections = _sections(one)
        together: tuple[Condition, ...] = (one,)
        apart = []
        for group in groups:
            if group[0].isdisjoint(sections):
                apart.append(group)
            else:
                sections, together = sections | group[0], group[1] + together
        groups = [*apart, (sections, together)]
    yield from (together for _, together in groups)


@cache
def _sections(condition: Condition) -> frozenset[str]:
    return frozenset(path.partition(".")[0] for path in condition.paths())


def _joint(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions that a condition asks for together."""
    if isinstance(condition, All):
        for inner in condition.of:
            yield from _joint(inner)
    else:
        yield condition


@cache
def _possible(condition: Condition, ground: Ground) -> bool:
    """Whether a condition can be met, tried out.

    Tries the states of one path after the other and goes on with what they leave of
    the condition: a path has a state of its own for each value that the condition
    names. What a path holds needs the path above it, and has one value at a time.
    """
    named: dict[str, list[str]] = {}
    for path in condition.paths():
        for prefix in prefixes(path):
            named.setdefault(prefix, [])
    for path, value in _named_values(condition):
        named[path].append(value)
    return _met(condition, {}, named, ground)


def prefixes(path: str) -> Iterator[str]:
    """Yield `a`, `a.b` and `a.b.c` of `a.b.c`."""
    end = path.find(".")
    while end >= 0:
        yield path[:end]
        end = path.find(".", end + 1)
    yield path


def _named_values(condition: Condition) -> Iterator[tuple[str, str]]:
    match condition:
        case Equals():
            yield from ((condition.path, value) for value in condition.values)
        case Not():
            yield from _named_values(condition.of)
        case All() | AnyOf():
            for inner in condition.of:
                yield from _named_values(inner)


def _met(
    condition: Condition,
    state: dict[str, str],
    named: Mapping[str, list[str]],
    ground: Ground,
) -> bool:
    left = condition.reduced(state)
    if isinstance(left, bool):
        return left
    path = next(each for each in prefixes(next(left.paths())) if each not in state)
    return any(
        _met(left, {**state, path: each}, named, ground)
        for each in _states(path, state, named[path], ground)
    )


def _states(path: str, state: State, named: list[str], ground: Ground) -> Iterator[str]:
    above = path.rpartition(".")[0]
    reachable = not above or state[above] not in (ABSENT, NO)
    if not reachable or not ground.certain(path):
        yield ABSENT
    if reachable:
        known = ground.values(path)
        values = dict.fromkeys(named)
        yield from (value for value in values if known is None or value in known)
        if known is None or known - values.keys():
            yield OTHER
