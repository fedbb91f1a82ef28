"""What runs from something that happened, by data alone: answers, cures, long stops.

An event has the name that its shape gives it: `force_majeure`, `orders.placed`. What
happens a second time is `orders.placed.2`, and so on; each time has its own entries.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from closer.followup.deal import Deal, Match, Occasion, between, said
from closer.followup.shapes import Shape
from closer.followup.wording import filled
from closer.terms.contingencies import LongStop
from closer.terms.days import readable
from closer.terms.moments import Resolved
from closer.terms.resolved import time_of
from closer.terms.values import Period, take_period

_MOST_UPDATES = 12
"""Times of a rhythm that lasts as long as an event of which nobody knows the end."""

_DAY = timedelta(1)


class Time(NamedTuple):
    """One time that something happened: its number (`2` for the second) and its day."""

    number: str
    day: date


def times(event: str, deal: Deal) -> list[Time]:
    """Return each time that an event happened, the first without a number."""
    if event == "signing":
        signed = deal.days.facts.signed
        return [Time("", signed)] if signed else []
    happened = deal.days.facts.happened.items()
    told = ((*time_of(name), day) for name, day in happened)
    found = sorted((number, day) for name, number, day in told if name == event)
    return [Time(str(number) if number > 1 else "", day) for number, day in found]


def event_of(shape: Shape, match: Match) -> str:
    """Return the event from which a shape's day runs."""
    return filled(shape.happened or "", {"id": match.id}) or ""


def since(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day of a period that runs from each time something happened.

    Where the terms name what it runs from (`5 years after end`), only if it is this.
    """
    text = filled(shape.day or "", {"id": match.id}, match.it, deal.terms)
    event = event_of(shape, match)
    if text is None:
        return
    period, rest = take_period(text.split(), text)
    if rest not in ([], ["after", event]):
        return
    for time in times(event, deal):
        start = began(time.day, deal)
        day = deal.days.counted(period, start)
        day = deal.days.rolled(day) if shape.rolls else day
        yield _run(match, time, day, str(period), deal)


def ahead_of(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day so long before each time of something that is to come."""
    text = filled(shape.day or "", {"id": match.id}, match.it, deal.terms)
    if text is None:
        return
    period, _ = take_period(text.split(), text)
    for time in times(event_of(shape, match), deal):
        day = deal.days.counted(period, _coming(time.day, deal), "before")
        found = _run(match, time, day, f"{period} before", deal)
        yield replace(found, begins=None)


def _coming(day: date, deal: Deal) -> Resolved:
    return Resolved(day, steps=(said("fixed", deal),))


def began(day: date, deal: Deal) -> Resolved:
    """Return the day on which something happened, with a sentence that says so."""
    return Resolved(day, steps=(said("happened", deal, day=readable(day)),))


def _run(match: Match, time: Time, day: Resolved, written: str, deal: Deal) -> Occasion:
    start = Resolved(time.day)
    return Occasion(
        match=match,
        day=day,
        number=time.number,
        written=written,
        because=said("happened", deal, day=readable(time.day)),
        ahead=between(start, day),
        begins=time.day,
        values={"happened": readable(time.day)},
    )


def updates(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield each day for telling how it goes, until it is over.

    While nobody has recorded the end, only so many are listed.
    """
    event, every = event_of(shape, match), match.it
    if not isinstance(every, Period):
        return
    over = dict(times(f"{event}.ended", deal))
    for time in times(event, deal):
        for turn in range(1, _MOST_UPDATES + 1):
            whole = Period(tuple((turn * n, unit) for n, unit in every.parts))
            day = deal.days.counted(whole, began(time.day, deal))
            last = over.get(time.number)
            if last and day.date and day.date > last:
                break
            found = _run(match, time, day, f"every {every}", deal)
            values = found.values | {"number": str(turn)}
            number = f"{time.number} {turn}".strip()
            yield replace(found, number=number, values=values)


def long_stop(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day on which the right to end opens, if what began still lasts.

    Days in a row count from one beginning alone. Days in total are added up over every
    time it happened, those too long ago left out where the parties agreed a span.
    """
    stop, event = match.it, event_of(shape, match)
    if not isinstance(stop, LongStop):
        return
    over = dict(times(f"{event}.ended", deal))
    stretches = [_Stretch(time, over.get(time.number)) for time in times(event, deal)]
    if stop.kind == "consecutive":
        for one in stretches:
            opens = one.time.day + stop.days * _DAY
            if one.last is None or one.last >= opens:
                yield _opening(stop, one.time, opens, [one], deal, match)
        return
    reached = _in_total(stop, stretches)
    if reached:
        first = Time("", stretches[0].time.day)
        yield _opening(stop, first, reached, stretches, deal, match)


class _Stretch(NamedTuple):
    """From one beginning to its end; without an end it is taken to last."""

    time: Time
    last: date | None

    def holds(self, day: date) -> bool:
        return self.time.day <= day and (self.last is None or day <= self.last)


def _in_total(stop: LongStop, stretches: list[_Stretch]) -> date | None:
    """Return the day after the last of so many days, each counted once."""
    counted: list[date] = []
    ends = [one.last or one.time.day + stop.days * _DAY for one in stretches]
    day = min((one.time.day for one in stretches), default=date.max)
    while day <= max(ends, default=date.min):
        if any(one.holds(day) for one in stretches):
            counted.append(day)
        near = [each for each in counted if (day - each).days < _span(stop)]
        if len(near) >= stop.days:
            return day + _DAY
        day += _DAY
    return None


def _span(stop: LongStop) -> float:
    return stop.in_any_days or float("inf")


def _opening(
    stop: LongStop,
    time: Time,
    opens: date,
    stretches: list[_Stretch],
    deal: Deal,
    match: Match,
) -> Occasion:
    steps = tuple(
        said(
            "lasted" if one.last else "lasts",
            deal,
            day=readable(one.time.day),
            until=readable(one.last) if one.last else "",
        )
        for one in stretches
    )
    day = Resolved(opens, steps=(*steps, said("opens", deal, day=readable(opens))))
    found = _run(match, time, day, f"{stop.days} days", deal)
    variant = "total" if stop.kind == "in total" else ""
    if stop.in_any_days:
        variant = "total in any"
    return replace(found, variant=variant)
