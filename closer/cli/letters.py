"""What a letter of one party tells: gathered from terms, relief and the change file."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from closer.cli.citing import provision
from closer.cli.deal import Deal, Stage, instrument_of, properties
from closer.cli.instrument import (
    Amending,
    earlier,
    extensions,
    lost_days,
    occasion_of,
    phrases_of,
    price_between,
)
from closer.drafting.document import Document
from closer.drafting.letters import Claim, LetterFacts, letter
from closer.drafting.naming import Named
from closer.drafting.occasion import AmendmentFacts
from closer.followup.relief import Relief, relief
from closer.library.instruments import Instrument
from closer.library.loading import Library
from closer.terms.change import Change, Circumstance
from closer.terms.changes import amended
from closer.terms.model import Terms
from closer.terms.moments import Days, Facts
from closer.terms.people import Signatory


def written_letter(
    deal: Deal, stages: tuple[Stage, ...], library: Library, wording: Instrument
) -> tuple[Document, Relief | None]:
    """Write the letter that the last file of a deal asks for.

    The second part is what the contract gives, where the letter is a notice.
    """
    change = deal.letter
    if change is None:
        message = "the last file is no letter"
        raise TypeError(message)
    writing = _Writing(deal, library, change, (stages[-1], wording))
    document = letter(
        signed_today(stages[-1]),
        writing.facts(),
        writing.told(),
        instrument=wording,
        phrases=phrases_of(writing.terms, library),
    )
    return document, writing.answer


class _Writing:
    """Gathers the facts of one letter."""

    def __init__(
        self,
        deal: Deal,
        library: Library,
        change: Change,
        made: tuple[Stage, Instrument],
    ) -> None:
        stage, wording = made
        self.deal, self.stage, self.library = deal, stage, library
        self.change, self.wording = change, wording
        self.terms: Terms = stage.agreed.terms
        self.days = Days(self.terms, Facts())
        self.after: Terms | None = None
        if change.changes:
            after, _ = amended(stage.agreed, change)
            self.after = after.terms if after else None
        self.answer = self._answer(change.circumstance)

    def _answer(self, event: Circumstance | None) -> Relief | None:
        if event is None:
            return None
        after = Days(self.after, Facts()) if self.after else None
        return relief(self.terms, event, self.days, after=after)

    def _section(self, path: str) -> str:
        return provision(path, self.stage.draft, self.stage.text, self.library)

    def facts(self) -> AmendmentFacts:
        """Return what every instrument tells."""
        change, answer = self.change, self.answer
        kind = instrument_of(self.stage.agreed, change)
        right = change.waives.right if change.waives else ""
        return AmendmentFacts(
            named=Named(kind, 1),
            effective=change.effective,
            contract_effective=self.deal.chain[0].terms.effective,
            earlier=tuple(earlier(self.deal, self.deal.changes)),
            occasion=occasion_of(change.circumstance, self._section),
            because=change.because,
            clause=self._section(right) if right else "",
            lost=tuple(lost_days(answer, self.wording)),
            relief=tuple(extensions(answer)),
            price=price_between(self.terms, self.after) if self.after else None,
            draft=False,
            properties=properties(self.stage.agreed, self.library),
        )

    def told(self) -> LetterFacts:
        """Return what this kind of letter tells."""
        change, event, answer = self.change, self.change.circumstance, self.answer
        notice = event.notice if event else None
        waives = change.waives
        by = waives.by if waives else notice.by if notice else ""
        given = answer.given if answer and event and self._over(event) else None
        words = phrases_of(self.terms, self.library)
        return LetterFacts(
            by=by,
            to=tuple(str(each) for each in self.terms.parties if each != by),
            addresses=addresses(self.terms),
            sent=words.word("ways", notice.how) if notice and event else "",
            rule=self._section("waiver") or self._rule(),
            notice_under=self._section(f"{event.under}.notice") if event else "",
            waived=waives.what if waives else "",
            breach=(waives.breach or "") if waives else "",
            until=change.until if waives else None,
            aware=event.aware if event else None,
            earlier_notice=bool(notice and notice.given < change.effective),
            days=given or 0,
            delayed=tuple(self._delayed(event)),
            claims=tuple(self._claims(answer)) if given else (),
            cost=bool(answer and answer.cost),
        )

    def _over(self, event: Circumstance) -> bool:
        return bool(event.last_day_lost or event.work_resumed)

    def _rule(self) -> str:
        """Return the section on waivers, which no term of its own brings in."""
        words = self.library.phrases["references"]
        for each in self.stage.text.provisions():
            if each.id == "waiver":
                return f"{words['section']} {each.number} ({each.heading})"
        return ""

    def _delayed(self, event: Circumstance | None) -> Iterator[str]:
        for path in event.affects if event else ():
            named = self.terms.milestones.get(path.rpartition(".")[2])  # type: ignore[call-overload]
            if named is not None:
                yield f"“{named.title}”"

    def _claims(self, answer: Relief | None) -> Iterator[Claim]:
        for one in answer.extended if answer else ():
            due = self.days.milestone(one.milestone.rpartition(".")[2], "due").date
            if one.given and due:
                after = due + timedelta(one.given)
                yield Claim(title=one.title, given=one.given, before=due, after=after)


def signed_today(stage: Stage) -> Document:
    """Return the contract with those who sign for the parties by now."""
    return replace(stage.text, signatures=stage.fresh.signatures)


def addresses(terms: Terms) -> dict[str, str]:
    """Return where each party is written to."""
    return {
        str(name): (party.notices.address if party.notices else None) or party.address
        for name, party in terms.parties.items()
    }


def signatory_notice(amending: Amending) -> Document:
    """Write the letter by which a party tells who signs for it from now on."""
    change = amending.change
    before, after = (each.agreed.terms for each in (amending.before, amending.after))
    by = next(iter(change.changes)).split(".")[1]
    parties = [(str(name), party) for name, party in before.parties.items()]
    was = next(party for name, party in parties if name == by)
    now = next(party for name, party in after.parties.items() if name == by)
    facts = AmendmentFacts(
        named=amending.named,
        effective=change.effective,
        contract_effective=amending.deal.chain[0].terms.effective,
        earlier=tuple(earlier(amending.deal, amending.deal.changes[:-1])),
        because=change.because,
        draft=False,
        properties=properties(amending.after.agreed, amending.library),
    )
    told = LetterFacts(
        by=by,
        to=tuple(name for name, _ in parties if name != by),
        addresses=addresses(before),
        signs=(_person(now.signatory), _person(was.signatory)),
    )
    return letter(
        signed_today(amending.before),
        facts,
        told,
        instrument=amending.instrument,
        phrases=amending.phrases,
    )


def _person(signatory: Signatory | None) -> str:
    if signatory is None:
        return ""
    title = f" ({signatory.title})" if signatory.title else ""
    return f"{signatory.name}{title}"
