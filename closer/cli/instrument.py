"""What an amendment tells: gathered from terms, contract, calendar and relief."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from closer.cli.citing import provision
from closer.cli.deal import Deal, Stage
from closer.drafting.naming import Named
from closer.drafting.occasion import (
    AmendmentFacts,
    CompletionTotal,
    CountedDay,
    Earlier,
    Extension,
    MovedDay,
    Occasion,
    PriceTotal,
)
from closer.drafting.phrases import Phrases
from closer.drafting.selection import roles_of
from closer.followup.relief import Relief, relief
from closer.followup.revision import Moved, moved
from closer.followup.schedule import Schedule
from closer.library.instruments import Instrument
from closer.library.loading import Library
from closer.terms.change import Change, Circumstance, Removed
from closer.terms.kinds import Identifier
from closer.terms.model import Terms
from closer.terms.moments import Days, Facts
from closer.terms.money import original_price
from closer.terms.reading import Agreed
from closer.terms.values import read_moment

_NOT_LISTED = ("follow_up", "closing")
"""Sections whose days are no part of the contract, and so of no amendment."""


class Amending(NamedTuple):
    """The last change of a deal, with everything before and after it."""

    deal: Deal
    library: Library
    instrument: Instrument
    stages: tuple[Stage, ...]
    schedules: tuple[Schedule, Schedule]

    @property
    def change(self) -> Change:
        """The change that this amendment effects."""
        return self.deal.changes[-1]

    @property
    def named(self) -> Named:
        """What the instrument is, and its number among those of its kind."""
        return self.deal.named[-1]

    @property
    def phrases(self) -> Phrases:
        """What prints values in the words of the deal as it stands after the change."""
        return phrases_of(self.after.agreed.terms, self.library)

    @property
    def before(self) -> Stage:
        """The deal as it stood before the change."""
        return self.stages[-2]

    @property
    def after(self) -> Stage:
        """The deal as it stands after the change."""
        return self.stages[-1]


def phrases_of(terms: Terms, library: Library) -> Phrases:
    """Return what prints the values of a deal."""
    contract = library.types[terms.contract]
    roles, by_name = roles_of(terms, contract), not contract.roles
    return Phrases(library.phrases, terms, roles, by_name=by_name)


def gathered(amending: Amending, properties: dict[str, str]) -> AmendmentFacts:
    """Return the facts of the amendment, for its recitals, sections and annexes."""
    deal, change = amending.deal, amending.change
    answer = given(amending)
    return AmendmentFacts(
        named=amending.named,
        effective=change.effective,
        contract_effective=deal.chain[0].terms.effective,
        earlier=tuple(earlier(deal, deal.changes[:-1])),
        renamed=tuple(_renamed(amending)),
        occasion=occasion_of(
            change.circumstance, lambda path: _section(path, amending.before, amending)
        ),
        because=change.because,
        consents=_consents(amending),
        named_as_asked=tuple(change.names.items()),
        clause=_change_clause(amending),
        alone=bool(orders_alone(amending)),
        temporary=tuple(
            (_section(path, amending.after, amending), each.until)
            for path, each in change.temporary.items()
        ),
        removed=tuple(_removed(amending)),
        days=tuple(_days(amending)),
        milestones=tuple(_milestones(amending)),
        lost=tuple(lost_days(answer, amending.instrument)),
        relief=tuple(extensions(answer)),
        undetermined=bool(answer and answer.undetermined),
        price=price_total(amending) if _moves_totals(amending) else None,
        completion=completion_totals(amending) if _moves_totals(amending) else (),
        draft=False,
        properties=properties,
    )


def _consents(amending: Amending) -> tuple[str, ...]:
    """Return who must consent: those whom the contract names, and the change's own."""
    agreed = amending.before.agreed.terms.amendment
    named = (*(agreed.consents if agreed else ()), *amending.change.consents)
    return tuple(dict.fromkeys(str(each) for each in named))


def _change_clause(amending: Amending) -> str:
    if amending.named.kind != "change-order":
        return ""
    return _section("contingencies.scope_change", amending.before, amending)


def orders_alone(amending: Amending) -> tuple[str, ...]:
    """Return the parties that may order this change without the other; often none."""
    terms = amending.before.agreed.terms
    scope = terms.contingencies.scope_change if terms.contingencies else None
    works = all(path.startswith("deliverables.") for path in amending.change.changes)
    if amending.named.kind != "change-order" or not works:
        return ()
    if scope is None or scope.order != "recipient alone":
        return ()
    contract = amending.library.types[terms.contract]
    side = contract.sides.get("recipient", "")
    return tuple(
        str(name)
        for name, party in terms.parties.items()
        if (party.role or name) == side
    )


def given(amending: Amending) -> Relief | None:
    """Return what the contract itself gives for the circumstance, if there is one."""
    circumstance = amending.change.circumstance
    if circumstance is None:
        return None
    before, after = amending.before.agreed.terms, amending.after.agreed.terms
    return relief(before, circumstance, Days(before, Facts()), after=Days(after))


_CALENDAR_ONLY = ("chase", "reminder", "clock")
"""What only the calendar knows, and no party owes: not for the parties to sign."""


def moves(amending: Amending) -> list[Moved]:
    """Return every dated entry of the contract before and after, moved or not.

    Of what comes back again and again (payments, reports, forecasts) only what moved
    is listed.
    """
    found = [
        move
        for move in moved(*amending.schedules)
        if move.kind not in _CALENDAR_ONLY and not move.term.startswith(_NOT_LISTED)
    ]
    times = Counter(move.term for move in found)
    return [
        move
        for move in found
        if move.before != move.after or times[move.term] == 1 or _is_told(move)
    ]


def _is_told(move: Moved) -> bool:
    """Whether a day that stays is worth a line: it depends on something, once."""
    return bool(move.why) and move.kind != "payment"


def earlier(deal: Deal, changes: Sequence[Change]) -> Iterator[Earlier]:
    """Yield what changed the contract before, up to the last of some changes.

    Who signs for a party is no part of the text, and its notice changed nothing.
    """
    listed = [each.effective for each in deal.chain[0].terms.amended]
    listed += [change.effective for change in changes]
    for named, effective in zip(deal.named, listed, strict=False):
        if named.kind != "signatory-notice":
            yield Earlier(named, effective)


def _renamed(amending: Amending) -> Iterator[tuple[str, str]]:
    """Yield the old and the new name of each party that has taken another."""
    after = amending.after.agreed.terms.parties
    for key, party in amending.before.agreed.terms.parties.items():
        if key in after and after[key].name != party.name:
            yield party.name, after[key].name


def occasion_of(
    event: Circumstance | None, section: Callable[[str], str]
) -> Occasion | None:
    """Return what happened as an instrument tells it; `section` cites a term."""
    if event is None:
        return None
    notice = event.notice
    return Occasion(
        what=event.what,
        under=section(f"{event.under}.counts"),
        began=event.began,
        ended=_last_day(event),
        noticed=notice.given if notice else None,
        by=notice.by if notice else "",
    )


def _last_day(event: Circumstance) -> date | None:
    if event.work_resumed is not None:
        return event.work_resumed - timedelta(1)
    return event.last_day_lost


def _section(path: str, stage: Stage, amending: Amending) -> str:
    return provision(path, stage.draft, stage.text, amending.library)


def _removed(amending: Amending) -> Iterator[tuple[str, date]]:
    """Yield each contingency that goes, and the last day for its circumstances."""
    days = Days(amending.before.agreed.terms, Facts())
    for path, value in amending.change.changes.items():
        if isinstance(value, Removed) and path.startswith("contingencies."):
            spared = None
            if value.spares_until is not None:
                spared = days.resolve(value.spares_until, path).date
            until = spared or amending.change.effective
            yield _section(path, amending.before, amending), until


def _days(amending: Amending) -> Iterator[MovedDay]:
    for place, move in enumerate(moves(amending)):
        yield MovedDay(
            id=f"{move.term}-{place}",
            what=move.title,
            before=move.before,
            after=move.after,
            why=_why(move, amending),
            expected=move.expected,
        )


def _milestones(amending: Amending) -> Iterator[MovedDay]:
    """Yield the milestones that move, each by its own title."""
    after = amending.after.agreed.terms.milestones
    days = [
        Days(stage.agreed.terms, Facts()) for stage in (amending.before, amending.after)
    ]
    for name in amending.before.agreed.terms.milestones:
        if name not in after:
            continue
        was, now = (each.milestone(name, "due").date for each in days)
        if was and now and was != now:
            title = after[name].title
            yield MovedDay(id=name, what=title, before=was, after=now, why="")


def _why(move: Moved, amending: Amending) -> str:
    """Say what was agreed instead of what, in the words of the contract."""
    if not (move.was and move.written):
        return move.why
    pattern = str(amending.instrument.value["agreed"])
    before, after = (
        _printed(words, move.term, stage, amending)
        for words, stage in (
            (move.was, amending.before),
            (move.written, amending.after),
        )
    )
    return pattern.format(before=before, after=after)


def _printed(words: str, term: str, stage: Stage, amending: Amending) -> str:
    phrases = phrases_of(stage.agreed.terms, amending.library)
    return phrases.printed(read_moment(words), term).text


def lost_days(answer: Relief | None, wording: Instrument) -> Iterator[CountedDay]:
    """Yield each day of a circumstance, and why it is not counted if it is not."""
    for day in answer.lost if answer else ():
        why_not = day.why_not
        if day.reason == "before notice":
            why_not = str(wording.value["before_notice"])
        yield CountedDay(
            date=day.date, weekday=day.weekday, counted=day.counted, why_not=why_not
        )


def extensions(answer: Relief | None) -> Iterator[Extension]:
    """Yield what each milestone is given by the contract, and what was agreed."""
    for each in answer.extended if answer else ():
        if each.given is not None and each.agreed is not None:
            yield Extension(title=each.title, given=each.given, agreed=each.agreed)


def price_total(amending: Amending) -> PriceTotal | None:
    """Return the price as signed, before the change and after it."""
    before, after = (each.agreed.terms for each in (amending.before, amending.after))
    return price_between(before, after)


def price_between(before: Terms, after: Terms) -> PriceTotal | None:
    """Return the price as signed, of some terms and of later ones."""
    signed = original_price(after) or original_price(before)
    if not (before.price and after.price and before.price.total and after.price.total):
        return None
    return PriceTotal(
        signed or before.price.total, before.price.total, after.price.total
    )


def completion_totals(amending: Amending) -> tuple[CompletionTotal, ...]:
    """Return the milestones that complete the work: signed, before and after."""
    named = _completing(amending.after.agreed)
    timelines = [
        Days(stage.agreed.terms, Facts())
        for stage in (amending.stages[0], amending.before, amending.after)
    ]
    totals = []
    for name in named:
        due = [timeline.milestone(name, "due").date for timeline in timelines]
        first, second, third = due
        if first and second and third:
            title = amending.after.agreed.terms.milestones[name].title
            totals.append(CompletionTotal(title, first, second, third))
    return tuple(totals)


def _moves_totals(amending: Amending) -> bool:
    """Whether price or completion is, or was by an earlier change, another one."""
    price = price_total(amending)
    days = completion_totals(amending)
    moved = any(not one.original == one.before == one.after for one in days)
    return moved or bool(price and not price.original == price.before == price.after)


def _completing(agreed: Agreed) -> Sequence[Identifier]:
    """Return the milestones whose delay costs damages, or else the last one."""
    risks = agreed.terms.contingencies
    late = risks.late_completion if risks else None
    if late is not None:
        return late.for_
    return list(agreed.terms.milestones)[-1:]
