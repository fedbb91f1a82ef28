"""What the law of a place asks or gives: reminders, liens, the end of claims.

The laws are data, in folders beside the kinds of follow-up; each says how sure it is.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from closer.followup.deal import Deal, Match, Occasion, between, said
from closer.followup.happenings import began, event_of, times
from closer.followup.renewals import renewals
from closer.followup.shapes import LimitLaw, ReminderLaw, Shape
from closer.followup.wording import hanging, parties
from closer.terms.conduct import Site
from closer.terms.days import plus, readable
from closer.terms.disputes import DisputeResolution
from closer.terms.model import Renewal, Terms
from closer.terms.moments import Resolved
from closer.terms.values import Anchor, Offset, Period

_ONE_DAY = timedelta(1)


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
    for law in deal.shapes.laws.values():
        here = _governs(law, disputes)
        over = plus(end, Period.read(law.renewal_over))
        long = plus(end, duration.renewal.for_) > over
        long = long and _long_enough(law, effective, end)
        meant = terms.contract in law.contracts and _for_whom(law, terms)
        if here and long and meant:
            return law
    return None


def _governs(law: ReminderLaw | LimitLaw, disputes: DisputeResolution) -> bool:
    """Whether the law that governs a deal is that of one of a law's places."""
    said = disputes.governing_law.casefold()
    return any(place.casefold() in said for place in law.places)


def _long_enough(law: ReminderLaw, effective: date | None, end: date) -> bool:
    """Whether the first term is one that the law speaks of; its last day counts."""
    if effective is None:
        return True
    if law.term_from and plus(effective, Period.read(law.term_from)) > end + _ONE_DAY:
        return False
    return law.term_over is None or plus(effective, Period.read(law.term_over)) < end


def _for_whom(law: ReminderLaw, terms: Terms) -> bool:
    consumers = any(party.acts_as == "consumer" for party in terms.parties.values())
    return consumers or not law.consumers


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


def limit(shape: Shape, deal: Deal, match: Match) -> Iterator[Occasion]:
    """Yield the day after which the law may bar a claim, for each breach told of.

    It warns: which law applies and when it begins to count is for a lawyer to say.
    """
    law = _limit(deal)
    if law is None:
        return
    for time in times(event_of(shape, match), deal):
        start = began(time.day, deal)
        if law.counted == "from the end of the year":
            start = began(date(time.day.year, 12, 31), deal)
        day = deal.days.counted(Period.read(law.within), start)
        happened = readable(time.day)
        yield Occasion(
            match=match,
            day=day,
            number=time.number,
            written=law.within,
            because=said("happened", deal, day=happened),
            ahead=between(start, day),
            begins=time.day,
            values={"happened": happened, "law": law.title, "until": law.within},
        )


def _limit(deal: Deal) -> LimitLaw | None:
    """Return the law of a deal's place, one for its kind of contract before others."""
    disputes = deal.terms.dispute_resolution
    if disputes is None:
        return None
    here = [law for law in deal.shapes.limits.values() if _governs(law, disputes)]
    own = [law for law in here if deal.terms.contract in law.contracts]
    general = [law for law in here if not law.contracts]
    return next(iter((*own, *general)), None)
