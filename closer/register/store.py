"""The register: the journals of all deals, and what is due by them.

The rows of what is due are computed when something is recorded, not when someone looks:
`due` reads one index and imports nothing heavy. The journal is the truth; the rows can
be computed from it anew, and `verify` does.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import Self

from msgspec import Struct

from closer.register.bases import Unreachable, base_at
from closer.register.journal import Entry
from closer.register.rows import (
    DUE,
    DueRow,
    cells,
    columns,
    due_row,
    journal_entry,
)
from closer.register.schema import STEPS, TABLES, VERSION

__all__ = ["DueRow", "Register", "Whole"]

_ONCE = (
    f"SELECT {DUE} FROM due WHERE state = 'open' AND repeats = 0 AND day <= ? "  # noqa: S608
    "UNION ALL "
    f"SELECT {DUE} FROM due WHERE state = 'open' AND repeats = 1 "
    "AND day >= ? AND day <= ? ORDER BY day, ref, uid"
)
_OF_A_DEAL = f"SELECT {DUE} FROM due WHERE ref = ? ORDER BY day, uid"  # noqa: S608
_INTO_DUE = "INSERT INTO due VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INTO_JOURNAL = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Whole(Struct, frozen=True):
    """A deal as it moves from one register to another.

    `rows` were computed by `maker`, a version of closer with its clauses.
    """

    ref: str
    journal: Sequence[Entry]
    rows: Sequence[DueRow]
    maker: str


class Register:
    """An open register, at a path or an address; use it in a `with` block."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._writing = False
        self._base = base_at(where)
        try:
            self._prepare()
        except BaseException:
            self._base.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def _prepare(self) -> None:
        version = self._version()
        if version > VERSION:
            raise Unreachable(
                f"{self.where} was written by a newer closer (schema {version}; this "
                f"one knows {VERSION}). Install the newer version to use it."
            )
        if version == VERSION:
            return
        with self.writing():  # whoever came first has done it
            for step in STEPS[self._version() :]:
                for statement in step:
                    self._base.run(statement)

    def _version(self) -> int:
        """Return the version of the schema; 0 where nothing is there yet."""
        tables = self._base.tables()
        if not tables:
            return 0
        if not tables >= TABLES:
            raise Unreachable(
                f"{self.where} is a database, but no register. Name another."
            )
        rows = self._base.run("SELECT version FROM meta")
        return int(rows[0][0]) if rows else 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Do several writes as one: all of them, or none.

        Within another `writing`, it is part of that one.
        """
        if self._writing:
            yield
            return
        self._base.begin()
        self._writing = True
        try:
            yield
        except BaseException:
            with suppress(Unreachable):  # a lost connection keeps nothing either
                self._base.end(keep=False)
            raise
        finally:
            self._writing = False
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
        return [journal_entry(row) for row in rows]

    def enter(self, entry: Entry) -> None:
        """Add an entry at the end; within `writing`."""
        self._base.run(_INTO_JOURNAL, cells(entry))

    def keep(self, contents: Mapping[str, str]) -> None:
        """Keep texts under their digests; the same text is kept once."""
        for digest, content in contents.items():
            self._base.run(
                "INSERT INTO kept VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
                (digest, content),
            )

    def kept(self, digest: str) -> str | None:
        """Return the text that is kept under a digest."""
        rows = self._base.run("SELECT content FROM kept WHERE digest = ?", (digest,))
        return str(rows[0][0]) if rows else None

    def replace_due(self, ref: str, rows: Sequence[DueRow], maker: str) -> None:
        """Put what is due of a deal in the place of what was; within `writing`.

        `maker` says which version of closer computed it, with which clauses.
        """
        self._base.run("DELETE FROM due WHERE ref = ?", (ref,))
        self._base.run("DELETE FROM reckoned WHERE ref = ?", (ref,))
        self._base.many(_INTO_DUE, map(columns, rows))
        self._base.run("INSERT INTO reckoned VALUES (?, ?)", (ref, maker))

    def maker(self, ref: str) -> str:
        """Return what computed the rows of a deal."""
        rows = self._base.run("SELECT maker FROM reckoned WHERE ref = ?", (ref,))
        return str(rows[0][0]) if rows else ""

    def take_in(self, deals: Sequence[Whole]) -> None:
        """Add deals that are not there yet, many at a time; within `writing`."""
        entries = (cells(entry) for deal in deals for entry in deal.journal)
        self._base.fill(_INTO_JOURNAL, "COPY journal FROM STDIN", entries)
        rows = (columns(row) for deal in deals for row in deal.rows)
        self._base.fill(_INTO_DUE, "COPY due FROM STDIN", rows)
        makers = ((deal.ref, deal.maker) for deal in deals)
        self._base.fill(
            "INSERT INTO reckoned VALUES (?, ?)", "COPY reckoned FROM STDIN", makers
        )

    def due(self, until: date | None = None, since: date | None = None) -> list[DueRow]:
        """Return what is open up to a day, of all deals, by day.

        Of what repeats, only the times from `since` on.
        """
        last = str(until) if until else "9999-12-31"
        first = str(since) if since else ""
        return [due_row(row) for row in self._base.run(_ONCE, (last, first, last))]

    def all_due(self, ref: str) -> list[DueRow]:
        """Return every row of a deal, done and cancelled ones too."""
        return [due_row(row) for row in self._base.run(_OF_A_DEAL, (ref,))]
