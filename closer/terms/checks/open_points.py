"""What is still open before signing: concerns, conditions, confirmations."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from closer.terms.model import Closing, Terms

OpenKind = Literal[
    "open concern",
    "unmet condition",
    "missing confirmation",
    "outdated confirmation",
    "required words",
    "unknown law",
]
_SHORTEST_DIGEST = 8


class OpenPoint(Struct, frozen=True, kw_only=True):
    """One thing that stops the signing: whose it is, what it is, and its day if any."""

    kind: OpenKind
    path: str
    party: str
    what: str = ""
    on: date | None = None

    def __str__(self) -> str:
        said = f": {self.what}" if self.what else ""
        return f"{self.kind}{said} ({self.party})"


def open_points(terms: Terms, digest: str) -> tuple[OpenPoint, ...]:
    """Return what is open; `digest` is that of these terms.

    Amended terms have none: `closing` speaks of the first signing.
    """
    if terms.amended:
        return ()
    closing = terms.closing or Closing()
    return (
        *_concerns(closing),
        *_conditions(closing),
        *_confirmations(terms, closing, digest),
    )


def _concerns(closing: Closing) -> Iterator[OpenPoint]:
    for key, concern in closing.concerns.items():
        if concern.settled is None:
            yield OpenPoint(
                kind="open concern",
                path=f"closing.concerns.{key}",
                party=concern.by,
                what=concern.concern,
                on=concern.on,
            )


def _conditions(closing: Closing) -> Iterator[OpenPoint]:
    for key, condition in closing.conditions.items():
        if condition.met is None:
            yield OpenPoint(
                kind="unmet condition",
                path=f"closing.conditions.{key}",
                party=condition.owner,
                what=condition.title,
                on=condition.due,
            )


def _confirmations(terms: Terms, closing: Closing, digest: str) -> Iterator[OpenPoint]:
    for party in terms.parties:
        path = f"closing.confirmed.{party}"
        confirmation = closing.confirmed.get(party)
        if confirmation is None:
            yield OpenPoint(kind="missing confirmation", path=path, party=party)
        elif confirmation.of and not _confirms(confirmation.of, digest):
            yield OpenPoint(
                kind="outdated confirmation",
                path=path,
                party=party,
                what=confirmation.of,
                on=confirmation.on,
            )


def _confirms(of: str, digest: str) -> bool:
    return len(of) >= _SHORTEST_DIGEST and digest.startswith(of)
