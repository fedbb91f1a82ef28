"""What an amendment tells that no draft says: when, why, and what moves by how much."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from closer.drafting.document import Document, Row, Span, Table, Value, Words
from closer.drafting.naming import Named, worded
from closer.drafting.phrases import Phrases, money
from closer.drafting.telling import Tree
from closer.library.instruments import Instrument
from closer.terms.values import Moment, Money, Period


class Earlier(Struct, frozen=True):
    """An amendment that came before: First Amendment, effective 5 October 2026."""

    named: Named
    effective: date


class Occasion(Struct, frozen=True, kw_only=True):
    """The circumstance as the recitals tell it; `under` names its section."""

    what: str
    under: str = ""
    began: date | None = None
    ended: date | None = None
    noticed: date | None = None
    by: str = ""


class MovedDay(Struct, frozen=True, kw_only=True):
    """A day before and after; `why` it moves, or why it does not.

    `expected`: it still hangs on something that has not happened.
    """

    id: str
    what: str
    before: date | None
    after: date | None
    why: str
    expected: bool = False


class CountedDay(Struct, frozen=True, kw_only=True):
    """A day of the circumstance, and why it is not counted if it is not."""

    date: date
    weekday: str
    counted: bool
    why_not: str = ""


class Extension(Struct, frozen=True, kw_only=True):
    """What the contract gives one milestone in days, and what was agreed."""

    title: str
    given: int
    agreed: int


class PriceTotal(Struct, frozen=True):
    """The price as first signed, before this amendment, and after it."""

    original: Money
    before: Money
    after: Money


class CompletionTotal(Struct, frozen=True):
    """The day of a milestone as first signed, before this amendment, and after it."""

    title: str
    original: date
    before: date
    after: date


class AmendmentFacts(Struct, frozen=True, kw_only=True):
    """What no draft says: when, why, after which amendments, and what moves.

    `temporary` pairs what changes for a time with its last day, `removed` names a
    contingency that goes and the last day on which a circumstance may have begun;
    `renamed` pairs the old name of a party with its new one; `dated` is the day on
    which the contract was signed, where that is known;
    `undetermined` says that the relief cannot be told from the facts stated;
    `named_as_asked` pairs what the contract wants its amendments to name with what is
    named; `milestones` are those that move, by their titles; `clause` is the provision
    by which the instrument is made; `alone` says that only one party signs.
    """

    named: Named
    effective: date
    contract_effective: Moment
    dated: date | None = None
    earlier: tuple[Earlier, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    occasion: Occasion | None = None
    because: tuple[str, ...] = ()
    temporary: tuple[tuple[str, date], ...] = ()
    removed: tuple[tuple[str, date], ...] = ()
    consents: tuple[str, ...] = ()
    named_as_asked: tuple[tuple[str, str], ...] = ()
    clause: str = ""
    alone: bool = False
    days: tuple[MovedDay, ...] = ()
    milestones: tuple[MovedDay, ...] = ()
    lost: tuple[CountedDay, ...] = ()
    relief: tuple[Extension, ...] = ()
    undetermined: bool = False
    price: PriceTotal | None = None
    completion: tuple[CompletionTotal, ...] = ()
    draft: bool = True
    properties: dict[str, str] = {}


class Printing:
    """Prints the facts of one amendment."""

    def __init__(
        self, facts: AmendmentFacts, instrument: Instrument, phrases: Phrases
    ) -> None:
        self.given = facts
        self.instrument = instrument
        self.phrases = phrases

    def _value(self, key: str, **fields: str) -> str:
        return str(self.instrument.value[key]).format(**fields)

    def _worded(self, key: str, named: Named, **fields: str) -> str:
        return worded(self.instrument, key, named, **fields)

    def title(self, contract: str) -> str:
        """Return the title: First Amendment to the contract's title."""
        return self._worded("title", self.given.named, title=contract)

    def _called(self, title: str) -> tuple[Span, ...]:
        """Return the contract as a sentence calls it after `the`."""
        said = self.phrases.around_title(title)
        named = Value("title", title)
        return (
            (Words(said.before), named, Words(said.after)) if said.after else (named,)
        )

    @property
    def none(self) -> str:
        """What stands where there is nothing."""
        return self._value("none")

    def facts(self, before: Document) -> Tree:
        """Return everything that the prose of the instrument may print."""
        given = self.given
        return {
            "contract": {
                "title": (Value("title", before.title),),
                "called": self._called(before.title),
                "reference": (Value("reference", before.reference),),
                "effective": self.phrases.moment(given.contract_effective).text,
                "dated": self._day(given.dated),
            },
            "amendment": {
                "title": self.title(before.title),
                "name": self._worded("name", given.named),
                "effective": self._day(given.effective),
            },
            "earlier": tuple(self._earlier()),
            "renamed": tuple({"old": old, "new": new} for old, new in given.renamed),
            "circumstance": self._occasion(given.occasion),
            "because": given.because,
            "temporary": self._until(given.temporary, "what"),
            "removed": self._until(given.removed, "name"),
            "named": tuple(
                {"what": what, "text": text} for what, text in given.named_as_asked
            ),
            "clause": given.clause,
            "alone": given.alone,
            "price": self._price(given.price),
            "moved": tuple(self._milestones()),
            "consents": given.consents,
            "relief": tuple(self._extension(one) for one in given.relief),
            "extended": any(one.agreed for one in given.relief),
            "undetermined": given.undetermined,
            "days": bool(given.days),
            "lost": bool(given.lost),
            "totals": bool(given.price or given.completion),
        }

    def _earlier(self) -> Iterator[Mapping[str, str]]:
        for one in self.given.earlier:
            name = self._worded("cited", one.named)
            yield {"name": name, "effective": self._day(one.effective)}

    def _occasion(self, occasion: Occasion | None) -> Mapping[str, str]:
        if occasion is None:
            return {}
        return {
            "what": occasion.what.rstrip("."),
            "under": occasion.under,
            "began": self._day(occasion.began),
            "ended": self._day(occasion.ended),
            "noticed": self._day(occasion.noticed),
            "by": self.phrases.party(occasion.by).text if occasion.by else "",
        }

    def _until(
        self, entries: Sequence[tuple[str, date]], key: str
    ) -> tuple[Mapping[str, str], ...]:
        return tuple(
            {
                key: what,
                "opening": what[:1].upper() + what[1:],
                "until": self._day(day),
            }
            for what, day in entries
        )

    def _price(self, price: PriceTotal | None) -> Mapping[str, str]:
        if price is None or price.before == price.after:
            return {}
        return {
            "before": money(price.before),
            "after": money(price.after),
            "by": self._more(price.before, price.after),
        }

    def _milestones(self) -> Iterator[Mapping[str, str]]:
        for one in self.given.milestones:
            yield {
                "title": one.what,
                "before": self._either(one, one.before),
                "after": self._either(one, one.after),
                "by": self._moved(one.before, one.after),
            }

    def _extension(self, one: Extension) -> Mapping[str, str]:
        beyond = max(one.agreed - one.given, 0)
        return {
            "title": one.title,
            "given": self.days(one.given),
            "agreed": self.days(one.agreed),
            "extended": self.days(one.agreed) if one.agreed else "",
            "beyond": self.days(beyond) if beyond else "",
        }

    def _day(self, day: date | None) -> str:
        return self.phrases.day(day) if day else ""

    def days(self, number: int) -> str:
        """Print a number of days; none is said in words."""
        if not number:
            return self._value("no_days")
        return self.phrases.period(Period(((number, "day"),))).text

    def _moved(self, before: date | None, after: date | None) -> str:
        if before is None or after is None:
            return self._value("gone" if after is None else "new")
        if before == after:
            return self._value("stays")
        key = "later" if after > before else "earlier"
        return self._value(key, days=self.days(abs((after - before).days)))

    def tables(self) -> Mapping[str, Table]:
        """Return the tables of the annexes."""
        given = self.given
        return {
            "days": self._table("days", [self._day_row(one) for one in given.days]),
            "lost": self._table("lost", [self._lost_row(one) for one in given.lost]),
            "totals": self._table("totals", list(self._totals())),
        }

    def _table(self, name: str, rows: Sequence[tuple[str, Sequence[str]]]) -> Table:
        head = self.instrument.tables[name]
        return Table(
            id=name,
            header=head.header,
            rows=tuple(
                Row(name, tuple((Words(cell),) for cell in cells))
                for name, cells in rows
            ),
            widths=head.widths,
        )

    def _day_row(self, one: MovedDay) -> tuple[str, Sequence[str]]:
        before, after = self._either(one, one.before), self._either(one, one.after)
        moved = self._moved(one.before, one.after)
        return one.id, (one.what, before, after, moved, one.why)

    def _either(self, one: MovedDay, day: date | None) -> str:
        if day is None:
            return self._value("no_day")
        printed = self._day(day)
        return self._value("expected", day=printed) if one.expected else printed

    def _lost_row(self, one: CountedDay) -> tuple[str, Sequence[str]]:
        counted = self._value("yes" if one.counted else "no")
        why_not = one.why_not or self._value("none")
        return str(one.date), (self._day(one.date), one.weekday, counted, why_not)

    def _totals(self) -> Iterator[tuple[str, Sequence[str]]]:
        if price := self.given.price:
            cells = (
                self._value("price"),
                money(price.original),
                self._more(price.original, price.before),
                self._more(price.before, price.after),
                money(price.after),
            )
            yield "price", cells
        for place, one in enumerate(self.given.completion):
            cells = (
                self._value("completion", title=one.title),
                self._day(one.original),
                self._moved(one.original, one.before),
                self._moved(one.before, one.after),
                self._day(one.after),
            )
            yield f"completion-{place}", cells

    def _more(self, before: Money, after: Money) -> str:
        if before.amount == after.amount:
            return self._value("none")
        key = "more" if after.amount > before.amount else "less"
        amount = Money(after.currency, abs(after.amount - before.amount))
        return self._value(key, amount=money(amount))
