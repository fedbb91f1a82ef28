"""What begins to run when something happens: notices, cures, the steps of a dispute."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import fields, replace

from closer.followup.deal import A_DAY, Deal, Match, Occasion, between
from closer.followup.sending import sent_by
from closer.followup.shapes import Shape
from closer.followup.wording import filled, hanging, others
from closer.terms.contingencies import LateCompletion, LongStop
from closer.terms.days import readable
from closer.terms.disputes import LimitationPause, Steps
from closer.terms.kinds import Identifier
from closer.terms.model import TerminationRight, Terms, Time
from closer.terms.moments import Days, Resolved
from closer.terms.values import Anchor, Moment, Offset, Period, read_moment

_DISPUTE = "dispute"


def events(terms: Terms) -> tuple[str, ...]:
    """Return what may happen in a deal, beside its milestones, that starts a clock."""
    known = []
    if terms.contingencies is not None:
        sections = terms.contingencies
        known = [f.name for f in fields(sections) if getattr(sections, f.name)]
    known += [f"termination.{id_}" for id_ in terms.termination]
    if terms.dispute_resolution is not None and terms.dispute_resolution.steps:
        known.append(_DISPUTE)
    return tuple(known)


def day_of_event(event: str, deal: Deal) -> date | None:
    """Return the day on which something happened; None while it has not."""
    if event == "signing":
        return deal.days.facts.signed
    return deal.days.facts.happened.get(event)


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
    event = day_of_event(filled(shape.happened or "", {"id": match.id}) or "", deal)
    if text is None or event is None:
        return
    moment = read_moment(text)
    strict = deal.days.resolve(moment, match.term)
    if strict.day is None:
        return
    last = {w: day for w, day in deal.days.sent_by(strict.day).items() if day >= event}
    safe = max(last.values(), default=strict.day)
    cut_off = (deal.terms.time or Time()).cut_off
    values = {"happened": readable(event), "cut_off": f"{cut_off:%H:%M}"}
    values |= {"strict": readable(strict.day)} | (sent_by(last, deal) if last else {})
    found = _clock(match, Resolved(safe, steps=strict.steps), moment, deal, **values)
    yield replace(found, strict=strict, ahead=(safe - event).days)


def long_stop(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day on which the right to end opens, if what began still lasts."""
    stop, event = match.it, shape.happened or ""
    began = day_of_event(event, deal)
    if isinstance(stop, LongStop) and stop.kind == "consecutive" and began:
        moment = Offset(Period(((stop.days, "day"),)), "after", Anchor(event))
        opens = Resolved(began + timedelta(stop.days), steps=(_from(event, deal),))
        yield _clock(match, opens, moment, deal, happened=readable(began))


def _from(event: str, deal: Deal) -> str:
    return hanging(Anchor(event), deal.terms, deal.shapes.words)


def first_damages(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the first day on which a late milestone costs damages."""
    late = match.it
    if not isinstance(late, LateCompletion):
        return
    for id_ in late.for_:
        milestone = deal.terms.milestones.get(Identifier(id_))
        if milestone is None or day_of_event(f"{id_}.met", deal):
            continue
        due = deal.days.milestone(id_, "due")
        after = deal.days.counted(late.grace, due) if late.grace else due
        moment = Anchor(id_, "due")
        owner = match.party if milestone.owner == "both" else (milestone.owner,)
        day = deal.days.counted(A_DAY, after)
        found = _clock(
            replace(match, party=owner), day, moment, deal, what=milestone.title
        )
        yield replace(found, number=id_, ahead=between(due, day))


def termination(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield when a cure is over after notice of a breach, or when notice has run."""
    right = match.it
    event = f"termination.{match.id}"
    given = day_of_event(event, deal)
    if not isinstance(right, TerminationRight) or given is None:
        return
    period = right.cure or right.notice
    if period is None:
        return
    moment = Offset(period, "after", Anchor(match.id))
    day = deal.days.counted(period, Resolved(given))
    party = match.party
    if right.cure and len(party) == 1:
        party = others(party[0], deal.terms) or party
    found = _clock(
        replace(match, party=party), day, moment, deal, happened=readable(given)
    )
    yield replace(found, variant="" if right.cure else "notice")


def dispute_steps(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield each step of a dispute with the day it ends, and the final forum's first.

    A step begins when the one before has ended.
    """
    began = day_of_event(_DISPUTE, deal)
    if not isinstance(match.it, Steps) or began is None:
        return
    for kind, within, start, end in _steps(match.it, began, deal):
        own = replace(
            match,
            id=kind,
            term=f"{match.term}.{kind}",
            it=getattr(match.it, kind),
        )
        step = {"step": deal.shapes.words["steps"][kind], "happened": readable(began)}
        moment = Offset(within, "after", Anchor(_DISPUTE))
        found = _clock(own, end, moment, deal, **step)
        if getattr(own.it, "within", None) is None:
            yield replace(found, variant="final", number="final", day=start)
        else:
            yield replace(found, opens=start, ahead=between(start, end))


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
    pause, began = match.it, day_of_event(_DISPUTE, deal)
    disputes = deal.terms.dispute_resolution
    if not isinstance(pause, LimitationPause) or began is None or disputes is None:
        return
    start = Resolved(began, steps=(_from(_DISPUTE, deal),))
    longest = deal.days.counted(pause.longest, start)
    last = start
    if disputes.steps:
        for _kind, _within, _start, end in _steps(disputes.steps, began, deal):
            last = end
    usual = deal.days.counted(Period.read(pause.until.period), last)
    day = min((longest, usual), key=lambda each: each.date or date.max)
    moment = Offset(pause.longest, "after", Anchor(_DISPUTE))
    yield _clock(match, day, moment, deal, happened=readable(began))
