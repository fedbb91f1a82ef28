"""Sums, shares and rates: exact, in the places of their currency, never a float."""

import re
from decimal import Decimal
from typing import Literal, Self

from msgspec import Struct

from closer.terms.currencies import MINOR_UNITS, nearest_currency

RateUnit = Literal[
    "hour", "day", "calendar day", "business day", "week", "month", "year"
]


class Unreadable(ValueError):
    """A text that is no value of the kind asked for: what it is, why, what to write."""

    def __init__(self, what: str, why: str, remedy: str) -> None:
        super().__init__(what, why, remedy)
        self.what, self.why, self.remedy = what, why, remedy


class Money(Struct, frozen=True):
    """An exact sum; `amount` carries as many places as its ISO 4217 currency has."""

    currency: str
    amount: Decimal

    @classmethod
    def read(cls, text: str, currency: str | None = None) -> Self:
        """Read `USD 48,500.00`, or `48500` where the deal has a `currency`."""
        match = re.fullmatch(
            r"(?:([A-Za-z]{3})\s*)?(-?[0-9,]{1,20}(?:\.[0-9]+)?)", text.strip()
        )
        if not match:
            raise _no_sum(text, currency)
        code = (match[1] or currency or "").upper()
        _known_currency(text, code, wanted=currency)
        return cls(code, _exact(text, match[2], MINOR_UNITS[code]))

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"


def _no_sum(text: str, currency: str | None) -> Unreadable:
    what = f"{text!r} is no sum of money."
    points = re.fullmatch(_POINTS_BETWEEN_THOUSANDS, text.strip())
    if points:
        whole = int(re.sub(r"\D", "", points[2]))
        sum_ = f"{points[1] or currency or 'USD'} {whole:,}.{points[3] or '00'}"
        why = "A point and a comma mean different things in different countries."
        remedy = "Write commas between thousands and a point before the decimals"
        return Unreadable(what, why, f"{remedy}: {sum_}.")
    why = "A sum is a currency code and figures, so that nobody can misread it."
    return Unreadable(what, why, "Write it like USD 48,500.00.")


_POINTS_BETWEEN_THOUSANDS = (
    r"(?:([A-Za-z]{3})\s*)?"
    r"([0-9]{1,3}(?:[.'\u2019 ][0-9]{3})+|[0-9]+(?=,))(?:,([0-9]{1,2}))?"
)


def _known_currency(text: str, code: str, *, wanted: str | None) -> None:
    if not code:
        raise Unreadable(
            f"{text!r} has no currency.",
            "A bare figure can be read in any currency.",
            "Put the code before it, or give the deal a `currency`.",
        )
    if code not in MINOR_UNITS:
        raise Unreadable(
            f"{code} is no ISO 4217 currency.",
            "A sum in an unknown currency cannot be paid or added up.",
            f"Did you mean {nearest_currency(code)}?",
        )
    if wanted and code != wanted:
        raise Unreadable(
            f"{text!r} is not in {wanted}, the currency of this deal.",
            "Sums in two currencies cannot be added up.",
            f"Write the sum in {wanted}, or change `currency`.",
        )


def _exact(text: str, figures: str, places: int) -> Decimal:
    whole, _, cents = figures.lstrip("-").partition(".")
    if "," in whole and not re.fullmatch(r"\d{1,3}(,\d{3})+", whole):
        raise Unreadable(
            f"The commas in {text!r} are not between thousands.",
            "A comma in the wrong place may stand for a decimal point.",
            "Write thousands like 48,500.00, or leave the commas out.",
        )
    if len(cents) > places:
        raise Unreadable(
            f"{text!r} has {len(cents)} decimal places.",
            f"This currency has {places}; what is left over cannot be paid.",
            "Round the sum as the parties agreed it.",
        )
    amount = Decimal(figures.replace(",", ""))
    if amount < 0:
        raise Unreadable(
            f"{text!r} is below zero.",
            "A negative sum does not say who pays whom.",
            "Write the sum without the sign and name the payer.",
        )
    return amount.quantize(Decimal(1).scaleb(-places))


class Share(Struct, frozen=True):
    """A part of the whole that the field names, in per cent."""

    percent: Decimal

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `10%` or `2.5 %`."""
        match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*%", text.strip())
        if not match:
            raise Unreadable(
                f"{text!r} is no share.",
                "A share is a number and a per cent sign.",
                "Write it like 10%.",
            )
        return cls(_plain(match[1]))

    def __str__(self) -> str:
        return f"{self.percent}%"


def _plain(figures: str) -> Decimal:
    """Return a decimal without an exponent or idle zeros: `10.50` is 10.5."""
    value = Decimal(figures)
    whole = value == value.to_integral()
    return value.quantize(Decimal(1)) if whole else value.normalize()


class Rest(Struct, frozen=True):
    """What remains of the original price after the other payments."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `rest`."""
        if text.strip() != "rest":
            raise Unreadable(f"{text!r} is not `rest`.", "", "Write rest.")
        return cls()

    def __str__(self) -> str:
        return "rest"


class Quantity(Struct, frozen=True):
    """So much of something: `500000 lb`, `30 hours of support`, `200 users`."""

    number: Decimal
    unit: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a number and what is counted."""
        match = re.fullmatch(
            r"([0-9][0-9,]{0,19}(?:\.[0-9]{1,6})?)\s+([^\W\d].*)",
            " ".join(text.split()),
        )
        if not match:
            raise Unreadable(
                f"{text!r} is no quantity.",
                "A number alone does not say what is counted.",
                "Write it like 500000 lb or 200 users.",
            )
        return cls(_plain(_exactly(text, match[1])), match[2])

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


def _exactly(text: str, figures: str) -> str:
    whole, point, rest = figures.partition(".")
    if "," in whole and not re.fullmatch(r"\d{1,3}(,\d{3})+", whole):
        raise Unreadable(
            f"The commas in {text!r} are not between thousands.",
            "A comma in the wrong place may stand for a decimal point.",
            "Write thousands like 500,000, or leave the commas out.",
        )
    return whole.replace(",", "") + point + rest


class Charge(Struct, frozen=True):
    """Money for each of anything: `USD 220.00 per hour`, `USD 0.30 per package`."""

    amount: Money
    per: str

    @classmethod
    def read(cls, text: str, currency: str | None = None) -> Self:
        """Read a sum and for each of what it is paid."""
        amount, found, per = " ".join(text.split()).partition(" per ")
        if not found or not per.strip():
            raise Unreadable(
                f"{text!r} is no charge.",
                "A charge says how much and for each of what.",
                "Write it like USD 220.00 per hour or USD 0.30 per package.",
            )
        return cls(Money.read(amount, currency), per.strip())

    def __str__(self) -> str:
        return f"{self.amount} per {self.per}"


def read_margin(text: str, currency: str | None = None) -> "Share | Charge":
    """Read a share of the cost or a sum for each unit."""
    if text.strip().endswith("%"):
        return Share.read(text)
    return Charge.read(text, currency)


def read_measure(text: str, currency: str | None = None) -> Money | Quantity:
    """Read a sum of money or a quantity of something."""
    first = text.split()[:1]
    if first and first[0].upper() in MINOR_UNITS:
        return Money.read(text, currency)
    return Quantity.read(text)


Amount = Money | Share | Rest
"""What a payment comes to: a sum, a share of the original price, or the rest of it."""


def read_amount(text: str, currency: str | None = None) -> Amount:
    """Read a sum, a share or `rest`."""
    if text.strip() == "rest":
        return Rest()
    return _sum_or_share(text, currency, "a sum, a share or rest", ", 10% or rest")


def read_cap(text: str, currency: str | None = None) -> Money | Share:
    """Read a sum or a share."""
    return _sum_or_share(text, currency, "a sum or a share", " or 10%")


def _sum_or_share(
    text: str, currency: str | None, wanted: str, beside: str
) -> Money | Share:
    """Read a sum or a share; what is neither is told all that can stand here."""
    if text.strip().endswith("%"):
        return Share.read(text)
    try:
        return Money.read(text, currency)
    except Unreadable as error:
        general = "Write it like USD 48,500.00"
        if error.remedy != f"{general}.":
            raise
        why = f"What is wanted here is {wanted}."
        raise Unreadable(error.what, why, f"{general}{beside}.") from None


class Rate(Struct, frozen=True):
    """Money or a share for each unit of time: `1% per month`, `USD 150 per day`."""

    amount: Money | Share
    per: RateUnit

    @classmethod
    def read(cls, text: str, currency: str | None = None) -> Self:
        """Read `1% per month` or `USD 150 per calendar day`."""
        match = re.fullmatch(
            r"(.+?) per (hour|(?:calendar |business )?day|week|month|year)",
            text.strip(),
        )
        if not match:
            raise Unreadable(
                f"{text!r} is no rate.",
                "A rate says how much and for each of what.",
                "Write it like 1% per month or USD 150 per calendar day.",
            )
        return cls(read_cap(match[1], currency), match[2])  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"{self.amount} per {self.per}"
