"""Days and periods: business days, corresponding dates, rolls, with their arithmetic.

Every result carries the steps that led to it as sentences, so that a calendar entry
can show why it stands on its day.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from closer.terms.model import Roll, Time, Weekday
from closer.terms.places import (
    HolidayList,
    Memory,
    NoDay,
    holiday_list,
    plain_name,
)
from closer.terms.values import MONTHS, WEEKDAYS, Period, PeriodUnit

Direction = Literal["after", "before"]
_DAY = timedelta(1)
_LONGEST_CLOSURE = 60
"""Days without one business day between them: more is a mistake in the calendar."""


class Day(Struct, frozen=True):
    """A day, and the sentences that show how it was reached, in order."""

    date: date
    steps: tuple[str, ...] = ()


def readable(day: date) -> str:
    """Return a day as steps name it: `2 December 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """Return a day with its weekday: `2 December 2027, a Thursday`."""
    return f"{readable(day)}, a {WEEKDAYS[day.weekday()]}"


class BusinessDays:
    """Which days are business days under one deal's `time`, and how to move by them."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._excluded = {plain_name(name).casefold() for name in time.exclude}
        self._known: dict[date, str | None] = {}

    def why_not(self, day: date) -> str | None:
        """Return why a day is no business day (`Saturday`, `Labor Day`), or None."""
        if day not in self._known:
            self._known[day] = self._reason(day)
        return self._known[day]

    def _reason(self, day: date) -> str | None:
        if day in self._time.extra:
            return "a day agreed to be no business day"
        if self._time.holidays in ("weekends only", ()):
            return self._weekend(day, None)
        lists = [holiday_list(place) for place in self._time.holidays]
        reasons = [self._closed(day, one) for one in lists]
        open_somewhere = None in reasons and self._time.open_in == "any"
        closed = [reason for reason in reasons if reason]
        return None if open_somewhere or not closed else closed[0]

    def _closed(self, day: date, at: HolidayList) -> str | None:
        kept = [name for name in at.on(day) if not self.excludes(name)]
        suffix = f" in {at.place}" if len(self._time.holidays) > 1 else ""
        resting = self._weekend(day, at)
        return resting or (f"{' and '.join(kept)}{suffix}" if kept else None)

    def _weekend(self, day: date, at: HolidayList | None) -> str | None:
        name = WEEKDAYS[day.weekday()]
        if self._time.weekend:
            return name if name in self._time.weekend else None
        return name if day.weekday() in (at.weekend if at else (5, 6)) else None

    def excludes(self, name: str) -> bool:
        """Return whether a holiday of this name was agreed to be a business day."""
        return plain_name(name).casefold() in self._excluded

    def roll(self, day: date, how: Roll) -> Day:
        """Move a day that is no business day to the next one or the one before."""
        reason = None if how == "none" else self.why_not(day)
        if reason is None:
            return Day(day)
        target = self.nearest(day, -1 if how == "preceding" else 1)
        word = "the business day before it" if target < day else "the next business day"
        if how == "modified following" and target.month != day.month:
            target = self.nearest(day, -1)
            word = "the next business day is in another month, and the one before it"
        said = f"{_is(day, reason)}; {word} is {with_weekday(target)}."
        between = sorted({day, target})
        holidays = self._holidays(between[0] + _DAY, between[1] - _DAY)
        return Day(target, (said + _passed_over(holidays),))

    def _holidays(self, first: date, last: date) -> list[tuple[date, str]]:
        """Return the closed days of a stretch that are more than a weekend."""
        days = (first + n * _DAY for n in range((last - first).days + 1))
        reasons = ((day, self.why_not(day) or "") for day in days)
        return [found for found in reasons if found[1] not in ("", *WEEKDAYS)]

    def nearest(self, day: date, step: Literal[1, -1]) -> date:
        """Return the first business day on or after (or on or before) a day."""
        for away in range(_LONGEST_CLOSURE):
            candidate = day + step * away * _DAY
            if self.why_not(candidate) is None:
                return candidate
        raise NoDay(
            f"There is no business day within {_LONGEST_CLOSURE} days of {day}.",
            "The calendar of time leaves no day on which anybody works.",
            "Correct time.weekend or time.extra.",
        )

    def add(self, day: date, number: int) -> Day:
        """Count so many business days after a day, or before it if below zero."""
        if number == 0:
            return Day(day)
        step: Literal[1, -1] = 1 if number > 0 else -1
        at = day
        for _ in range(abs(number)):
            at = self.nearest(at + step * _DAY, step)
        first, last = sorted((day, at))
        holidays = self._holidays(first + _DAY, last - _DAY)
        direction: Direction = "after" if number > 0 else "before"
        period = Period(((abs(number), "business day"),))
        said = f"{period} {direction} {readable(day)} is {with_weekday(at)}."
        return Day(at, (said + _passed_over(holidays),))


def _is(day: date, reason: str) -> str:
    return f"{readable(day)} is {'a ' if reason in WEEKDAYS else ''}{reason}"


def _passed_over(holidays: list[tuple[date, str]]) -> str:
    if not holidays:
        return ""
    return f" Passed over: {'; '.join(f'{readable(d)}, {why}' for d, why in holidays)}."


def business_days(time: Time | None) -> BusinessDays:
    """Return the business days of a deal; weekends alone where no list was agreed."""
    return _shared(time or Time())


@lru_cache(maxsize=64)
def _shared(time: Time) -> BusinessDays:
    """Return the same business days to every deal of a portfolio that agreed them."""
    return BusinessDays(time)


@contextmanager
def with_lists(lists: Mapping[str, Mapping[str, object]]) -> Iterator[None]:
    """Count business days by lists of holidays that were kept, by place.

    A signed deal keeps the holidays that were known when it was signed. A year that the
    kept list does not reach is looked up as ever.
    """
    before = HolidayList.memory
    HolidayList.memory = _Kept(lists, before)
    holiday_list.cache_clear()
    _shared.cache_clear()
    try:
        yield
    finally:
        HolidayList.memory = before
        holiday_list.cache_clear()
        _shared.cache_clear()


class _Kept:
    """Lists as they were signed; what they do not hold is asked of the memory behind.

    Nothing is ever kept: what was signed is not what a library says today.
    """

    def __init__(
        self, lists: Mapping[str, Mapping[str, object]], behind: Memory | None
    ) -> None:
        self._lists = lists
        self._behind = behind

    def recall(self, place: str) -> Mapping[str, object] | None:
        """Return the list of a place as it was signed."""
        if place in self._lists:
            return self._lists[place]
        return self._behind.recall(place) if self._behind else None

    def keep(self, place: str, kept: Mapping[str, object]) -> None:
        """Keep a list that no deal has signed."""
        if self._behind and place not in self._lists:
            self._behind.keep(place, kept)


def weekend_names(time: Time | None) -> tuple[Weekday, ...]:
    """Return the days of the week that are no business days, for the contract."""
    time = time or Time()
    if time.weekend:
        return time.weekend
    if time.holidays in ("weekends only", ()):
        return ("Saturday", "Sunday")
    lists = [holiday_list(place).weekend for place in time.holidays]
    join: Callable[..., frozenset[int]] = (
        frozenset.union if time.open_in == "all" else frozenset.intersection
    )
    return tuple(WEEKDAYS[n] for n in sorted(join(*lists)))  # type: ignore[misc]


def holiday_names(time: Time, years: Iterable[int]) -> tuple[str, ...]:
    """Return the holidays that are no business days, by name, in calendar order.

    A holiday has its place by the day on which it falls, not by the day on which it is
    observed: New Year's Day comes first even where 31 December stands in for it.
    """
    if time.holidays in ("weekends only", ()):
        return ()
    found: dict[str, tuple[bool, int, int]] = {}
    calendar = business_days(time)
    lists = [holiday_list(place) for place in time.holidays]
    for year in years:
        for at in lists:
            for day, names in at.year(year).items():
                if time.open_in == "any" and not _everywhere(day, lists):
                    continue
                for name in names:
                    plain = plain_name(name)
                    place = (plain != name, day.month, day.day)
                    if not calendar.excludes(name):
                        found[plain] = min(place, found.get(plain, place))
    return tuple(sorted(found, key=lambda name: (*found[name][1:], name)))


def _everywhere(day: date, lists: list[HolidayList]) -> bool:
    return all(at.on(day) or day.weekday() in at.weekend for at in lists)


def months_later(day: date, months: int) -> date:
    """Return the day with the same number so many months on, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise _beyond()
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _beyond() -> NoDay:
    return NoDay(
        "A period leads out of the calendar.",
        "There is no date before the year 1 or after the year 9999.",
        "Shorten the period.",
    )


def plus(day: date, period: Period, times: int = 1) -> date:
    """Add a period of years, months, weeks, days and hours, so many times over.

    Years and months are counted together from the day itself, never one after the
    other, so that the 31st stays the 31st; hours round up to whole days. Business days
    are left out: only `counted` knows a calendar.
    """
    months = times * _total(period, {"year": 12, "month": 1})
    days = times * _total(period, {"week": 7, "day": 1})
    hours = times * _total(period, {"hour": 1})
    days += -(-hours // 24) if hours > 0 else hours // 24
    try:
        return months_later(day, months) + timedelta(days)
    except OverflowError:
        raise _beyond() from None


def _total(period: Period, units: dict[PeriodUnit, int]) -> int:
    return sum(number * units.get(unit, 0) for number, unit in period.parts)


def counted(
    period: Period,
    start: date,
    direction: Direction,
    calendar: BusinessDays,
    time: Time | None,
) -> Day:
    """Count a period from a day, as `time` says: the parts in turn, months first.

    `count_trigger_day` makes the starting day the first of the period; `clear_days`
    leaves out both ends of a period before something.
    """
    sign = 1 if direction == "after" else -1
    clear = bool(time and time.clear_days and sign < 0)
    trigger = bool(time and time.count_trigger_day and not clear)
    plain = Period(tuple(part for part in period.parts if part[1] != "business day"))
    business = _total(period, {"business day": 1})
    day, steps = start, []
    if plain.parts:
        day = plus(start, plain, sign)
        if day != start:
            day += timedelta(-sign * trigger - (clear and not business))
        how = _manner(plain, direction, trigger=trigger, clear=clear and not business)
        steps.append(f"{how} {readable(start)} is {with_weekday(day)}.")
        trigger = False
    if business:
        extra = int(clear) - int(trigger and calendar.why_not(day) is None)
        reached = calendar.add(day, sign * (business + extra))
        whole = Period(((business, "business day"),))
        steps += _restated(reached, whole, direction, trigger=trigger, clear=clear)
        day = reached.date
    return Day(day, tuple(steps))


def _manner(period: Period, direction: Direction, *, trigger: bool, clear: bool) -> str:
    words = str(period)
    if clear:
        words = f"{words}, both ends left out,"
    if trigger:
        words = f"{words}, the first day counted,"
    return f"{words} {direction}"


def _restated(
    reached: Day, period: Period, direction: Direction, *, trigger: bool, clear: bool
) -> tuple[str, ...]:
    """Say the agreed number of business days, not the number that was stepped."""
    if not reached.steps:
        said = _manner(period, direction, trigger=trigger, clear=clear)
        on = reached.date
        return (f"{said} {readable(on)} is {with_weekday(on)}.",)
    _, _, rest = reached.steps[0].partition(f" {direction} ")
    return (f"{_manner(period, direction, trigger=trigger, clear=clear)} {rest}",)
