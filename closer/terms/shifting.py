"""`later by 2 weeks`: moves a moment and keeps what was written of it.

A deadline that was agreed as four weeks after the garage stays one: it becomes six
weeks after the garage and moves again when the garage does.
"""

from datetime import date
from typing import Literal

from closer.terms.days import BusinessDays, plus
from closer.terms.places import NoDay
from closer.terms.values import Moment, Offset, Period, PeriodUnit, Unreadable

Shift = Literal["later", "earlier"]
Parts = list[tuple[int, PeriodUnit]]

_ADD_UP: tuple[dict[PeriodUnit, int], ...] = (
    {"year": 12, "month": 1},
    {"week": 7, "day": 1},
    {"hour": 1},
    {"business day": 1},
)
"""Units that add, each in the smallest of its group; no unit adds across groups."""


def shifted(
    moment: Moment, period: Period, shift: Shift, calendar: BusinessDays
) -> Moment:
    """Return a moment moved by a period, in the words in which it was agreed."""
    sign = 1 if shift == "later" else -1
    if isinstance(moment, date):
        return _other_date(moment, period, sign, calendar)
    if isinstance(moment, Offset):
        base = 1 if moment.direction == "after" else -1
        moved = _added(
            [(base * number, unit) for number, unit in moment.period.parts],
            [(sign * number, unit) for number, unit in period.parts],
        )
        moved = [part for part in moved if part[0]]
        signs = {number > 0 for number, _ in moved}
        if not moved:
            return moment.of
        if len(signs) == 1:
            return _offset(moved, moment.of)
    return _offset([(sign * number, unit) for number, unit in period.parts], moment)


def _offset(parts: Parts, of: Moment) -> Offset:
    words = " and ".join(f"{abs(number)} {unit}s" for number, unit in parts)
    return Offset(Period.read(words), "after" if parts[0][0] > 0 else "before", of)


def _other_date(day: date, period: Period, sign: int, calendar: BusinessDays) -> date:
    units = {unit for _, unit in period.parts}
    if "hour" in units:
        raise Unreadable(
            f"A date cannot be moved by {period}.",
            "A date has no hour from which hours could be counted.",
            "Move it by days.",
        )
    business = sum(number for number, unit in period.parts if unit == "business day")
    try:
        day = plus(day, period, sign)
        return calendar.add(day, sign * business).date if business else day
    except NoDay as no_day:
        raise Unreadable(no_day.what, no_day.why, no_day.remedy) from no_day


def _added(parts: Parts, more: Parts) -> Parts:
    """Return signed parts with others added to them, group by group."""
    for number, unit in more:
        group = next(group for group in _ADD_UP if unit in group)
        alike = [part for part in parts if part[1] in group]
        others = [part for part in parts if part[1] not in group]
        units = [part[1] for part in alike]
        if unit in units and units.count(unit) == 1:
            alike = [(n + number * (u == unit), u) for n, u in alike]
        else:
            alike = [*alike, (number, unit)]
        signs = {n > 0 for n, _ in alike if n}
        if unit not in units or len(signs) > 1:
            alike = _in_smallest(alike, group)
        parts = others + [part for part in alike if part[0]]
    return parts


def _in_smallest(alike: Parts, group: dict[PeriodUnit, int]) -> Parts:
    if len(alike) == 1:
        return alike
    smallest = min((unit for _, unit in alike), key=lambda unit: group[unit])
    total = sum(number * group[unit] for number, unit in alike)
    return [(total // group[smallest], smallest)]
