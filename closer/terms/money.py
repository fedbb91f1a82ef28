"""Sums: what the payments of a deal come to."""

from decimal import ROUND_HALF_UP, Decimal

from closer.terms.currencies import MINOR_UNITS
from closer.terms.model import Payment, Terms
from closer.terms.values import Money, Rest, Share


def original_price(terms: Terms) -> Money | None:
    """Return the price as first signed, of which every share is a part."""
    for amended in terms.amended:
        if amended.original_price:
            return amended.original_price
    return terms.price.total if terms.price else None


def part_of(share: Share, whole: Money) -> Money:
    """Return a share of a sum, to the minor unit of its currency."""
    exact = whole.amount * share.percent / 100
    return Money(whole.currency, rounded(exact, whole.currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round to the places that the currency has; half goes up."""
    places = Decimal(1).scaleb(-MINOR_UNITS[currency])
    return amount.quantize(places, ROUND_HALF_UP)


def sum_of(payment: Payment, terms: Terms) -> Money:
    """Return what a payment comes to in money.

    Shares are of the original price. `rest` is what the other payments leave of the
    price: after a change, the payment that the change adds is among them, so that
    `rest` stays what it was.
    """
    if isinstance(payment.amount, Money):
        return payment.amount
    whole = original_price(terms)
    if whole is None:
        return Money(terms.currency or "USD", Decimal(0))
    if isinstance(payment.amount, Share):
        return part_of(payment.amount, whole)
    others = [
        sum_of(other, terms).amount
        for other in (terms.price.payments if terms.price else {}).values()
        if not isinstance(other.amount, Rest)
    ]
    price = terms.price.total if terms.price and terms.price.total else whole
    return Money(whole.currency, price.amount - sum(others, Decimal(0)))
