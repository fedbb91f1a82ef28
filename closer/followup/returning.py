"""What comes back: one rule where calendars agree on it, else one entry a day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from closer.followup.deal import Deal, Match, Occasion, Series, said
from closer.followup.recurrence import days_of, rule, until
from closer.followup.shapes import Shape
from closer.followup.wording import filled
from closer.terms.days import readable
from closer.terms.moments import Resolved
from closer.terms.rhythms import Rhythm
from closer.terms.values import Period

_AN_HOUR = 60


def on_rhythm(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Something that comes back: one rule, or where no rule is safe, day by day."""
    text = filled(shape.rhythm or "", {}, match.it)
    if text is None:
        return
    rhythm = Rhythm.read(text)
    found = found_days(rhythm, deal, match)
    effective = deal.effective.day
    safe = rule(rhythm, effective) if effective else None
    if not found.days or safe is None:
        yield from one_by_one(rhythm, found, deal, match)
        return
    last = None if found.open else _at(rhythm, found.days[-1], deal)
    yield Occasion(
        match=match,
        day=_first(found),
        number="every",
        series=_series(rhythm, found.days[0], until(safe, last), deal),
        written=str(rhythm),
        because=said("repeats", deal, rhythm=str(rhythm)),
    )


def before_each(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield a day so long before each time of a rhythm, each an entry of its own.

    Where it would come before the rhythm has begun, there is none.
    """
    text = filled(shape.rhythm or "", {}, match.it)
    ahead = filled(shape.day or "", {}, match.it)
    if text is None or ahead is None:
        return
    rhythm, period = Rhythm.read(text), Period.read(ahead)
    found = found_days(rhythm, deal, match)
    for number, time in enumerate(found.days, 1):
        day = deal.days.counted(period, _of_rhythm(found, time), "before")
        if day.day and found.start.day and day.day >= found.start.day:
            yield Occasion(
                match=match,
                day=day,
                number=str(number),
                written=f"{period} before {rhythm}",
                because=said("repeats", deal, rhythm=str(rhythm)),
                values={"until": readable(time)},
            )


class Found(Struct, frozen=True):
    """The days of a rhythm; `open`: it has no end, and only the first are listed."""

    start: Resolved
    days: tuple[date, ...]
    open: bool
    steps: tuple[str, ...]


def found_days(rhythm: Rhythm, deal: Deal, match: Match) -> Found:
    """Return the days of a rhythm from its start to the end of the contract."""
    effective = deal.effective
    start, end = effective, deal.days.current_end()
    if rhythm.start is not None:
        start = deal.days.resolve(rhythm.start, match.term)
    if rhythm.until is not None:
        end = deal.days.resolve(rhythm.until, match.term)
    if effective.day is None or start.day is None:
        missing = start if start.day is None else effective
        return Found(replace(missing, steps=()), (), open=False, steps=())
    last = end.day or deal.limit(start.day)
    days = tuple(days_of(rhythm, effective.day, start.day, last))
    steps = _bounds(rhythm, deal, ends=bool(end.day or end.waits_for))
    return Found(start, days, open=end.day is None, steps=steps)


def _bounds(rhythm: Rhythm, deal: Deal, *, ends: bool) -> tuple[str, ...]:
    """Say how it comes back and until when, in one sentence."""
    text, duration = str(rhythm), deal.terms.duration
    if rhythm.until is not None:
        return (said("repeats", deal, rhythm=text),)
    if not ends:
        return (said("open", deal, rhythm=text),)
    renews = duration is not None and duration.renewal is not None
    renews = renews and deal.days.last_end().date is None
    return (said("renews" if renews else "last", deal, rhythm=text),)


def _first(found: Found) -> Resolved:
    """Return the first day of a rhythm, due only if what it starts with has come."""
    return _of_rhythm(found, found.days[0])


def _of_rhythm(found: Found, day: date) -> Resolved:
    if found.start.date is not None:
        return Resolved(day, steps=found.steps)
    return Resolved(None, day, found.start.waits_for, found.steps)


def _at(rhythm: Rhythm, day: date, deal: Deal) -> date:
    """Return the hour of a meeting in the deal's zone; a day where none is agreed."""
    if rhythm.at is None or deal.terms.timezone is None:
        return day
    return datetime.combine(day, rhythm.at, ZoneInfo(deal.terms.timezone))


def _series(rhythm: Rhythm, day: date, text: str | None, deal: Deal) -> Series:
    start = _at(rhythm, day, deal)
    end = start
    if isinstance(start, datetime):
        end = start + timedelta(minutes=rhythm.minutes or _AN_HOUR)
    return Series(start, end, text)


def one_by_one(
    rhythm: Rhythm, found: Found, deal: Deal, match: Match
) -> Iterator[Occasion]:
    """Yield each time of a rhythm as an occasion of its own, numbered."""
    if not found.days and found.start.day is None:
        because = said("repeats", deal, rhythm=str(rhythm))
        shared = {"written": str(rhythm), "because": because}
        yield Occasion(match=match, day=found.start, number="1", **shared)  # type: ignore[arg-type]
        return
    timed = rhythm.at is not None and deal.terms.timezone is not None
    for number, day in enumerate(found.days, 1):
        yield Occasion(
            match=match,
            day=_of_rhythm(found, day),
            number=str(number),
            series=_series(rhythm, day, None, deal) if timed else None,
            written=str(rhythm),
            because=said("repeats", deal, rhythm=str(rhythm)),
        )
