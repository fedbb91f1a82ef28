"""Rhythms and targets: what comes back, and what is measured when it does."""

import re
from datetime import time
from decimal import Decimal
from typing import Literal, Self

from msgspec import Struct

from closer.terms.values import (
    MONTHS,
    ORDINALS,
    WEEKDAYS,
    Moment,
    RhythmUnit,
    Share,
    Unreadable,
    read_moment,
    read_time,
)


class On(Struct, frozen=True):
    """Which day of the rhythm: a weekday (0 is Monday), the nth of it, or a date."""

    weekday: int | None = None
    nth: int | None = None
    day: int | None = None
    month: int | None = None

    def __str__(self) -> str:
        if self.weekday is not None:
            name = WEEKDAYS[self.weekday]
            if self.nth is None:
                return name
            return f"the {_name_of(self.nth)} {name}"
        if self.month is not None:
            return f"{self.day} {MONTHS[self.month - 1]}"
        return f"day {self.day}"


def _name_of(nth: int) -> str:
    return next(name for name, number in ORDINALS.items() if number == nth)


class Rhythm(Struct, frozen=True):
    """Something that comes back; `minutes` is how long each time takes."""

    every: int
    unit: RhythmUnit
    on: On | None = None
    at: time | None = None
    minutes: int | None = None
    start: Moment | None = None
    until: Moment | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `every 2 weeks on Monday at 09:00 for 30 minutes until 2026-11-30`."""
        match = re.fullmatch(_PATTERN, " ".join(text.split()))
        if not match:
            raise _no_rhythm(text)
        unit: RhythmUnit = match["unit"]  # type: ignore[assignment]
        number = int(match["number"] or 1)
        if number < 1 or (match["plural"] and not match["number"]):
            raise _no_rhythm(text)
        if match["length"] and not match["at"]:
            raise Unreadable(
                f"{text!r} says how long, but not at what time.",
                "A length without an hour cannot be put into a calendar.",
                "Write at HH:MM before it.",
            )
        return cls(
            every=number,
            unit=unit,
            on=_read_on(match["on"], unit, text) if match["on"] else None,
            at=read_time(match["at"]) if match["at"] else None,
            minutes=_minutes(match) if match["length"] else None,
            start=read_moment(match["start"]) if match["start"] else None,
            until=read_moment(match["until"]) if match["until"] else None,
        )

    def __str__(self) -> str:
        number = f"{self.every} {self.unit}s" if self.every > 1 else self.unit
        words = [f"every {number}"]
        if self.on:
            words.append(f"on {self.on}")
        if self.at:
            words.append(f"at {self.at:%H:%M}")
        if self.minutes:
            words.append(f"for {length(self.minutes)}")
        if self.start:
            words.append(f"from {self.start}")
        if self.until:
            words.append(f"until {self.until}")
        return " ".join(words)


_PATTERN = (
    r"every (?:(?P<number>[0-9]{1,3}) )?"
    r"(?P<unit>day|week|month|quarter|year)(?P<plural>s?)"
    r"(?: on (?P<on>the \w+ \w+|day [0-9]{1,2}|[0-9]{1,2} [A-Z]\w+|[A-Z]\w+))?"
    r"(?: at (?P<at>\d{2}:\d{2}))?"
    r"(?: for (?P<length>[1-9][0-9]{0,2}) (?P<measure>minute|hour)s?)?"
    r"(?: from (?P<start>.+?))?(?: until (?P<until>.+))?"
)


def _minutes(match: re.Match[str]) -> int:
    return int(match["length"]) * (60 if match["measure"] == "hour" else 1)


def length(minutes: int) -> str:
    """Return how long a meeting takes: `30 minutes`, `1 hour`."""
    number, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{number} {unit}{'s' * (number != 1)}"


def _read_on(words: str, unit: RhythmUnit, whole: str) -> On:
    parts = words.split()
    if parts[0] == "the" and unit in ("month", "quarter", "year"):
        nth, weekday = ORDINALS.get(parts[1]), parts[2]
        if nth and weekday in WEEKDAYS:
            return On(weekday=WEEKDAYS.index(weekday), nth=nth)
    elif parts[0] == "day" and unit in ("month", "quarter"):
        if 1 <= int(parts[1]) <= 31:
            return On(day=int(parts[1]))
    elif len(parts) == 2 and parts[1] in MONTHS and unit == "year":
        return _yearly(int(parts[0]), MONTHS.index(parts[1]) + 1, whole)
    elif words in WEEKDAYS and unit == "week":
        return On(weekday=WEEKDAYS.index(words))
    raise _no_rhythm(whole)


def _yearly(day: int, month: int, whole: str) -> On:
    longest = 30 if month in (4, 6, 9, 11) else 29 if month == 2 else 31
    if not 1 <= day <= longest:
        raise _no_rhythm(whole)
    return On(day=day, month=month)


def _no_rhythm(text: str) -> Unreadable:
    return Unreadable(
        f"{text!r} is no rhythm.",
        "A rhythm says how often and, where it matters, on which day and at what hour.",
        "Write it like every 2 weeks on Monday at 09:00 for 30 minutes, every month on "
        "the first Tuesday, every month on day 15, or every year on 1 March.",
    )


class Target(Struct, frozen=True):
    """What a benchmark must reach: at least or at most so much of a unit."""

    bound: Literal["at least", "at most"]
    value: Decimal
    unit: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `at least 95%`, `at most 5`, `at most 4 hours`."""
        match = re.fullmatch(
            r"at (least|most) ([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(%|[\w /-]*)",
            " ".join(text.split()),
        )
        if not match:
            raise Unreadable(
                f"{text!r} is no target.",
                "A target that says neither at least nor at most cannot be missed.",
                "Write it like at least 95% or at most 5.",
            )
        bound: Literal["at least", "at most"] = (
            "at least" if match[1] == "least" else "at most"
        )
        value = Share.read(f"{match[2]}%").percent
        return cls(bound, value, match[3].strip())

    def __str__(self) -> str:
        gap = "" if self.unit in ("", "%") else " "
        return f"{self.bound} {self.value}{gap}{self.unit}"


class AfterLastStep(Struct, frozen=True):
    """A period that runs from the end of the last step of a dispute."""

    period: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `30 days after the last step`."""
        match = re.fullmatch(
            r"([0-9]+ (?:days|weeks|months|day|week|month))"
            r" after the last step",
            " ".join(text.split()),
        )
        if not match:
            raise Unreadable(
                f"{text!r} does not say when the pause ends.",
                "A pause of the limitation period without an end runs for ever.",
                "Write it like 30 days after the last step.",
            )
        return cls(match[1])

    def __str__(self) -> str:
        return f"{self.period} after the last step"
