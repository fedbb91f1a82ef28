"""What comes back with each month, quarter or year: reports, forecasts, minimums.

The day is counted from the end of a stretch of time or back from its beginning, so each
one becomes an entry of its own.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from closer.followup.deal import A_DAY, Deal, Match, Occasion
from closer.followup.returning import on_rhythm
from closer.followup.shapes import Shape
from closer.followup.wording import filled, hanging
from closer.terms.days import plus, readable
from closer.terms.model import Duration
from closer.terms.moments import Resolved
from closer.terms.values import Anchor, Period, take_period

_MONTHS = {
    "calendar month": 1,
    "calendar quarter": 3,
    "calendar half-year": 6,
    "calendar year": 12,
}
_ONE_DAY = timedelta(1)
_HALF_A_YEAR = timedelta(180)


class Stretch(NamedTuple):
    """A month, quarter or year of the deal, from its first day to its last."""

    first: date
    last: date


def stretches(each: str, start: date, end: date) -> Iterator[Stretch]:
    """Yield each stretch that has a day between two days, in order."""
    if each == "contract year":
        years = (plus(start, Period(((n, "year"),))) for n in range(200))
        for first, after in pairwise(years):
            if first > end:
                return
            yield Stretch(first, after - _ONE_DAY)
        return
    months = _MONTHS[each]
    number = (start.year * 12 + start.month - 1) // months * months
    while True:
        year, month = divmod(number, 12)
        first = date(year, month + 1, 1)
        if first > end:
            return
        year, month = divmod(number + months - 1, 12)
        last = date(year, month + 1, monthrange(year, month + 1)[1])
        yield Stretch(first, last)
        number += months


def each_stretch(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day of each stretch: after its end, before its beginning, or its end.

    `day` says which: `P after its end`, `P before its beginning`, `its middle` (of half
    a year or more), `its end`. Words name only the days on which the deal runs.
    """
    text = filled(shape.day or "", {}, match.it)
    each = _named(filled(shape.each or "", {}, match.it))
    if text is None or each is None:
        return
    start, end = _begins(deal, match), deal.days.current_end()
    if start.day is None:
        yield Occasion(match=match, day=start, number="first", written=text)
        return
    until = end.day or deal.limit(start.day)
    for stretch in stretches(each, start.day, until):
        base = _base(text, stretch, start)
        if base is not None:
            shown = Stretch(max(stretch.first, start.day), min(stretch.last, until))
            found = _of(shape, deal, match, text, base)
            if shape.to_end and (found.day.day or until) > until:
                found = _at_the_end(found, deal)
            yield replace(found, number=str(stretch.last), values=_values(shown))


def look_after_each(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield a look on the day after each stretch, as one thing that comes back.

    A stretch whose last day moves from year to year has an entry for each time.
    """
    each = _named(filled(shape.each or "", {}, match.it))
    start, end = _begins(deal, match), deal.days.current_end()
    months = _MONTHS.get(each or "")
    if start.date is None or each is None or months is None:
        yield from each_stretch(replace(shape, day=_NEXT_DAY), deal, match)
        return
    until = end.day or deal.limit(start.date)
    last_days = [one.last for one in stretches(each, start.date, until)]
    first, last = last_days[0] + _ONE_DAY, last_days[-1] + _ONE_DAY
    rhythm = f"every {months} months on day 1 from {first} until {last}"
    yield from on_rhythm(replace(shape, rhythm=rhythm), deal, match)


def _named(each: str | None) -> str | None:
    """Return a stretch by its whole name: a rate per month is one per calendar month.

    None of what is no stretch, such as an hour.
    """
    known = [*_MONTHS, "contract year"]
    return next((one for one in known if each in (one, one.split()[1])), None)


_NEXT_DAY = "1 day after its end"


def _begins(deal: Deal, match: Match) -> Resolved:
    duration = deal.terms.duration or Duration()
    return deal.days.resolve(duration.starts or Anchor("effective"), match.term)


def _base(text: str, stretch: Stretch, start: Resolved) -> Resolved | None:
    """Return the day from which a day of a stretch is counted; None if too early."""
    day = stretch.last
    if text == "its middle":
        day = stretch.first + (stretch.last - stretch.first) / 2
    elif text.endswith("before its beginning"):
        day = stretch.first
    early = start.day is not None and day <= start.day and day != stretch.last
    if early or (text == "its middle" and _short(stretch)):
        return None
    return _known(day, start)


def _of(shape: Shape, deal: Deal, match: Match, text: str, base: Resolved) -> Occasion:
    day = base
    if text not in ("its end", "its middle"):
        period, _ = take_period(text.split(), text)
        ahead = text.endswith("before its beginning")
        day = deal.days.counted(period, base, "before" if ahead else "after")
    day = deal.days.rolled(day) if shape.rolls else day
    opens = deal.days.counted(A_DAY, base) if shape.kind == "window" else None
    return Occasion(match=match, day=day, opens=opens, written=text)


def _at_the_end(found: Occasion, deal: Deal) -> Occasion:
    """Return an occasion that the end of the contract brings forward."""
    last = deal.days.last_end()
    because = hanging(Anchor("end"), deal.terms, deal.shapes.words)
    return replace(found, day=last, because=because, moves=last.date is None)


def _values(shown: Stretch) -> dict[str, str]:
    return {"from": readable(shown.first), "until": readable(shown.last)}


def _short(stretch: Stretch) -> bool:
    """Whether a look in the middle of a stretch would come too soon to be of use."""
    return stretch.last - stretch.first < _HALF_A_YEAR


def _known(day: date, start: Resolved) -> Resolved:
    """Return a day that is only expected as long as the first day is."""
    if start.date is not None:
        return Resolved(day)
    return Resolved(None, day, start.waits_for)
