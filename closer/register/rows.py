"""What is due, and the journal, as the rows of a table: values in, values out."""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct

from closer.register.journal import Entry, Kind

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
DUE = (
    "ref, uid, kind, stake, day, state, title, party, term, provision, reason, "
    "repeats, sequence, stamp"
)
"""The columns of what is due, in the order of the fields of a row."""


class DueRow(Struct, frozen=True, kw_only=True):
    """One thing that is due; `state` is open, done, expected or cancelled.

    What `repeats` has a row for each time, and none of them is ever overdue: the next
    one asks again. `sequence` and `stamp` are those of its entry in a calendar.
    """

    ref: str
    uid: str
    kind: str
    stake: str
    day: date
    state: str
    title: str
    party: str
    term: str
    provision: str
    reason: str
    repeats: bool = False
    sequence: int = 0
    stamp: datetime = NEVER


def columns(row: DueRow) -> tuple[object, ...]:
    """Return a row as the database keeps it."""
    return (
        row.ref,
        row.uid,
        row.kind,
        row.stake,
        _written(row.day),
        row.state,
        row.title,
        row.party,
        row.term,
        row.provision,
        row.reason,
        int(row.repeats),
        row.sequence,
        _written(row.stamp),
    )


@lru_cache(maxsize=4096)
def _written(moment: date) -> str:
    """Return a day or an instant as text; those of a portfolio are few."""
    return moment.isoformat()


def due_row(row: tuple[Any, ...]) -> DueRow:
    """Return a row as the database kept it."""
    ref, uid, kind, stake, day, state, title, party, *rest = row
    term, provision, reason, repeats, sequence, stamp = rest
    return DueRow(
        ref=ref,
        uid=uid,
        kind=kind,
        stake=stake,
        day=date.fromisoformat(day),
        state=state,
        title=title,
        party=party,
        term=term,
        provision=provision,
        reason=reason,
        repeats=bool(repeats),
        sequence=sequence,
        stamp=datetime.fromisoformat(stamp),
    )


def cells(entry: Entry) -> tuple[object, ...]:
    """Return an entry of the journal as the database keeps it."""
    return (
        entry.ref,
        entry.number,
        entry.kind,
        str(entry.on),
        entry.at.isoformat(),
        entry.who,
        json.dumps(entry.data, ensure_ascii=False, sort_keys=True),
        entry.before,
        entry.digest,
    )


def journal_entry(row: tuple[object, ...]) -> Entry:
    """Return an entry of the journal as the database kept it."""
    ref, number, kind, on, at, who, data, before, digest = (str(cell) for cell in row)
    known: Kind = kind  # type: ignore[assignment]
    return Entry(
        ref=ref,
        number=int(number),
        kind=known,
        on=date.fromisoformat(on),
        at=datetime.fromisoformat(at),
        who=who,
        data=json.loads(data),
        before=before,
        digest=digest,
    )
