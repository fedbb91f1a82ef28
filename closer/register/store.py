"""The register: the journals of all deals, and what is due by them.

The rows of what is due are computed when something is recorded, not when someone looks:
`due` reads one index and imports nothing heavy. The journal is the truth; the rows can
be computed from it anew, and `verify` does.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Self

from msgspec import Struct

from closer.register.bases import Unreachable, base_at
from closer.register.journal import Entry, Kind

VERSION = 1
_SCHEMA = """
CREATE TABLE meta (version INTEGER NOT NULL);
CREATE TABLE journal (
    ref TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, "on" TEXT NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL, data TEXT NOT NULL, before TEXT NOT NULL,
    digest TEXT NOT NULL, PRIMARY KEY (ref, number)
);
CREATE TABLE due (
    ref TEXT NOT NULL, uid TEXT NOT NULL, kind TEXT NOT NULL, stake TEXT NOT NULL,
    day TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL, party TEXT NOT NULL,
    term TEXT NOT NULL, provision TEXT NOT NULL, reason TEXT NOT NULL,
    repeats INTEGER NOT NULL, PRIMARY KEY (ref, uid, day)
);
CREATE INDEX due_by_day ON due (day) WHERE state = 'open'
"""
_TABLES = {"meta", "journal", "due"}


class DueRow(Struct, frozen=True, kw_only=True):
    """One thing that is due; `state` is open, done, expected or cancelled.

    What `repeats` has a row for each time, and none of them is ever overdue: the next
    one asks again.
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


class Register:
    """An open register, at a path or an address; use it in a `with` block."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._base = base_at(where)
        try:
            self._prepare()
        except Unreachable:
            self._base.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def _prepare(self) -> None:
        tables = self._base.tables()
        if "meta" in tables:
            self._check_version()
        elif tables:
            raise Unreachable(
                f"{self.where} is a database, but no register. Name another."
            )
        else:
            self._create()

    def _create(self) -> None:
        with self.writing():
            if not _TABLES & self._base.tables():
                for statement in _SCHEMA.split(";"):
                    self._base.run(statement)
                self._base.run("INSERT INTO meta VALUES (?)", (VERSION,))

    def _check_version(self) -> None:
        version = self._base.run("SELECT version FROM meta")[0][0]
        if version > VERSION:
            raise Unreachable(
                f"{self.where} was written by a newer closer (schema {version}; this "
                f"one knows {VERSION}). Install the newer version to use it."
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Do several writes as one: all of them, or none."""
        self._base.begin()
        try:
            yield
        except BaseException:
            self._base.end(keep=False)
            raise
        self._base.end(keep=True)

    def refs(self) -> list[str]:
        """Return the references of all deals."""
        rows = self._base.run("SELECT DISTINCT ref FROM journal ORDER BY ref")
        return [row[0] for row in rows]

    def journal(self, ref: str) -> list[Entry]:
        """Return the entries of a deal, in their order."""
        rows = self._base.run(
            'SELECT ref, number, kind, "on", at, who, data, before, digest '
            "FROM journal WHERE ref = ? ORDER BY number",
            (ref,),
        )
        return [_entry(row) for row in rows]

    def enter(self, entry: Entry) -> None:
        """Add an entry at the end; within `writing`."""
        self._base.run(
            "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.ref,
                entry.number,
                entry.kind,
                str(entry.on),
                entry.at.isoformat(),
                entry.who,
                json.dumps(entry.data, ensure_ascii=False, sort_keys=True),
                entry.before,
                entry.digest,
            ),
        )

    def replace_due(self, ref: str, rows: Sequence[DueRow]) -> None:
        """Put what is due of a deal in the place of what was; within `writing`."""
        self._base.run("DELETE FROM due WHERE ref = ?", (ref,))
        self._base.many(
            "INSERT INTO due VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (ref, uid, day) DO NOTHING",
            [_columns(row) for row in rows],
        )

    def due(self, until: date | None = None) -> list[DueRow]:
        """Return what is open up to a day, of all deals, by day."""
        rows = self._base.run(
            "SELECT * FROM due WHERE state = 'open' AND day <= ? "
            "ORDER BY day, ref, uid",
            (str(until) if until else "9999-12-31",),
        )
        return [_row(row) for row in rows]

    def all_due(self, ref: str) -> list[DueRow]:
        """Return every row of a deal, done and cancelled ones too."""
        rows = self._base.run(
            "SELECT * FROM due WHERE ref = ? ORDER BY day, uid", (ref,)
        )
        return [_row(row) for row in rows]


def _columns(row: DueRow) -> tuple[object, ...]:
    return (
        row.ref,
        row.uid,
        row.kind,
        row.stake,
        str(row.day),
        row.state,
        row.title,
        row.party,
        row.term,
        row.provision,
        row.reason,
        int(row.repeats),
    )


def _row(row: tuple[Any, ...]) -> DueRow:
    ref, uid, kind, stake, day, state, title, party, term, provision, why, again = row
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
        reason=why,
        repeats=bool(again),
    )


def _entry(row: tuple[object, ...]) -> Entry:
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
