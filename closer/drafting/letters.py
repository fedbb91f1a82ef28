"""Letters that one party signs alone: a notice, a waiver, who signs from now on."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from closer.drafting.amendment import framed, unbound
from closer.drafting.document import Document, SignatureBlock, Span, Value, Words
from closer.drafting.occasion import AmendmentFacts, Printing
from closer.drafting.phrases import Phrases
from closer.drafting.telling import Telling, Tree, merged
from closer.library.instruments import Instrument


class Claim(Struct, frozen=True, kw_only=True):
    """The extension that the contract gives one milestone, from one day to another."""

    title: str
    given: int
    before: date
    after: date


class LetterFacts(Struct, frozen=True, kw_only=True):
    """Who writes to whom, and what about.

    `sent` is the way; `rule` the provision by which a right is waived, `notice_under`
    that by which notice is given; `waived` what is given up, in which case (`breach`)
    or how long (`until`);
    `aware` the day on which the writer knew of the event, `days` how many were lost,
    `delayed` what is held up; `signs` who signs now, and who did.
    """

    by: str
    to: tuple[str, ...]
    addresses: Mapping[str, str]
    sent: str = ""
    rule: str = ""
    notice_under: str = ""
    waived: str = ""
    breach: str = ""
    until: date | None = None
    aware: date | None = None
    earlier_notice: bool = False
    days: int = 0
    delayed: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    cost: bool = False
    signs: tuple[str, str] = ("", "")


def letter(
    contract: Document,
    facts: AmendmentFacts,
    told: LetterFacts,
    *,
    instrument: Instrument,
    phrases: Phrases,
) -> Document:
    """Write a letter about a contract; only its writer's signature stands below it."""
    printing = Printing(facts, instrument, phrases)
    writing = _Letter(contract, facts, told, printing)
    telling = Telling(
        {**printing.facts(contract), **writing.facts()}, printing.tables()
    )
    document = framed(
        contract,
        kind="letter",
        title=printing.title(contract.title),
        instrument=instrument,
        telling=telling,
    )
    return replace(
        document,
        signatures=tuple(writing.signature()),
        properties=dict(facts.properties),
    )


class _Letter:
    def __init__(
        self,
        contract: Document,
        facts: AmendmentFacts,
        told: LetterFacts,
        printing: Printing,
    ) -> None:
        self.contract = contract
        self.given = facts
        self.told = told
        self.printing = printing

    def facts(self) -> Tree:
        """Return what a letter tells beside what every instrument does."""
        told, phrases = self.told, self.printing.phrases
        by = phrases.party(told.by).text
        others = phrases.listed([phrases.party(each) for each in told.to], "and").text
        now, before = told.signs
        return {
            "letter": {
                "by": by,
                "opening": by[:1].upper() + by[1:],
                "to": others,
                "on": phrases.day(self.given.effective),
                "from_whom": self._addressed((told.by,)),
                "to_whom": self._addressed(told.to),
                "sent": told.sent,
            },
            "rule": told.rule,
            "notice_under": told.notice_under,
            "waived": {
                "what": told.waived.rstrip("."),
                "breach": told.breach.rstrip("."),
                "until": phrases.day(told.until) if told.until else "",
            },
            "aware": phrases.day(told.aware) if told.aware else "",
            "earlier_notice": told.earlier_notice,
            "delayed": told.delayed,
            "claim": {"days": self.printing.days(told.days) if told.days else ""},
            "claims": tuple(self._claim(one) for one in told.claims),
            "asked": tuple(self._asked()),
            "cost": told.cost,
            "signs": {"now": now, "before": before},
        }

    def _addressed(self, parties: tuple[str, ...]) -> tuple[Span, ...]:
        """Return names and addresses, one behind the other."""
        names = {block.party: block.name for block in self.contract.signatures}
        spans: list[Span] = []
        for party in parties:
            if spans:
                spans.append(Words("; "))
            spans += names.get(party, ())
            path = f"parties.{party}.address"
            spans += (Words(", "), Value(path, self.told.addresses[party]))
        return merged(spans)

    def _claim(self, one: Claim) -> Mapping[str, str]:
        phrases = self.printing.phrases
        return {
            "title": one.title,
            "given": self.printing.days(one.given),
            "before": phrases.day(one.before),
            "after": phrases.day(one.after),
        }

    def _asked(self) -> Iterator[Mapping[str, str]]:
        """Yield each milestone for which more is asked than the contract gives."""
        for one in self.given.relief:
            if one.agreed > one.given:
                yield {
                    "title": one.title,
                    "agreed": self.printing.days(one.agreed),
                    "beyond": self.printing.days(one.agreed - one.given),
                }

    def signature(self) -> Iterator[SignatureBlock]:
        """Yield the writer's block."""
        for block in self.contract.signatures:
            if block.party == self.told.by:
                yield unbound(block)
