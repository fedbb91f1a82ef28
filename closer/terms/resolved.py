"""What a moment of the terms comes to: a day, or what it waits for, and why."""

import re
from collections.abc import Callable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from closer.terms.days import Day, with_weekday
from closer.terms.values import Moment

Date = date
RENEWED, NOT_RENEWED, TERMINATED = "renewed", "not-renewed", "terminated"
"""What happens to a contract itself."""


_NUMBERED = re.compile(r"(.+)\.([2-9]|[1-9][0-9]+)")


def time_of(name: str) -> tuple[str, int]:
    """Return what happened, and for which time: `orders.placed.2` is the second."""
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 1)


class Waived(Struct, frozen=True, kw_only=True):
    """A right that a party gave up: by which term it has it, from when, and how long.

    Without a last day (`until`) it was given up for one case alone.
    """

    by: str
    right: str
    what: str
    since: date
    until: date | None = None


class Facts(Struct, frozen=True):
    """What has happened; the keys are `garage.met`, `garage.accepted`, an event.

    A contract that was renewed has `renewed`, then `renewed.2`, and `not-renewed` once
    it was said that it stays as it is; one that was ended has `terminated`.
    """

    signed: date | None = None
    happened: dict[str, date] = {}
    waived: tuple[Waived, ...] = ()

    @property
    def renewals(self) -> int:
        """How many times the contract was renewed, as far as that was told."""
        told = map(time_of, self.happened)
        return max((number for name, number in told if name == RENEWED), default=0)

    @property
    def stays(self) -> bool:
        """Whether it was told that the contract is renewed no more."""
        return NOT_RENEWED in self.happened or TERMINATED in self.happened


class Resolved(Struct, frozen=True):
    """A day, or the day it is expected on and what it waits for; and the arithmetic."""

    date: Date | None
    expected: Date | None = None
    waits_for: str | None = None
    steps: tuple[str, ...] = ()

    @property
    def day(self) -> Date | None:
        """Return the day, or else the expected one."""
        return self.date or self.expected


class Notice(Struct, frozen=True):
    """A last day for notice: what arithmetic says, and what is safe.

    `sent_by` gives, for each agreed way of sending, the last business day on which a
    notice sent before the cut-off still counts as received in time.
    """

    strict: Resolved
    safe: Resolved
    sent_by: dict[str, date]


def gone_on(start: Resolved, move: Callable[[date], Day]) -> Resolved:
    """Go on from a day, or from the day on which it is expected, which stays such."""
    if start.day is None:
        return start
    reached = move(start.day)
    steps = start.steps + reached.steps
    if start.date:
        return Resolved(reached.date, steps=steps)
    return Resolved(None, reached.date, start.waits_for, steps)


def a_day(opening: str, day: date) -> Day:
    """Return a day with the one sentence that says of what it is the day."""
    return Day(day, (f"{opening} {with_weekday(day)}.",))


def ended_early(day: date) -> Resolved:
    """Return the end of an agreement that was ended on a day."""
    said = f"The agreement was ended on {with_weekday(day)}."
    return Resolved(day, steps=(said,))


def as_it_happened(happened: date | None, name: str, opening: str) -> Resolved:
    """Return the day on which something happened, or that it is waited for."""
    if happened is None:
        return Resolved(None, None, name)
    return Resolved(happened, steps=(f"{opening} {with_weekday(happened)}.",))


def named(resolved: Resolved, opening: str, moment: Moment | None = None) -> Resolved:
    """Say what a day is the day of; a fixed date needs no other step."""
    if resolved.date is None:
        return resolved
    said = f"{opening} {with_weekday(resolved.date)}."
    fixed = isinstance(moment, date)
    return replace(resolved, steps=(said,) if fixed else (*resolved.steps, said))
