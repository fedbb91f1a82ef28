"""Every occasion of a kind of follow-up.

A shape says of what it is and how its day is reached: by a moment or a rhythm of the
terms, or by one of the computations here.
"""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from closer.followup.ahead import decide_by, inspection
from closer.followup.bylaw import lien, limit, renewal_reminders
from closer.followup.clocks import (
    damages_capped,
    day_of_event,
    dispute_steps,
    first_damages,
    limitation,
    notice_after,
    termination,
    termination_lapses,
)
from closer.followup.deal import (
    A_DAY,
    Deal,
    Match,
    Occasion,
    between,
    matches,
    on_moment,
)
from closer.followup.happenings import ahead_of, event_of, long_stop, since, updates
from closer.followup.renewals import (
    at_renewals,
    before_renewals,
    ends,
    option_notices,
    option_windows,
    renewal_notices,
)
from closer.followup.returning import before_each, found_days, on_rhythm, one_by_one
from closer.followup.shapes import Shape
from closer.followup.spells import spell_ends, waiver_ends
from closer.followup.stretches import each_stretch, look_after_each
from closer.followup.wording import filled, hanging, others, printed
from closer.terms.conduct import Event
from closer.terms.days import readable
from closer.terms.model import Acceptance, Duration, Milestone, Payment
from closer.terms.moments import Resolved
from closer.terms.money import sum_of
from closer.terms.values import Anchor, Moment, Offset, Unreadable, read_moment


def occasions(shape: Shape, deal: Deal) -> Iterator[Occasion]:
    """Yield every occasion of a shape in a deal."""
    find = _BY[shape.by or ("rhythm" if shape.rhythm else "moment")]
    for match in matches(shape, deal.terms):
        event = event_of(shape, match)
        if event and day_of_event(event, deal) is None:
            continue
        for occasion in find(shape, deal, match):
            if occasion.day.day or occasion.day.waits_for:
                yield occasion


def _moment(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day that the terms name, or a period away from one."""
    text = filled(shape.day or "", {"id": match.id}, match.it, deal.terms)
    moment = _read(text) if text is not None else None
    if moment is not None:
        day = deal.days.resolve(moment, match.term)
        day = deal.days.rolled(day) if shape.rolls else day
        yield on_moment(moment, day, deal, match)


def _read(text: str) -> Moment | None:
    """Read a moment; a word such as `always` has no day and is none."""
    try:
        return read_moment(text)
    except Unreadable:
        return None


def _payment(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield a payment on its day, moved to a business day."""
    payment = match.it
    if isinstance(payment, Payment) and payment.due is not None:
        found = on_moment(payment.due, deal.days.payment(match.id), deal, match)
        yield replace(found, values=_sum(payment, found.day, deal))


def _recurring_payment(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield each day of a payment that comes back; every one rolls by itself."""
    payment = match.it
    if not isinstance(payment, Payment) or payment.every is None:
        return
    found = found_days(payment.every, deal, match)
    for each in one_by_one(payment.every, found, deal, match):
        day = deal.days.rolled(each.day)
        yield replace(each, day=day, series=None, values=_sum(payment, day, deal))


def _sum(payment: Payment, day: Resolved, deal: Deal) -> dict[str, str]:
    """Return what is paid, and from when interest runs on what is not."""
    price = deal.terms.price
    interest = printed(price.late_interest) if price else ""
    values = {"sum": printed(sum_of(payment, deal.terms)), "interest": interest}
    if interest and day.date:
        after = deal.days.counted(A_DAY, day).date
        values["interest_from"] = readable(after) if after else ""
    return values


def _acceptance(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the days from the one after it is there to the last for the answer."""
    accept = match.it
    deliverable = deal.terms.deliverables.get(match.id)  # type: ignore[call-overload]
    if not isinstance(accept, Acceptance) or deliverable is None:
        return
    recipient = others(deliverable.owner, deal.terms) or match.party
    for id_, milestone in deal.terms.milestones.items():
        if milestone.delivers != match.id:
            continue
        met = deal.days.milestone(id_, "met")
        moment = Offset(accept.within, "after", Anchor(id_, "met"))
        yield Occasion(
            match=replace(match, party=recipient),
            day=deal.days.answer(accept.within, met),
            opens=deal.days.counted(A_DAY, met),
            number=id_,
            written=str(moment),
            because=hanging(moment, deal.terms, deal.shapes.words),
            ahead=between(met, deal.days.answer(accept.within, met)),
            values={"deliverable": deliverable.title},
        )


def _acceptance_ends(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day of each window of acceptance: silence has its meaning."""
    for window in _acceptance(shape, deal, match):
        yield replace(window, opens=None)


def _review(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield a look at a contract that has no end, lest nobody ever looks at it."""
    duration = match.it
    if isinstance(duration, Duration) and not (duration.ends or duration.lasts):
        yield from on_rhythm(shape, deal, match)


def _awaited(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the questions whether a milestone was met or accepted, if others wait."""
    milestone = match.it
    if not isinstance(milestone, Milestone):
        return
    for fact in ("met", "accepted"):
        anchor = f"{match.id}.{fact}"
        text = filled(shape.day or "", {"anchor": anchor})
        if anchor not in deal.awaited or text is None:
            continue
        asked = on_moment(read_moment(text), Resolved(None), deal, match)
        day = deal.days.resolve(read_moment(text), match.term)
        party = match.party
        if fact == "accepted":
            party = others(milestone.owner, deal.terms) or party
        yield replace(
            asked,
            match=replace(match, party=party),
            day=Resolved(day.day, steps=day.steps),
            number=fact,
            variant=fact,
        )


def _awaited_event(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the question whether an event has come that others wait for.

    An event with a latest day is asked about on that day, by its own kind.
    """
    event = match.it
    if isinstance(event, Event) and event.latest is None and match.id in deal.awaited:
        yield from on_rhythm(shape, deal, match)


def _awaited_signing(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the question whether all have signed, if anything waits for it."""
    if "signing" in deal.awaited:
        yield from _moment(shape, deal, match)


_BY: dict[str, Callable[[Shape, Deal, Match], Iterator[Occasion]]] = {
    "moment": _moment,
    "rhythm": on_rhythm,
    "payment": _payment,
    "recurring payment": _recurring_payment,
    "acceptance": _acceptance,
    "acceptance ends": _acceptance_ends,
    "review": _review,
    "end": ends,
    "at renewals": at_renewals,
    "before each": before_each,
    "before renewals": before_renewals,
    "renewal notice": renewal_notices,
    "option notice": option_notices,
    "option window": option_windows,
    "awaited": _awaited,
    "awaited event": _awaited_event,
    "awaited signing": _awaited_signing,
    "decide by": decide_by,
    "renewal reminder": renewal_reminders,
    "inspection": inspection,
    "lien": lien,
    "since": since,
    "ahead of": ahead_of,
    "updates": updates,
    "notice after": notice_after,
    "long stop": long_stop,
    "delay": first_damages,
    "delay cap": damages_capped,
    "termination": termination,
    "termination lapses": termination_lapses,
    "dispute step": dispute_steps,
    "limit": limit,
    "limitation": limitation,
    "each": each_stretch,
    "after each": look_after_each,
    "spell": spell_ends,
    "waiver": waiver_ends,
}
