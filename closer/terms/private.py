"""What one side keeps to itself: `agreed.private.yaml` beside the terms.

It is read by `check` alone. Nothing of it is written into any file.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from closer.problems import Place, Problem
from closer.terms.checks.closing import read_as
from closer.terms.days import plus
from closer.terms.kinds import Identifier, Text
from closer.terms.model import Terms
from closer.terms.paths import value_at
from closer.terms.reading import Agreed, read_section
from closer.terms.source import MapNode, Source, compose
from closer.terms.values import Money, Period, Share, Unreadable

_SOME_DAY = date(2001, 1, 1)
_HOW = {"at most": 1, "at least": -1}


class PrivateConcern(Struct, frozen=True, kw_only=True):
    """A worry that the other side is not to read."""

    about: Text
    concern: Text


class Private(Struct, frozen=True, kw_only=True):
    """`limits`: path of a term → `at most` or `at least` a value."""

    limits: dict[Text, Text] = {}
    concerns: dict[Identifier, PrivateConcern] = {}
    notes: dict[Identifier, Text] = {}

    def lines(self) -> Iterator[str]:
        """Yield what the side wanted to remember before it signs."""
        for concern in self.concerns.values():
            yield f"{concern.about}: {concern.concern}"
        yield from self.notes.values()


def read_private(
    text: str, file: str, agreed: Agreed
) -> tuple[Private | None, list[Problem]]:
    """Read the private file and hold the terms against its limits."""
    source, problems = compose(text, file)
    if source is None:
        return None, problems
    private, _, found = read_section(source, Private)
    problems = [*problems, *found]
    if private is None or problems:
        return None, problems
    return private, list(_limits_kept(private, agreed, source))


def _limits_kept(private: Private, agreed: Agreed, source: Source) -> Iterator[Problem]:
    """Hold the terms against the limits that a side set for itself."""
    for path, limit in private.limits.items():
        within = _within(path, limit, agreed.terms)
        if within is True:
            continue
        where = _place(source, path)
        if within is None:
            yield Problem(
                "CL05",
                where,
                f"limits.{path}",
                f"{limit!r} cannot be held against `{path}`.",
                "A limit that nobody can check warns of nothing.",
                "Write the path of a sum, a share, a period or a date, and "
                "`at most` or `at least` a value of that kind.",
            )
        else:
            yield Problem(
                "CL07",
                where,
                f"limits.{path}",
                f"{path} is {value_at(agreed.terms, path)}; the limit is {limit}.",
                "It was set before there was anything to be talked into.",
                "Go back to the other side, or change the limit knowingly.",
            )


def _place(source: Source, path: str) -> Place:
    """Return where a limit stands; its key is a path, and has dots of its own."""
    limits = source.node("limits")
    if not isinstance(limits, MapNode):
        return source.place("limits")
    key = limits.entries[path].key
    return Place(source.file, key.line + 1, key.column + 1)


def _within(path: str, limit: str, terms: Terms) -> bool | None:
    """Return whether a term keeps a limit; None where they cannot be compared."""
    how = next((each for each in _HOW if limit.startswith(each)), None)
    value = value_at(terms, path)
    if how is None or value is None:
        return None
    try:
        bound = read_as(value, limit.removeprefix(how).strip(), terms.currency)
    except Unreadable:
        return None
    measured, most = _measure(value), _measure(bound)
    if measured is None or most is None or measured[0] != most[0]:
        return None
    return (measured[1] - most[1]) * _HOW[how] <= 0


def _measure(value: object) -> tuple[str, float] | None:
    """Return the kind of a value and a number by which two of it compare."""
    match value:
        case Money():
            return value.currency, float(value.amount)
        case Share():
            return "%", float(value.percent)
        case Period() if all(unit != "business day" for _, unit in value.parts):
            return "days", float(plus(_SOME_DAY, value).toordinal())
        case date():
            return "date", float(value.toordinal())
    return None
