"""Where a deal stands, as a review and a report tell it: values, gathered elsewhere."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from closer.register.folding import Reading
from closer.register.journal import Entry
from closer.register.rows import DueRow
from closer.terms.rhythms import Target
from closer.terms.values import Money


class Payment(Struct, frozen=True, kw_only=True):
    """One payment: its day and sum, and whether it was made.

    `state` is paid, overdue, due or expected; `paid` the day on which it was entered
    as made. `sum` is None where what is paid is still to be reckoned.
    """

    title: str
    day: date
    sum: Money | None
    state: str
    paid: date | None = None


class Measure(Struct, frozen=True, kw_only=True):
    """What is measured, every reading of it, and what the last one says."""

    title: str
    target: Target
    readings: tuple[Reading, ...]
    missed: tuple[bool, ...]
    verdict: str
    said: str
    credits: tuple[tuple[date, str], ...] = ()


class Told(Struct, frozen=True, kw_only=True):
    """An open issue, and on which step of the ladder it stands."""

    number: int
    text: str
    about: str
    raised: date
    stands: str


class Standing(Struct, frozen=True, kw_only=True):
    """One deal on a day.

    `late` and `coming` are what is open, by day; `windows` the next last days that cost
    a right; `days` what comes once, done and expected too; `happened` every entry that
    counts, with what it was about.
    """

    ref: str
    title: str
    parties: str
    signed: date | None
    amendments: int
    ended: date | None
    stays: date | None
    ends: date | None
    head: str
    late: tuple[DueRow, ...]
    coming: tuple[DueRow, ...]
    windows: tuple[DueRow, ...]
    days: tuple[DueRow, ...]
    payments: tuple[Payment, ...]
    measures: tuple[Measure, ...]
    issues: tuple[Told, ...]
    happened: tuple[tuple[Entry, str], ...]

    def money(self, state: str) -> list[Money]:
        """Return the sums of the payments in a state, one for each currency."""
        found: dict[str, Decimal] = {}
        for one in self.payments:
            if one.state == state and one.sum is not None:
                code = one.sum.currency
                found[code] = found.get(code, Decimal(0)) + one.sum.amount
        return [Money(code, amount) for code, amount in found.items()]
