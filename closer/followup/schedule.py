"""The follow-up schedule: terms and facts, by the shapes of what is followed up."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from msgspec.structs import replace

from closer.followup.deal import Deal, Occasion, said, title_of
from closer.followup.entries import Entry, Schedule, Status, in_order, uid_of
from closer.followup.occasions import occasions
from closer.followup.shapes import Shape, Shapes
from closer.followup.wording import (
    anchor_in_words,
    filled,
    named,
    on_one_line,
    others,
)
from closer.terms.days import counted, readable
from closer.terms.model import Terms
from closer.terms.moments import Days, Facts, Resolved
from closer.terms.values import Anchor, read_moment

__all__ = ["Entry", "Schedule", "schedule"]

_BEFORE_ANY_DEAL = date(1970, 1, 1)
_AWAITED = "awaited"
_LEADS = ((90, (90, 30, 7)), (29, (30, 14, 3)), (-1, (14, 3, 1)))
"""Reminders by the length of what is coming: more than so many days, then these."""


def schedule(
    terms: Terms, facts: Facts, shapes: Shapes, *, horizon: int = 5
) -> Schedule:
    """Return the schedule of a deal; renewals are listed `horizon` years ahead."""
    deal = Deal(terms, Days(terms, facts), shapes, horizon)
    found = list(_entries(deal, asking=False))
    awaited = frozenset(entry.waits_for for entry in found if entry.waits_for)
    found += _entries(replace(deal, awaited=awaited), asking=True)
    return Schedule(
        title=terms.title,
        reference=terms.reference,
        timezone=terms.timezone,
        entries=in_order(found),
        changes=len(terms.amended),
        ends=deal.days.current_end().day,
    )


def _entries(deal: Deal, *, asking: bool) -> Iterator[Entry]:
    for shape in deal.shapes.kinds.values():
        if (shape.by or "").startswith(_AWAITED) == asking:
            for occasion in occasions(shape, deal):
                yield _entry(shape, occasion, deal)


def _entry(shape: Shape, occasion: Occasion, deal: Deal) -> Entry:
    match, day, series = occasion.match, occasion.day, occasion.series
    values = _values(occasion, deal)
    wording = shape.wording(occasion.variant)
    terms = deal.terms
    lines = (filled(line, values, match.it, terms) for line in wording.description)
    status: Status = "tentative" if day.waits_for else "confirmed"
    start, end = _span(occasion)
    return Entry(
        uid=uid_of(deal.terms.reference, shape.kind, match.term, occasion.number),
        kind=shape.kind,
        number=occasion.number,
        title=_title(wording.title, values, occasion, deal),
        expected_title=_title(wording.expected, values, occasion, deal),
        description="\n".join(line for line in lines if line),
        party=", ".join(match.party),
        counterpart=_counterpart(match.party, deal.terms),
        term=match.term,
        stake=shape.stake,
        category=shape.category,
        date=None if start else day.date,
        start=start,
        end=end,
        rrule=series.rule if series else None,
        expected=day.expected,
        waits_for=day.waits_for,
        strict=occasion.strict.date if occasion.strict else None,
        since=_since(occasion),
        reason=_reason(occasion, deal),
        because=occasion.because,
        written=occasion.written,
        reminders=_reminders(shape, occasion, deal),
        status=status,
        stamp=midnight(deal.effective.date or _BEFORE_ANY_DEAL),
    )


def _title(text: str, values: dict[str, str], occasion: Occasion, deal: Deal) -> str:
    """Return a title on one line; what a renewal puts off says so first."""
    it = occasion.match.it
    title = on_one_line(filled(text, values, it, deal.terms) or text)
    return said("unless", deal, title=title) if occasion.moves else title


def _span(occasion: Occasion) -> tuple[date | None, date | None]:
    """Return the first and the last day of a window, or the hours of a meeting."""
    if occasion.series:
        return occasion.series.start, occasion.series.end
    if occasion.opens:
        return occasion.opens.day, occasion.day.day
    return None, None


def _since(occasion: Occasion) -> date | None:
    """Return the day on which that happens from which an occasion runs, or its own."""
    opens = occasion.opens.day if occasion.opens else None
    return occasion.begins or opens or occasion.day.day


def midnight(day: date) -> datetime:
    """Return the start of a day in UTC: what calendars take as the time of a change."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _values(occasion: Occasion, deal: Deal) -> dict[str, str]:
    joined = deal.shapes.words["parties"]["and"]
    party = named(occasion.match.party, deal.terms, joined)
    other = _others(occasion.match.party, deal.terms)
    return {
        "party": party,
        "counterpart": named(other, deal.terms, joined) or party,
        "deal": deal.terms.title,
        "reference": deal.terms.reference,
        "number": occasion.number,
        "it.title": title_of(occasion.match),
        **occasion.values,
    }


def _others(own: tuple[str, ...], terms: Terms) -> tuple[str, ...]:
    return others(own[0], terms) if len(own) == 1 else ()


def _counterpart(own: tuple[str, ...], terms: Terms) -> str:
    return ", ".join(_others(own, terms))


def _reason(occasion: Occasion, deal: Deal) -> tuple[str, ...]:
    """Return the arithmetic, and what the day waits for if it waits."""
    day, reasons = occasion.day, deal.shapes.words["reasons"]
    steps = [said("moves", deal)] if occasion.moves else []
    steps += day.steps
    if day.waits_for:
        anchor = read_moment(day.waits_for)
        words = ""
        if isinstance(anchor, Anchor):
            words = anchor_in_words(anchor, deal.terms, deal.shapes.words)
        steps.append(filled(reasons["waits"], {"anchor": words}) or "")
        if day.expected:
            expected = {"day": readable(day.expected)}
            steps.append(filled(reasons["expects"], expected) or "")
    return tuple(dict.fromkeys(steps))


def _reminders(shape: Shape, occasion: Occasion, deal: Deal) -> tuple[int, ...]:
    """Return how many days before it a person is reminded, the earliest first."""
    if shape.reminders is not None:
        return shape.reminders
    agreed = deal.terms.follow_up and deal.terms.follow_up.reminders
    if agreed is not None:
        return _agreed(occasion.day, deal)
    ahead = occasion.ahead if occasion.ahead is not None else 0
    return next(leads for more_than, leads in _LEADS if ahead > more_than)


def _agreed(day: Resolved, deal: Deal) -> tuple[int, ...]:
    at, follow_up = day.day, deal.terms.follow_up
    if at is None or follow_up is None or follow_up.reminders is None:
        return ()
    calendar, time = deal.days.calendar, deal.terms.time
    backwards = (
        counted(period, at, "before", calendar, time) for period in follow_up.reminders
    )
    return tuple(sorted({(at - back.date).days for back in backwards}, reverse=True))
