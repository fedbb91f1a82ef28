"""Checks on what happened on the way to signing, held against the terms."""

from collections.abc import Iterator, Mapping
from datetime import date, time

from msgspec import Struct

from closer.problems import WARNINGS, Problem
from closer.terms.checks.finding import VALUES, found, nearest
from closer.terms.model import Terms
from closer.terms.paths import value_at
from closer.terms.reading import Agreed
from closer.terms.rhythms import Rhythm, Target
from closer.terms.source import ScalarNode
from closer.terms.values import (
    Anchor,
    Charge,
    Extreme,
    Money,
    Offset,
    Period,
    Quantity,
    Rate,
    Rest,
    Share,
    Unreadable,
    read_amount,
    read_moment,
    read_time,
)


def what_was_said_is_what_stands_there(agreed: Agreed) -> Iterator[Problem]:
    """Hold what was said against the term it was said about."""
    terms = agreed.terms
    if terms.closing is None or terms.amended:
        return
    for key, said in terms.closing.said.items():
        value = value_at(terms, said.term)
        if value is None or _is_section(value):
            yield found(
                agreed,
                "CL01",
                f"closing.said.{key}.term",
                f"`{said.term}` is no single term of this deal.",
                "What was said must be held against what stands in the contract.",
                "Write the path of one value, such as price.total.",
            )
        elif not same(value, said.agreed, terms):
            yield found(
                agreed,
                "CL02",
                f"closing.said.{key}.agreed",
                f"Recorded on {said.on}: {said.agreed}; the terms say "
                f"{_reading(agreed, said.term, value)}.",
                "What was said and what is signed must be the same.",
                "Correct whichever of the two is wrong.",
            )


def _reading(agreed: Agreed, path: str, value: object) -> str:
    """Return how the terms say it: in the parties' own writing where it is one."""
    node = agreed.source.node(path)
    return node.text if isinstance(node, ScalarNode) else _written(value)


def _is_section(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, Struct) and not isinstance(value, VALUES)
    )


def same(value: object, text: str, terms: Terms) -> bool:
    """Return whether a text says the value, in whatever form it is written."""
    try:
        return value == read_as(value, text, terms.currency)
    except Unreadable:
        return False


def read_as(value: object, text: str, currency: str | None) -> object:
    """Read a text as a value of the same kind as another; raises Unreadable."""
    if isinstance(value, Money | Share | Rest):
        return read_amount(text, currency)
    if isinstance(value, Rate | Charge):
        return type(value).read(text, currency)
    if isinstance(value, Period | Quantity | Rhythm | Target):
        return type(value).read(text)
    if isinstance(value, date | Anchor | Offset | Extreme):
        return read_moment(text)
    if isinstance(value, time):
        return read_time(text)
    plain = " ".join(text.split())
    return value if plain == " ".join(_written(value).split()) else None


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)


def confirmations_name_the_terms(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a confirmation that does not say which terms it confirms."""
    closing = agreed.terms.closing
    if closing is None or agreed.terms.amended:
        return
    for party, confirmation in closing.confirmed.items():
        if confirmation.of is None:
            yield found(
                agreed,
                "CL03",
                f"closing.confirmed.{party}",
                "This confirmation does not say which terms were confirmed.",
                "It would count for these terms even if they were changed since.",
                f"Write {confirmation.on} of the digest that `closer check` prints.",
            )


def only_warnings_are_accepted(agreed: Agreed) -> Iterator[Problem]:
    """Refuse to accept an error, or a code that does not exist."""
    closing = agreed.terms.closing
    for code in closing.accepted if closing else ():
        if code not in WARNINGS:
            yield found(
                agreed,
                "CL06",
                f"closing.accepted.{code}",
                f"{code} is no warning and cannot be accepted.",
                "An error stops a contract whatever the parties think of it.",
                nearest(code, sorted(WARNINGS))
                + f"Take the line out; `closer explain {code}` says more.",
            )


CHECKS = (
    what_was_said_is_what_stands_there,
    confirmations_name_the_terms,
    only_warnings_are_accepted,
)
