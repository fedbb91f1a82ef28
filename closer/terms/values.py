"""The values of which terms are made: read from text, written back as text.

`read` of every kind takes the text as the user wrote it and gives a frozen value or
raises `Unreadable`; `str` of a value is its canonical form, which `read` takes back.
Nothing here knows a deal, a calendar or a document.
"""

import re
from datetime import date, time
from typing import Literal, Self

from msgspec import Struct

from closer.terms.amounts import (
    Amount,
    Charge,
    Money,
    Quantity,
    Rate,
    RateUnit,
    Rest,
    Share,
    Unreadable,
    read_amount,
    read_cap,
    read_margin,
    read_measure,
)

__all__ = [
    "MONTHS",
    "NAMED_DAYS",
    "ORDINALS",
    "WEEKDAYS",
    "Amount",
    "Anchor",
    "Charge",
    "Extreme",
    "Fact",
    "Moment",
    "Money",
    "Offset",
    "Period",
    "PeriodUnit",
    "Quantity",
    "Rate",
    "RateUnit",
    "Rest",
    "RhythmUnit",
    "Share",
    "Unreadable",
    "read_amount",
    "read_cap",
    "read_date",
    "read_margin",
    "read_measure",
    "read_moment",
    "read_time",
    "take_moment",
    "take_period",
]

PeriodUnit = Literal["hour", "day", "business day", "week", "month", "year"]
RhythmUnit = Literal["day", "week", "month", "quarter", "year"]
Fact = Literal["", "due", "met", "accepted"]

WEEKDAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
NAMED_DAYS = ("signing", "effective", "end", "renewal")
"""Anchors that every deal has; any other anchor is a milestone or an event."""


class Period(Struct, frozen=True):
    """A length of time, in parts that are counted in turn."""

    parts: tuple[tuple[int, PeriodUnit], ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `30 days`, `10 business days`, `1 year and 6 months`, `72 hours`."""
        words = text.split()
        period, rest = take_period(words, text)
        if rest:
            only = rest[0] in ("after", "before", "from")
            raise _no_period(text, f"Write {period}, the length alone." if only else "")
        return cls(period.parts)

    def __str__(self) -> str:
        return " and ".join(f"{n} {unit}{'s' * (n != 1)}" for n, unit in self.parts)


UNITS: dict[str, PeriodUnit] = {
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
}
_LARGEST_FIRST: tuple[PeriodUnit, ...] = (
    "year",
    "month",
    "week",
    "day",
    "hour",
    "business day",
)


def take_period(words: list[str], whole: str) -> tuple[Period, list[str]]:
    """Read a period from the front of `words`; return it and the words left over."""
    parts: list[tuple[int, PeriodUnit]] = []
    while True:
        part, words = _take_part(words, whole)
        parts.append(part)
        if words[:1] == ["and"] and words[1:2] and words[1].isdigit():
            words = words[1:]
            continue
        parts.sort(key=lambda part: _LARGEST_FIRST.index(part[1]))
        return Period(tuple(parts)), words


def _take_part(
    words: list[str], whole: str
) -> tuple[tuple[int, PeriodUnit], list[str]]:
    if not words or not re.fullmatch(r"[0-9]{1,9}", words[0]):
        raise _no_period(whole)
    number, rest = int(words[0]), words[1:]
    if rest[:1] in (["business"], ["working"]):
        days = rest[1:2] in (["day"], ["days"])
        if rest[0] == "working" or not days:
            raise _no_period(whole, f"Write {number} business days." if days else "")
        return _within_a_century(number, "business day", whole), rest[2:]
    unit = UNITS.get(rest[0].removesuffix("s")) if rest else None
    if unit is None:
        raise _no_period(whole)
    return _within_a_century(number, unit, whole), rest[1:]


_IN_A_CENTURY: dict[PeriodUnit, int] = {
    "hour": 876_600,
    "day": 36_525,
    "business day": 26_000,
    "week": 5_218,
    "month": 1_200,
    "year": 100,
}


def _within_a_century(
    number: int, unit: PeriodUnit, whole: str
) -> tuple[int, PeriodUnit]:
    if number > _IN_A_CENTURY[unit]:
        raise Unreadable(
            f"{whole!r} is longer than a hundred years.",
            "No day can be computed that far away, and no deal means it.",
            "Correct the number or its unit.",
        )
    return number, unit


def _no_period(text: str, remedy: str = "") -> Unreadable:
    if re.fullmatch(r"\d+", text.strip()):
        return Unreadable(
            f"{text!r} has no unit.",
            "Days, business days, weeks and months end on different dates.",
            f"Write {text.strip()} days, or whichever unit was agreed.",
        )
    return Unreadable(
        f"{text!r} is no period.",
        "A period is a whole number and hours, days, business days, weeks, months "
        "or years.",
        remedy or "Write it like 30 days, 10 business days, or 1 year and 6 months.",
    )


class Sending(Struct, frozen=True):
    """A way of sending, and how soon: `courier within 2 business days`."""

    way: str
    within: Period

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `courier within 2 business days`."""
        way, _, period = text.strip().partition(" within ")
        if way not in ("hand", "courier", "post", "post_abroad"):
            raise Unreadable(
                f"{text!r} names no way of sending.",
                "A second way that nobody can identify secures nothing.",
                "Write it like courier within 2 business days.",
            )
        return cls(way, Period.read(period))

    def __str__(self) -> str:
        return f"{self.way} within {self.within}"


class Anchor(Struct, frozen=True):
    """A day that something else fixes: `signing`, `garage.met`, an event."""

    name: str
    fact: Fact = ""

    def __str__(self) -> str:
        return f"{self.name}.{self.fact}" if self.fact else self.name


class Offset(Struct, frozen=True):
    """A period after or before another moment."""

    period: Period
    direction: Literal["after", "before"]
    of: "Moment"

    def __str__(self) -> str:
        return f"{self.period} {self.direction} {self.of}"


class Extreme(Struct, frozen=True):
    """The later or the earlier of two moments."""

    which: Literal["later", "earlier"]
    of: tuple["Moment", "Moment"]

    def __str__(self) -> str:
        return f"the {self.which} of {self.of[0]} and {self.of[1]}"


Moment = date | Anchor | Offset | Extreme
"""A point in time as the parties wrote it, never only as its result."""


def read_date(text: str) -> date:
    """Read an ISO date; `3/8/26` is refused, for nobody knows which is the month."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return _this_age(date.fromisoformat(text))
        except ValueError as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable(
                f"{text} is no day of the calendar.",
                "A deadline on a day that does not exist has no last day.",
                "Correct the month or the day.",
            ) from error
    if re.fullmatch(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}", text):
        raise Unreadable(
            f"{text!r} can be read as several dates.",
            "Which number is the month, and which century is meant?",
            "Write year, month, day: 2026-08-03.",
        )
    if written := _date_in_words(text.split()):
        raise _spelled_out(text, written)
    raise Unreadable(
        f"{text!r} is no date.",
        "Dates are written one way only, so that nobody can misread them.",
        "Write year, month, day: 2026-08-03.",
    )


_DEEPEST_MOMENT = 12


def read_moment(text: str) -> Moment:
    """Read a date, an anchor, a period after or before one, or the later of two."""
    words = text.split()
    if sum(word in ("after", "before", "of") for word in words) > _DEEPEST_MOMENT:
        raise Unreadable(
            f"{text[:60]!r}… hangs on too many other moments.",
            "Nobody can follow such a chain to its day.",
            "Give the step in between a name, as a milestone of its own.",
        )
    moment, rest = take_moment(words, text)
    if rest:
        raise _no_moment(text)
    return moment


def take_moment(words: list[str], whole: str) -> tuple[Moment, list[str]]:
    """Read a moment from the front of `words`; return it and the words left over."""
    if not words:
        raise _no_moment(whole)
    if words[0] == "the" and words[1:2] in (["later"], ["earlier"]):
        return _take_extreme(words, whole)
    if written := _date_in_words(words):
        raise _spelled_out(whole, written)
    if words[0].isdigit() and len(words) > 1:
        period, rest = take_period(words, whole)
        if rest[:1] not in (["after"], ["before"]):
            raise _from_when(period, whole) if not rest else _no_moment(whole)
        of, left = take_moment(rest[1:], whole)
        return Offset(period, "after" if rest[0] == "after" else "before", of), left
    if words[0][0].isdigit():
        return read_date(words[0]), words[1:]
    return _anchor(words[0], whole), words[1:]


def _take_extreme(words: list[str], whole: str) -> tuple[Moment, list[str]]:
    if words[2:3] != ["of"]:
        raise _no_moment(whole)
    first, rest = take_moment(words[3:], whole)
    if rest[:1] != ["and"]:
        raise _no_moment(whole)
    second, left = take_moment(rest[1:], whole)
    return Extreme("later" if words[1] == "later" else "earlier", (first, second)), left


def _anchor(word: str, whole: str) -> Anchor:
    match = re.fullmatch(r"([a-z][a-z0-9_-]*)(?:\.(due|met|accepted))?", word)
    if not match or (match[1] in NAMED_DAYS and match[2]):
        raise _no_moment(whole)
    fact: Fact = match[2] or ""  # type: ignore[assignment]
    return Anchor(match[1], fact)


def _no_moment(text: str) -> Unreadable:
    return Unreadable(
        f"{text!r} is no moment.",
        "A moment is a date, something that fixes a day (signing, effective, end, a "
        "milestone), or a period after or before it.",
        "Write it like 2026-08-03, 10 business days after garage, or "
        "the later of 2026-08-03 and signing.",
    )


def _from_when(period: Period, whole: str) -> Unreadable:
    return Unreadable(
        f"{whole!r} does not say from when it is counted.",
        "A period alone ends on no day.",
        f"Write it like {period} after signing, or after whatever it runs from.",
    )


def _date_in_words(words: list[str]) -> date | None:
    """Return the date that `1 Feb 2026` or `February 1, 2026` at the front means."""
    plain = [word.strip(",.").lower() for word in words[:3]]
    for day, month, year in (
        (plain, [plain[1], plain[0], plain[2]]) if plain[2:] else ()
    ):
        named = [n for n, name in enumerate(MONTHS, 1) if _names(month, name)]
        number = re.fullmatch(r"([0-9]{1,2})(st|nd|rd|th)?", day)
        if named and number and re.fullmatch("[0-9]{4}", year):
            try:
                return date(int(year), named[0], int(number[1]))
            except ValueError:
                return None
    return None


def _names(word: str, month: str) -> bool:
    return len(word) > 2 and month.lower().startswith(word)


def _spelled_out(text: str, meant: date) -> Unreadable:
    return Unreadable(
        f"{text!r} has a date in words.",
        "Dates are written one way only, so that nobody can misread them.",
        f"Write year, month, day: {meant}.",
    )


def _this_age(day: date) -> date:
    if 1900 <= day.year < 2300:
        return day
    raise Unreadable(
        f"{day} lies in another age.",
        "A year far from ours is a slip of the hand.",
        "Correct the year.",
    )


def read_time(text: str) -> time:
    """Read an hour of the day, `09:00` to `23:59`."""
    if re.fullmatch(r"[0-9]{2}:[0-9]{2}", text.strip()):
        try:
            return time.fromisoformat(text.strip())
        except ValueError:
            pass
    raise Unreadable(
        f"{text!r} is no time of day.",
        "Morning and afternoon must not be confused.",
        "Write it with 24 hours: 17:00.",
    )
