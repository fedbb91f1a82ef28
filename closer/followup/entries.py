"""The schedule and its entries: what is followed up, when, by whom, and why."""

import uuid
from datetime import date, datetime
from typing import Literal, get_args

from msgspec import Struct

Kind = Literal[
    "milestone",
    "payment",
    "obligation",
    "notice",
    "window",
    "meeting",
    "reading",
    "end",
    "reminder",
    "chase",
    "clock",
]
Stake = Literal["bar", "money", "duty", "watch"]
"""What is lost with the day: a right, money, good standing, or only the overview."""

Status = Literal["confirmed", "tentative", "cancelled"]
CalendarDay = date
"""A day, or for a meeting a zoned hour: the type, where a field is named `date`."""

KINDS: tuple[Kind, ...] = get_args(Kind)
STAKES: tuple[Stake, ...] = get_args(Stake)

_OURS = uuid.UUID("7c1d3c0e-3a0f-5d0b-9c57-2f6a0c8d4b11")
"""The namespace of every UID. It never changes: each calendar out there holds it."""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing to follow up.

    It stands on a `date`, from `start` to `end` (both included), or from `start` on by
    `rrule`. While what it hangs on has not happened (`waits_for`), it is not due:
    `date` is None, and `expected` the day it is planned for. `written` is the moment or
    rhythm as the parties wrote it, `because` what that hangs on in words; `since` the
    day on which begins what it is the end of.
    """

    uid: str
    kind: Kind
    number: str = ""
    title: str
    expected_title: str = ""
    description: str = ""
    party: str
    counterpart: str = ""
    term: str
    stake: Stake
    category: str
    date: CalendarDay | None = None
    start: CalendarDay | None = None
    end: CalendarDay | None = None
    rrule: str | None = None
    expected: CalendarDay | None = None
    waits_for: str | None = None
    strict: CalendarDay | None = None
    since: CalendarDay | None = None
    provision: str = ""
    reason: tuple[str, ...] = ()
    because: str = ""
    written: str = ""
    reminders: tuple[int, ...] = ()
    status: Status = "confirmed"
    sequence: int = 0
    stamp: datetime

    @property
    def due(self) -> CalendarDay | None:
        """The day on which it is due; None while it waits for something."""
        if self.waits_for is not None:
            return None
        return self.date or (self.start if self.rrule else self.end)

    @property
    def day(self) -> CalendarDay | None:
        """The day to sort it by: the due day, or else the expected one."""
        moment = self.due or self.expected
        return moment.date() if isinstance(moment, datetime) else moment


class Schedule(Struct, frozen=True):
    """All entries of one deal, which holds so many changes and ends on a day.

    `ends`: the end of the contract, or the day on which it is expected.
    """

    title: str
    reference: str
    timezone: str | None
    entries: tuple[Entry, ...]
    changes: int = 0
    ends: date | None = None


def uid_of(reference: str, kind: str, term: str, number: str) -> str:
    """Return the UID for life: of what it is, never of its day, title or place."""
    name = f"{reference}|{kind}|{term}|{number}"
    return f"{uuid.uuid5(_OURS, name)}@closer.invalid"


def reminder_uid(uid: str, days: int) -> str:
    """Return the UID of a reminder, so many days before an entry."""
    return f"{uuid.uuid5(_OURS, f'{uid}|reminder|{days}')}@closer.invalid"


def in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return entries by day; what has no day at all comes last."""
    return tuple(
        sorted(
            entries,
            key=lambda e: (e.day or date.max, KINDS.index(e.kind), e.term, e.number),
        )
    )
