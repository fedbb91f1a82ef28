"""What must be looked at before a last day comes: decisions, reminders, inspections."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from closer.followup.deal import Deal, Match, Occasion, between, said
from closer.followup.renewals import NO_TIME, renewals
from closer.followup.shapes import ReminderLaw, Shape
from closer.followup.wording import hanging, parties
from closer.terms.conduct import Site
from closer.terms.days import plus, readable
from closer.terms.model import FollowUp, Option, Renewal, Terms, Warranty
from closer.terms.moments import Notice, Resolved
from closer.terms.values import Anchor, Offset, Period


def decide_by(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day on which a decision must be prepared, ahead of its last day.

    Where it would come before the term that the decision is about, there is none.
    """
    ahead = (deal.terms.follow_up or FollowUp()).decide_before
    for number, notice, begins in _decisions(deal, match):
        day = deal.days.counted(ahead, notice.safe, "before")
        if day.day is None or (begins.day and day.day <= begins.day):
            continue
        safe = readable(notice.safe.day) if notice.safe.day else ""
        moment = Offset(ahead, "before", Anchor("end"))
        yield Occasion(
            match=match,
            day=day,
            number=number,
            written=str(ahead),
            because=hanging(moment, deal.terms, deal.shapes.words),
            values={"number": number, "strict": safe},
        )


def _decisions(deal: Deal, match: Match) -> Iterator[tuple[str, Notice, Resolved]]:
    """Yield each coming notice, and the start of the term that it can end."""
    it = match.it
    if isinstance(it, Option):
        period = it.preliminary_notice or it.notice
        if period is not None:
            yield "1", deal.days.notice(deal.days.end(), period), deal.effective
        elif it.exercise_by is not None:
            last = deal.days.resolve(it.exercise_by, "duration.option.exercise_by")
            yield "1", deal.days.notice(last, NO_TIME), deal.effective
    if not isinstance(it, Renewal):
        return
    for number in renewals(deal):
        notice = deal.days.non_renewal(number)
        begins = deal.days.renewal_day(number - 1) if number > 1 else deal.effective
        if notice:
            yield str(number), notice, begins


def renewal_reminders(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the days for the provider's own reminder, where a law asks for one."""
    law, provider = _law(deal), None
    if law is not None:
        provider = _provider(law, deal.terms)
    renewal = match.it
    if law is None or provider is None or not isinstance(renewal, Renewal):
        return
    if set(parties(renewal.by, deal.terms)) == {provider}:
        return
    for number in renewals(deal):
        notice = deal.days.non_renewal(number)
        if notice is None or notice.strict.day is None:
            continue
        strict = notice.strict
        moment = Offset(renewal.notice, "before", Anchor("end"))
        yield Occasion(
            match=replace(match, party=(provider,)),
            day=deal.days.counted(Period.read(law.latest), strict, "before"),
            opens=deal.days.counted(Period.read(law.earliest), strict, "before"),
            number=str(number),
            written=f"{law.earliest} to {law.latest}",
            because=hanging(moment, deal.terms, deal.shapes.words),
            values={
                "number": str(number),
                "law": law.title,
                "form": law.form,
                "strict": readable(notice.strict.day),
            },
        )


def _law(deal: Deal) -> ReminderLaw | None:
    """Return the law that asks for a reminder in a deal of this kind and length."""
    terms = deal.terms
    disputes, duration = terms.dispute_resolution, terms.duration
    end, effective = deal.days.end().day, deal.effective.day
    if disputes is None or duration is None or duration.renewal is None or end is None:
        return None
    said = disputes.governing_law.casefold()
    for law in deal.shapes.laws.values():
        here = any(place.casefold() in said for place in law.places)
        long = plus(end, duration.renewal.for_) > plus(
            end, Period.read(law.renewal_over)
        )
        long = long and _term_over(law, effective, end)
        if here and long and terms.contract in law.contracts:
            return law
    return None


def _term_over(law: ReminderLaw, effective: date | None, end: date) -> bool:
    if law.term_over is None or effective is None:
        return True
    return plus(effective, Period.read(law.term_over)) < end


def _provider(law: ReminderLaw, terms: Terms) -> str | None:
    roles = {id_: party.role or id_ for id_, party in terms.parties.items()}
    return next((id_ for id_, role in roles.items() if role in law.provider), None)


def lien(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the last day on which unpaid work can be secured on the land it is in.

    A law of the place of the work gives it, counted from the last work of each party
    that has milestones to do.
    """
    law, site = None, match.it
    for each in deal.shapes.liens.values():
        if isinstance(site, Site) and deal.terms.contract in each.contracts:
            here = any(place in site.address for place in each.places)
            law = each if here else law
    for party in deal.terms.parties if law else ():
        done = _last_work(party, deal)
        if law is None or done is None or party == getattr(site, "owner", None):
            continue
        period = Period.read(law.within)
        day = deal.days.counted(period, done)
        yield Occasion(
            match=replace(match, party=(party,)),
            day=day,
            number=party,
            written=law.within,
            because=said("last_work", deal),
            ahead=between(done, day),
            values={"law": law.title, "form": law.form},
        )


def _last_work(party: str, deal: Deal) -> Resolved | None:
    """Return the day of a party's last milestone, done or expected."""
    days = [
        deal.days.milestone(id_, "met")
        for id_, milestone in deal.terms.milestones.items()
        if milestone.owner == party
    ]
    known = [each for each in days if each.day]
    return max(known, key=lambda each: each.day or date.min, default=None)


def inspection(_: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the look at what is warranted while a fault can still be claimed."""
    warranty = match.it
    if not isinstance(warranty, Warranty):
        return
    starts = deal.days.resolve(warranty.from_, "warranty.from")
    ends = deal.days.counted(warranty.lasts, starts)
    ahead = (deal.terms.follow_up or FollowUp()).before_warranty_end
    day = deal.days.counted(ahead, ends, "before")
    if day.day is None or starts.day is None or day.day <= starts.day or not ends.day:
        return
    yield Occasion(
        match=match,
        day=day,
        written=str(ahead),
        because=hanging(warranty.from_, deal.terms, deal.shapes.words),
        values={"strict": readable(ends.day)},
    )
