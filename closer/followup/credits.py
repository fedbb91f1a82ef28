"""What a missed service level costs, as far as its words can be reckoned with."""

import re
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct

from closer.followup.readings import reaches
from closer.followup.wording import printed
from closer.terms.model import Payment, Terms
from closer.terms.moments import Days, Resolved
from closer.terms.money import rounded, sum_of
from closer.terms.protection import ServiceLevel
from closer.terms.values import Money

_CREDIT = re.compile(
    r"(?:(?P<share>\d+(?:\.\d+)?)\s*% of (?P<base>.+?)"
    r"|(?P<currency>[A-Z]{3}) ?(?P<amount>[\d,]+(?:\.\d+)?))"
    r"(?: for (?:each|every) (?P<how>started|full|whole)?\s*(?P<step>\d+(?:\.\d+)?)"
    r"\s*(?:%|[a-z]+)? (?:below|above|over|under) the target)?"
)
_PARTS = {"monthly": 12, "quarterly": 4, "half-yearly": 2}


class Credit(Struct, frozen=True):
    """A credit that falls due: its words, what they come to, and its last day.

    `share` is in per cent of `base`; `sum` is there where the base is a payment of the
    deal. Neither is there where the words cannot be reckoned with. `claim_by`: a credit
    that is not claimed until this day lapses.
    """

    words: str
    share: Decimal | None = None
    base: str = ""
    sum: Money | None = None
    capped: bool = False
    claim_by: date | None = None

    def plain(self) -> dict[str, str]:
        """Return it as the journal keeps it."""
        found = {
            "words": self.words,
            "share": f"{_short(self.share)}%" if self.share is not None else "",
            "of": self.base,
            "sum": printed(self.sum),
            "capped": "yes" if self.capped else "",
            "claim_by": str(self.claim_by or ""),
        }
        return {key: value for key, value in found.items() if value}


def credit_for(
    level: ServiceLevel, value: Decimal, terms: Terms, on: date
) -> Credit | None:
    """Return the credit for a reading of a service level; None if none falls due.

    `5% of the monthly fee for each started 0.5% below the target` is taken once for
    each step begun (`started`), or once for each step reached (`full`, `whole`),
    between the target and the reading; without `for each`, once for the miss. A share
    never exceeds `credit_cap`. Other words stand as they are, for people to reckon.
    """
    if level.credit is None or reaches(level.target, value):
        return None
    claim_by = None
    if level.claim_within is not None:
        claim_by = Days(terms).counted(level.claim_within, Resolved(on)).date
    words = " ".join(str(level.credit).split())
    match = _CREDIT.fullmatch(words)
    if match is None:
        return Credit(words, claim_by=claim_by)
    steps = _steps(match, abs(level.target.value - value))
    if not steps:
        return None
    if match["share"] is None:
        code, each = match["currency"], Decimal(match["amount"].replace(",", ""))
        whole = Money(code, rounded(each * steps, code))
        return Credit(words, sum=whole, claim_by=claim_by)
    share, cap = Decimal(match["share"]) * steps, level.credit_cap
    capped = cap is not None and share > cap.percent
    share = cap.percent if cap is not None and capped else share
    base = _fee(match["base"], terms)
    amount = None
    if base is not None:
        exact = base.amount * share / 100
        amount = Money(base.currency, rounded(exact, base.currency))
    return Credit(words, share, match["base"], amount, capped, claim_by)


def _steps(match: re.Match[str], miss: Decimal) -> Decimal:
    if match["step"] is None:
        return Decimal(1)
    begun = match["how"] not in ("full", "whole")
    count = miss / Decimal(match["step"])
    return count.to_integral_value(ROUND_CEILING if begun else ROUND_FLOOR)


def _fee(base: str, terms: Terms) -> Money | None:
    """Return the payment that words name: `the monthly fee`, or a part of a year's."""
    words = base.casefold().removeprefix("the ")
    part = re.fullmatch(r"(monthly|quarterly|half-yearly) part of the (.+)", words)
    divided = _PARTS[part[1]] if part else 1
    name = part[2] if part else words
    payments = terms.price.payments if terms.price else {}
    for id_, payment in payments.items():
        if name in (_title(payment).casefold(), str(id_).replace("_", " ")):
            whole = sum_of(payment, terms)
            return Money(whole.currency, whole.amount / divided)
    return None


def _title(payment: Payment) -> str:
    return str(payment.title or "")


def _short(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
