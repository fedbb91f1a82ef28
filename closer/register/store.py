"""The register in one SQLite file: the journals, and what is due by them.

The rows of what is due are computed when something is recorded, not when someone looks:
`due` reads one index and imports nothing heavy. The journal is the truth; the rows can
be computed from it anew, and `verify` does.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from msgspec import Struct

from closer.register.journal import Entry, Kind

VERSION = 1
_WAIT_SECONDS = 5.0
_SCHEMA = """
CREATE TABLE journal (
    ref TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, "on" TEXT NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL, data TEXT NOT NULL, before TEXT NOT NULL,
    digest TEXT NOT NULL, PRIMARY KEY (ref, number)
) WITHOUT ROWID;
CREATE TABLE due (
    ref TEXT NOT NULL, uid TEXT NOT NULL, kind TEXT NOT NULL, stake TEXT NOT NULL,
    day TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL, party TEXT NOT NULL,
    term TEXT NOT NULL, provision TEXT NOT NULL, reason TEXT NOT NULL,
    repeats INTEGER NOT NULL,
    PRIMARY KEY (ref, uid, day)
) WITHOUT ROWID;
CREATE INDEX due_by_day ON due (day) WHERE state = 'open';
"""


class Unreachable(Exception):
    """The register cannot be used: what it is, and what to do."""


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
    """An open register; use it in a `with` block."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = not path.exists()
            self._base = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None
            )
            if fresh:
                os.chmod(path, 0o600)  # noqa: PTH101 - what was signed is private
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise Unreachable(_said(path, error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def _prepare(self) -> None:
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise Unreachable(
                f"{self.path} was written by a newer closer (schema {version}; this "
                f"one knows {VERSION}). Install the newer version to use it."
            )
        if version == 0:
            count = "SELECT count(*) FROM sqlite_master"
            if self._base.execute(count).fetchone()[0]:
                said = f"{self.path} is a database, but no register."
                raise Unreachable(f"{said} Name another file.")
            self._base.execute("PRAGMA journal_mode = WAL")
            with self.writing():
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    self._base.execute(statement)
                self._base.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Do several writes as one: all of them, or none."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def refs(self) -> list[str]:
        """Return the references of all deals."""
        rows = self._base.execute("SELECT DISTINCT ref FROM journal ORDER BY ref")
        return [row[0] for row in rows]

    def journal(self, ref: str) -> list[Entry]:
        """Return the entries of a deal, in their order."""
        rows = self._base.execute(
            'SELECT ref, number, kind, "on", at, who, data, before, digest '
            "FROM journal WHERE ref = ? ORDER BY number",
            (ref,),
        )
        return [_entry(row) for row in rows]

    def enter(self, entry: Entry) -> None:
        """Add an entry at the end; within `writing`."""
        self._base.execute(
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
        self._base.execute("DELETE FROM due WHERE ref = ?", (ref,))
        self._base.executemany(
            "INSERT OR REPLACE INTO due VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_columns(row) for row in rows],
        )

    def due(self, until: date | None = None) -> list[DueRow]:
        """Return what is open up to a day, of all deals, by day."""
        rows = self._base.execute(
            "SELECT * FROM due WHERE state = 'open' AND day <= ? "
            "ORDER BY day, ref, uid",
            (str(until) if until else "9999-12-31",),
        )
        return [_row(row) for row in rows]

    def all_due(self, ref: str) -> list[DueRow]:
        """Return every row of a deal, done and cancelled ones too."""
        rows = self._base.execute(
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


def _said(path: Path, error: Exception) -> str:
    if "not a database" in str(error):
        return f"{path} is no register: it is not a database. Name another file."
    if "locked" in str(error):
        return f"{path} is in use by somebody else. Nothing was written; try again."
    return f"The register {path} cannot be opened: {error}. Nothing was written."
