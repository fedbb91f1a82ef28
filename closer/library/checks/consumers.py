"""What the law of a place may want of a deal with a private customer: open points.

The library does not know what every statute says. What it knows is a row; a place
without one is an open point too, so that nobody takes silence for safety.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from closer.library.shapes import Library
from closer.problems import Problem
from closer.terms.checks.open_points import OpenKind, OpenPoint
from closer.terms.model import Party, Price, Terms
from closer.terms.money import sum_of
from closer.terms.reading import Agreed
from closer.terms.values import Money, Share, read_amount

Row = Mapping[str, object]


def consumer_points(terms: Terms, library: Library) -> tuple[OpenPoint, ...]:
    """Return what is open because a party acts as a consumer."""
    if terms.amended:
        return ()
    return tuple(
        point
        for name, party in terms.parties.items()
        if party.acts_as == "consumer"
        for point in _points(terms, str(name), party, library)
    )


def _points(
    terms: Terms, name: str, party: Party, library: Library
) -> Iterator[OpenPoint]:
    conditions = terms.closing.conditions if terms.closing else {}
    met = {str(id_) for id_, condition in conditions.items() if condition.met}
    rows = _rows(terms, party, library)
    for id_, row in rows.items():
        if id_ not in met:
            what = f"{row['needs']}; see {row['where']}. Condition: {row['when']}"
            yield _point("required words", name, what)
    local = any(row.get("scope") == "place" for row in rows.values())
    if not local and f"consumer-law-{name}" not in met:
        what = (
            f"no row for consumers at {party.address}: the library does not know what "
            "the law there requires. Someone who does must check this contract"
        )
        yield _point("unknown law", name, what)


def _rows(terms: Terms, party: Party, library: Library) -> dict[str, Row]:
    """Return the rows that apply to a party where it lives or where the work is."""
    address = f"{party.address}, {terms.site.address if terms.site else ''}"
    return {
        id_: row
        for id_, row in library.required_words.items()
        if _is_of(row, address) and terms.contract in _texts(row, "types", terms)
    }


def consumers_are_served_as_the_place_wants(
    agreed: Agreed, library: Library
) -> Iterator[Problem]:
    """Warn of a licence that is not stated, and of a deposit that is often too high."""
    terms = agreed.terms
    for name, party in terms.parties.items():
        if party.acts_as != "consumer":
            continue
        for row in _rows(terms, party, library).values():
            ask = f"(as of {row['as_of']}); see {row['where']}, and ask someone there."
            if row.get("licence") and not any(
                other.licence for key, other in terms.parties.items() if key != name
            ):
                yield Problem(
                    "K03",
                    agreed.source.place("parties"),
                    "parties",
                    f"No trade licence is stated, as the law may want {ask}",
                    "Who does not show a licence often cannot enforce payment.",
                    "Add licence: {body: …, number: …} to the party that works.",
                )
            yield from _deposits(agreed, row, ask)


def _deposits(agreed: Agreed, row: Row, ask: str) -> Iterator[Problem]:
    """Yield each payment at the start that is over the limit of a place."""
    price = agreed.terms.price or Price()
    limit = _limit(price, row)
    for key, payment in price.payments.items():
        if limit is None or str(payment.due) not in ("signing", "effective"):
            continue
        if sum_of(payment, agreed.terms).amount > limit.amount:
            path = f"price.payments.{key}.amount"
            yield Problem(
                "K04",
                agreed.source.place(path),
                path,
                f"A deposit of {payment.amount} is over {limit}, which is often the "
                f"most allowed here {ask}",
                "Over the limit it can cost the trader the licence or the claim.",
                f"Ask for no more than {limit} before the work begins.",
            )


def _limit(price: Price, row: Row) -> Money | None:
    """Return the most that may be asked for at the start: the lower of two limits."""
    if price.total is None or "deposit_share" not in row:
        return None
    share = Share(Decimal(str(row["deposit_share"]).removesuffix("%")))
    cents = Decimal("0.01")
    most = (price.total.amount * share.percent / 100).quantize(cents)
    fixed = read_amount(str(row.get("deposit_sum") or price.total), None)
    if isinstance(fixed, Money) and fixed.currency == price.total.currency:
        most = min(most, fixed.amount)
    return Money(price.total.currency, most)


def _point(kind: OpenKind, name: str, what: str) -> OpenPoint:
    return OpenPoint(
        kind=kind,
        path=f"parties.{name}.acts_as",
        party=name,
        what=what,
    )


def _is_of(row: Row, address: str) -> bool:
    places = row.get("place")
    return any(
        re.search(rf"\b{re.escape(str(place))}\b", address)
        for place in (places if isinstance(places, list) else [])
    )


def _texts(row: Row, key: str, terms: Terms) -> list[str]:
    value = row.get(key)
    listed = value if isinstance(value, list) else []
    return [str(each) for each in listed] or [terms.contract]


CHECKS = (consumers_are_served_as_the_place_wants,)
