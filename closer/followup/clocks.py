"""What begins to run when something happens: notices, cures, the steps of a dispute."""

from collections.abc import Iterator
from datetime import date
from math import ceil

from msgspec.structs import replace

from closer.followup.deal import A_DAY, Deal, Match, Occasion, between, matches
from closer.followup.happenings import Time, began, event_of, times
from closer.followup.sending import sent_by
from closer.followup.shapes import Shape, Shapes
from closer.followup.wording import filled, hanging, others
from closer.terms.contingencies import LateCompletion
from closer.terms.days import readable
from closer.terms.disputes import LimitationPause, Steps
from closer.terms.kinds import Identifier
from closer.terms.model import TerminationRight, Terms
from closer.terms.model import Time as Clock
from closer.terms.moments import Days, Resolved
from closer.terms.money import original_price, part_of
from closer.terms.paths import fields_in
from closer.terms.values import (
    Anchor,
    Moment,
    Money,
    Offset,
    Period,
    PeriodUnit,
    Share,
    take_period,
)

_DISPUTE = "dispute"
_UNITS: dict[str, PeriodUnit] = {
    "calendar day": "day",
    "day": "day",
    "business day": "business day",
    "week": "week",
}
"""What a rate is paid for each of, as the unit of a period."""


def events(terms: Terms, shapes: Shapes | None = None) -> tuple[str, ...]:
    """Return what may happen in a deal, beside its milestones, that starts a clock.

    With the kinds of follow-up, everything for which one of them has an entry.
    """
    known: list[str] = []
    if terms.contingencies is not None:
        sections = terms.contingencies
        known = [key for key, agreed in fields_in(sections) if agreed]
        known += [f"{name}.ended" for name in known]
    known += [f"termination.{id_}" for id_ in terms.termination]
    if terms.dispute_resolution is not None and terms.dispute_resolution.steps:
        known.append(_DISPUTE)
    for shape in shapes.kinds.values() if shapes else ():
        if shape.happened and shape.happened != "signing":
            known += [event_of(shape, match) for match in matches(shape, terms)]
    return tuple(dict.fromkeys(known))


def day_of_event(event: str, deal: Deal) -> date | None:
    """Return the day on which something happened; None while it has not."""
    return next((time.day for time in times(event, deal)), None)


def _clock(
    match: Match, day: Resolved, moment: Moment, deal: Deal, **values: str
) -> Occasion:
    """Return the end of a period that runs from something that happened."""
    return Occasion(
        match=match,
        day=day,
        written=str(moment),
        because=hanging(moment, deal.terms, deal.shapes.words),
        values=values,
    )


def notice_after(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day for telling the other side what has happened.

    The safe day is never before the event: a period may be shorter than any sending.
    """
    text = filled(shape.day or "", {"id": match.id}, match.it)
    if text is None:
        return
    period, _ = take_period(text.split(), text)
    cut_off = (deal.terms.time or Clock()).cut_off
    for time in times(event_of(shape, match), deal):
        strict = deal.days.counted(period, began(time.day, deal))
        if strict.day is None:
            continue
        ways = deal.days.sent_by(strict.day).items()
        last = {way: day for way, day in ways if day >= time.day}
        safe = max(last.values(), default=strict.day)
        values = {"happened": readable(time.day), "cut_off": f"{cut_off:%H:%M}"}
        values |= {"strict": readable(strict.day)}
        values |= sent_by(last, deal) if last else {}
        day = Resolved(safe, steps=strict.steps)
        moment = Offset(period, "after", Anchor(match.id))
        clock = _clock(match, day, moment, deal, **values)
        ahead = (safe - time.day).days
        yield replace(
            clock, number=time.number, strict=strict, ahead=ahead, begins=time.day
        )


def _from(event: str, deal: Deal) -> str:
    return hanging(Anchor(event), deal.terms, deal.shapes.words)


def first_damages(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the first day on which a late milestone costs damages."""
    for id_, title, party, due, day in _late(deal, match):
        found = _clock(
            replace(match, party=party), day, Anchor(id_, "due"), deal, what=title
        )
        yield replace(found, number=id_, ahead=between(due, day))


def damages_capped(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day on which the damages for delay reach their cap.

    Only where cap and damages are sums for each day or week: all else is no arithmetic.
    """
    late = match.it
    lasts = _until_cap(late, deal.terms) if isinstance(late, LateCompletion) else None
    for id_, title, party, due, day in _late(deal, match) if lasts else ():
        capped = deal.days.counted(lasts, day) if lasts else day
        found = _clock(
            replace(match, party=party), capped, Anchor(id_, "due"), deal, what=title
        )
        yield replace(
            found, number=f"{id_} capped", ahead=between(due, capped), variant=""
        )


def _late(
    deal: Deal, match: Match
) -> Iterator[tuple[str, str, tuple[str, ...], Resolved, Resolved]]:
    """Yield each milestone for whose delay damages were agreed, if it is not done.

    With it, who owes them, its due day, and the first day that costs something.
    """
    late = match.it
    if not isinstance(late, LateCompletion):
        return
    for id_ in late.for_:
        milestone = deal.terms.milestones.get(Identifier(id_))
        if milestone is None or day_of_event(f"{id_}.met", deal):
            continue
        due = deal.days.milestone(id_, "due")
        after = deal.days.counted(late.grace, due) if late.grace else due
        party = match.party if milestone.owner == "both" else (milestone.owner,)
        yield id_, milestone.title, party, due, deal.days.counted(A_DAY, after)


def _sum(amount: Money | Share | None, terms: Terms) -> Money | None:
    """Return a sum, or a share of the original price, in money."""
    whole = original_price(terms)
    if isinstance(amount, Share):
        return part_of(amount, whole) if whole else None
    return amount


def _until_cap(late: LateCompletion, terms: Terms) -> Period | None:
    """Return how long after the first day of damages their last unit is added."""
    cap, each = (_sum(x, terms) for x in (late.cap, late.damages.amount))
    unit = _UNITS.get(late.damages.per)
    if cap is None or each is None or unit is None or not each.amount:
        return None
    number = ceil(cap.amount / each.amount) - 1
    return Period(((number, unit),)) if number > 0 else None


def termination(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield when a cure is over after notice of a breach, or when notice has run."""
    right = match.it
    period = (
        (right.cure or right.notice) if isinstance(right, TerminationRight) else None
    )
    if not isinstance(right, TerminationRight) or period is None:
        return
    party = match.party
    if right.cure and len(party) == 1:
        party = others(party[0], deal.terms) or party
    own, moment = replace(match, party=party), Offset(period, "after", Anchor(match.id))
    for time in times(f"termination.{match.id}", deal):
        day = deal.days.counted(period, Resolved(time.day))
        found = _clock(own, day, moment, deal, happened=readable(time.day))
        variant = "" if right.cure else "notice"
        yield replace(found, variant=variant, number=time.number, begins=time.day)


def termination_lapses(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day on which a right to end that has arisen can be used.

    Where there is a cure, the right arises when it is over.
    """
    right = match.it
    if not isinstance(right, TerminationRight) or right.within is None:
        return
    if right.notice and not right.cure:
        return
    for time in times(event_of(shape, match), deal):
        arises = began(time.day, deal)
        if right.cure:
            arises = deal.days.counted(right.cure, arises)
        day = deal.days.counted(right.within, arises)
        moment = Offset(right.within, "after", Anchor(match.id))
        found = _clock(match, day, moment, deal, happened=readable(time.day))
        number = f"lapses {time.number}".strip()
        ahead = between(arises, day)
        yield replace(found, number=number, ahead=ahead, begins=time.day)


def dispute_steps(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield each step of a dispute with the day it ends, and the final forum's first.

    A step begins when the one before has ended.
    """
    steps = match.it
    if isinstance(steps, Steps):
        for time in times(_DISPUTE, deal):
            yield from _steps_of(time, steps, deal, match)


def _steps_of(time: Time, steps: Steps, deal: Deal, match: Match) -> Iterator[Occasion]:
    for kind, within, start, end in _steps(steps, time.day, deal):
        it, term = getattr(steps, kind), f"{match.term}.{kind}"
        own = replace(match, id=kind, term=term, it=it)
        words = deal.shapes.words["steps"][kind]
        moment = Offset(within, "after", Anchor(_DISPUTE))
        happened = readable(time.day)
        found = _clock(own, end, moment, deal, step=words, happened=happened)
        if getattr(it, "within", None) is None:
            number = f"final {time.number}".strip()
            yield replace(found, variant="final", number=number, day=start)
        else:
            ahead = between(start, end)
            yield replace(found, opens=start, ahead=ahead, number=time.number)


def _steps(
    steps: Steps, began: date, deal: Deal
) -> Iterator[tuple[str, Period, Resolved, Resolved]]:
    """Yield each step with its period, its first day and its last."""
    notice = Resolved(began, steps=(_from(_DISPUTE, deal),))
    for kind, within, start, last in _each_step(steps, notice, deal.days):
        yield kind, within or A_DAY, start, last


def _each_step(
    steps: Steps, last: Resolved, days: Days
) -> Iterator[tuple[str, Period | None, Resolved, Resolved]]:
    for kind in steps.order:
        within = getattr(getattr(steps, kind), "within", None)
        start = days.counted(A_DAY, last)
        start = Resolved(start.date, steps=last.steps)
        if isinstance(within, Period):
            last = days.counted(within, last)
        yield kind, within, start, last


def dispute_days(terms: Terms, began: date) -> Iterator[tuple[str, date, date | None]]:
    """Yield each step of a dispute that is notified on a day: its first and last day.

    The last step, before arbitrators or a court, has no last day.
    """
    found = terms.dispute_resolution
    if found is None or found.steps is None:
        return
    days = Days(terms)
    for kind, within, start, end in _each_step(found.steps, Resolved(began), days):
        if start.date is not None:
            yield kind, start.date, end.date if within else None


def limitation(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day on which the pause of limitation periods is over."""
    pause, disputes = match.it, deal.terms.dispute_resolution
    if not isinstance(pause, LimitationPause) or disputes is None:
        return
    for time in times(_DISPUTE, deal):
        day = _runs_again(pause, disputes.steps, time.day, deal)
        moment = Offset(pause.longest, "after", Anchor(_DISPUTE))
        found = _clock(match, day, moment, deal, happened=readable(time.day))
        yield replace(found, number=time.number)


def _runs_again(
    pause: LimitationPause, steps: Steps | None, began: date, deal: Deal
) -> Resolved:
    start = Resolved(began, steps=(_from(_DISPUTE, deal),))
    longest = deal.days.counted(pause.longest, start)
    last = start
    for _kind, _within, _start, end in _steps(steps, began, deal) if steps else ():
        last = end
    usual = deal.days.counted(Period.read(pause.until.period), last)
    return min((longest, usual), key=lambda each: each.date or date.max)
