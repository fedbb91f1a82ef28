"""What the law of a place may want of a deal with a private customer: open points.

The library does not know what every statute says. What it knows is a row; a place
without one is an open point too, so that nobody takes silence for safety.
"""

import re
from collections.abc import Iterator, Mapping

from closer.library.shapes import Library
from closer.terms.checks.open_points import OpenKind, OpenPoint
from closer.terms.model import Party, Terms

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
    address = f"{party.address}, {terms.site.address if terms.site else ''}"
    rows = {
        id_: row
        for id_, row in library.required_words.items()
        if _is_of(row, address) and terms.contract in _texts(row, "types", terms)
    }
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
