"""Checks on money: the payments make exactly the price, to the last cent."""

from collections.abc import Iterator
from decimal import Decimal

from closer.problems import Problem
from closer.terms.checks.finding import found
from closer.terms.model import Payment, Price, Terms
from closer.terms.money import original_price, part_of, sum_of
from closer.terms.reading import Agreed
from closer.terms.values import Money, Rest, Share


def a_price_has_a_total(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a price that nobody can reckon: no total, no formula, no fee each time."""
    price = agreed.terms.price
    if agreed.terms.royalty is not None:
        return
    if price and price.total is None and not (_comes_back(price) or _reckoned(price)):
        yield found(
            agreed,
            "M01",
            "price",
            "The price has no total.",
            "Only what comes back or is reckoned can do without one.",
            "Add total, rates, tiers or a retainer, or give a payment its `every`.",
        )


def _reckoned(price: Price) -> bool:
    """Whether the price follows from a formula, a list or rates."""
    return bool(price.basis or price.rates or price.tiers or price.retainer)


def each_payment_has_its_day(agreed: Agreed) -> Iterator[Problem]:
    """Ask every payment for a day or a rhythm, and for one of them only."""
    for key, payment in _payments(agreed.terms):
        if payment.due is None and payment.every is None:
            yield found(
                agreed,
                "M08",
                f"price.payments.{key}",
                f"Nothing says when {key} is due.",
                "A payment without a day is never late.",
                "Add due: a moment, or every: a rhythm.",
            )
        if payment.due is not None and payment.every is not None:
            yield found(
                agreed,
                "M09",
                f"price.payments.{key}.every",
                f"{key} is due once and again and again.",
                "Is it paid once or many times?",
                "Keep due or every, or write two payments.",
            )


def only_what_comes_back_is_paid_for_a_time(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a single payment that is in advance or in arrears of some period."""
    for key, payment in _payments(agreed.terms):
        if payment.paid and payment.every is None:
            yield found(
                agreed,
                "M10",
                f"price.payments.{key}.paid",
                f"{key} is paid once, and {payment.paid} of no period.",
                "Only a payment that comes back covers the time to the next, or since "
                "the last.",
                "Give it an `every`, or take `paid` out.",
            )


def a_success_fee_can_be_reckoned(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a share of nobody knows what."""
    fee = agreed.terms.success_fee
    if fee and isinstance(fee.amount, Share) and fee.of is None:
        yield found(
            agreed,
            "M11",
            "success_fee.amount",
            f"The success fee is {fee.amount}, and nothing says of what.",
            "Of the price, the profit or the first instalment? Each side knows one.",
            "Add of: the price that the buyer pays.",
        )
    if fee and fee.tail_for and fee.tail is None:
        yield found(
            agreed,
            "M11",
            "success_fee.tail_for",
            "It says for whom the fee can be earned after the end, and not how long.",
            "A tail without an end is owed for ever.",
            "Add tail: 12 months.",
        )


def shares_have_a_whole(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a share or `rest` of a price that is not there."""
    if original_price(agreed.terms) is not None:
        return
    for key, payment in _payments(agreed.terms):
        if isinstance(payment.amount, Share | Rest):
            yield found(
                agreed,
                "M04",
                f"price.payments.{key}.amount",
                f"`{payment.amount}` is a part of a price that has no total.",
                "A part of nothing cannot be paid.",
                "Add price.total, or write a sum.",
            )
    for path, amount in _securities_and_damages(agreed.terms):
        if isinstance(amount, Share):
            yield found(
                agreed,
                "M04",
                path,
                f"`{amount}` is a part of a price that has no total.",
                "A part of nothing cannot be paid.",
                "Add price.total, or write a sum.",
            )


def _securities_and_damages(terms: Terms) -> Iterator[tuple[str, object]]:
    """Yield what beside payments may be a share of the price as signed."""
    for key, bond in terms.bonds.items():
        yield f"bonds.{key}.amount", bond.amount
    late = terms.contingencies.late_completion if terms.contingencies else None
    if late is not None:
        yield "contingencies.late_completion.damages", late.damages.amount
        yield "contingencies.late_completion.cap", late.cap


def there_is_one_rest(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a second `rest`, and one that comes back."""
    rests = [
        (key, payment)
        for key, payment in _payments(agreed.terms)
        if isinstance(payment.amount, Rest)
    ]
    for number, (key, payment) in enumerate(rests):
        if number or payment.every:
            yield found(
                agreed,
                "M06",
                f"price.payments.{key}.amount",
                f"{key} cannot be `rest`.",
                "Only one payment, made once, can be what the others leave.",
                "Write a share or a sum.",
            )


def shares_come_out_to_the_cent(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a share that ends between two of the smallest coins."""
    whole = original_price(agreed.terms)
    for key, payment in _payments(agreed.terms):
        if whole is None or not isinstance(payment.amount, Share):
            continue
        exact = whole.amount * payment.amount.percent / 100
        if exact != part_of(payment.amount, whole).amount:
            yield found(
                agreed,
                "M05",
                f"price.payments.{key}.amount",
                f"{payment.amount} of {whole} is {exact.normalize():f}, "
                "which nobody can pay.",
                "A sum that must be rounded is rounded by each side in its own favour.",
                "Write the sum itself, and `rest` for the last payment.",
            )


def payments_make_the_price(agreed: Agreed) -> Iterator[Problem]:
    """Add up what is paid once and hold it against the total."""
    terms, price = agreed.terms, agreed.terms.price
    if price is None or price.total is None or _undecided(terms):
        return
    paid = sum((sum_of(p, terms).amount for p in price.payments.values()), Decimal(0))
    rest = next((k for k, p in price.payments.items() if p.amount == Rest()), None)
    if rest is not None:
        yield from _rest_is_fair(agreed, price, price.total, rest)
    elif paid != price.total.amount:
        total, difference = price.total, abs(paid - price.total.amount)
        more = "more" if paid > total.amount else "less"
        yield found(
            agreed,
            "M03",
            "price.payments",
            f"The payments come to {Money(total.currency, paid)}, which is "
            f"{Money(total.currency, difference)} {more} than the price of {total}.",
            "Each side would hold the reading that suits it."
            + (" Shares are of the price as first signed." if terms.amended else ""),
            "Correct a payment or price.total; a change of price says who pays the "
            "difference and when.",
        )


def _rest_is_fair(
    agreed: Agreed, price: Price, total: Money, rest: str
) -> Iterator[Problem]:
    """Refuse a rest of nothing, and one that would swallow a change of the price.

    `rest` is part of the original price, so whatever a change adds to the price must
    be payable by payments that are sums of their own.
    """
    others = [p for key, p in price.payments.items() if key != rest]
    left = total.amount - sum(
        (sum_of(payment, agreed.terms).amount for payment in others), Decimal(0)
    )
    original = original_price(agreed.terms) or total
    if left <= 0:
        yield found(
            agreed,
            "M03",
            f"price.payments.{rest}.amount",
            "The other payments leave nothing for `rest`.",
            "A payment of nothing, or of less, is a mistake in the others.",
            "Correct a payment or price.total.",
        )
    elif not _payable(total.amount - original.amount, others):
        yield found(
            agreed,
            "M03",
            "price.total",
            f"Nobody is said to pay the difference between {original} and {total}.",
            "`rest` is a part of the price as first signed and is not recomputed.",
            "Add a payment for the difference, or write `rest` as a sum.",
        )


def _payable(difference: Decimal, payments: list[Payment]) -> bool:
    """Return whether some of the payments together come to a change of the price."""
    reached = {Decimal(0)}
    for payment in payments:
        if isinstance(payment.amount, Money) and len(reached) < 10_000:
            reached |= {sum_ + payment.amount.amount for sum_ in reached}
    return difference in reached


def _undecided(terms: Terms) -> bool:
    """Return whether a sum cannot be reckoned, or an earlier problem says it all."""
    amounts = [payment.amount for _, payment in _payments(terms)]
    twice = amounts.count(Rest()) > 1
    return twice or bool(terms.price and _comes_back(terms.price))


def _comes_back(price: Price) -> bool:
    return any(payment.every for payment in price.payments.values())


def _payments(terms: Terms) -> Iterator[tuple[str, Payment]]:
    if terms.price:
        yield from terms.price.payments.items()


CHECKS = (
    a_price_has_a_total,
    each_payment_has_its_day,
    only_what_comes_back_is_paid_for_a_time,
    a_success_fee_can_be_reckoned,
    shares_have_a_whole,
    there_is_one_rest,
    shares_come_out_to_the_cent,
    payments_make_the_price,
)
