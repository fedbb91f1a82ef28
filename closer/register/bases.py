"""The databases a register can lie in: one SQLite file, or PostgreSQL for a team.

Both take the same statements, written with `?`; what differs between them stands here
and nowhere else.
"""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

Row = tuple[Any, ...]
WAIT_SECONDS = 5
LOCK_SECONDS = 30
"""How long one who writes waits for another: each holds on while days are computed."""
_WRITERS = 0x636C6F736572
"""The lock in PostgreSQL that whoever writes holds: "closer", as a number."""


class Unreachable(Exception):
    """The register cannot be used: what it is, and what to do."""


class Base(Protocol):
    """A database that takes our statements."""

    def run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Run one statement and return its rows."""

    def many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for many rows."""

    def fill(self, statement: str, copy: str, rows: Iterable[Sequence[object]]) -> None:
        """Add very many rows, by a statement or by the faster `copy` of a server."""

    def begin(self) -> None:
        """Begin to write; nobody else writes until the end."""

    def end(self, *, keep: bool) -> None:
        """Keep what was written since `begin`, or none of it."""

    def tables(self) -> set[str]:
        """Return the names of the tables there are."""

    def close(self) -> None:
        """Let go of it."""


class SqliteBase:
    """One file on this machine; nothing to start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = _made_private(path)
            self._base = sqlite3.connect(
                path, timeout=LOCK_SECONDS, isolation_level=None
            )
            if fresh:
                self._base.execute("PRAGMA journal_mode = WAL")
        except (OSError, sqlite3.Error) as error:
            raise self._said(error) from error

    def run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        try:
            return self._base.execute(statement, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise self._said(error) from error

    def many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for many rows."""
        try:
            self._base.executemany(statement, rows)
        except sqlite3.Error as error:
            raise self._said(error) from error

    def fill(self, statement: str, copy: str, rows: Iterable[Sequence[object]]) -> None:
        """Add very many rows; here a statement is the fastest way there is."""
        del copy
        self.many(statement, rows)

    def begin(self) -> None:
        """Begin to write at once: a reader that writes later may lose the race."""
        self.run("BEGIN IMMEDIATE")

    def end(self, *, keep: bool) -> None:
        """Keep what was written since `begin`, or none of it."""
        self.run("COMMIT" if keep else "ROLLBACK")

    def tables(self) -> set[str]:
        """Return the names of the tables there are."""
        listed = self.run("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {str(row[0]) for row in listed}

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _said(self, error: Exception) -> Unreachable:
        path, told = self._path, str(error)
        if "not a database" in told:
            said = f"{path} is no register: it is not a database. Name another file."
        elif "malformed" in told:
            said = (
                f"The register {path} is damaged: {told}. Nothing was written. Take "
                "back a copy of it, or `closer register import` what was exported."
            )
        elif "locked" in told:
            said = f"{path} is in use by somebody else. Nothing was written; try again."
        elif "full" in told or "disk I/O" in told:
            said = (
                f"The disk of the register {path} is full or cannot be written: {told}."
                " Nothing was written; make room and try again."
            )
        elif "readonly" in told or "unable to open" in told:
            said = (
                f"The register {path} may not be written, or its folder may not: "
                f"{told}. Nothing was written; name another with --register."
            )
        else:
            said = f"The register {path} cannot be used: {told}. Nothing was written."
        return Unreachable(said)


def _made_private(path: Path) -> bool:
    """Make the file if it is not there, for nobody but its owner; say if it was."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return False
    return True


class PostgresBase:
    """A database that a team shares; needs the extra `closer[team]`."""

    def __init__(self, url: str) -> None:
        try:
            import psycopg  # noqa: PLC0415 - an extra, and slow to import
        except ImportError as error:
            raise Unreachable(
                "A register in PostgreSQL needs psycopg: pip install 'closer[team]'."
            ) from error
        self._errors = psycopg.Error
        try:
            self._base = psycopg.connect(
                url,
                connect_timeout=WAIT_SECONDS,
                tcp_user_timeout=WAIT_SECONDS * 2000,
                options=f"-c lock_timeout={LOCK_SECONDS * 1000}",
                autocommit=True,
            )
        except self._errors as error:
            raise self._said(error) from error

    def run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        try:
            done = self._base.execute(self._ours(statement), tuple(values))
            return done.fetchall() if done.description else []
        except self._errors as error:
            raise self._said(error) from error

    def many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for many rows."""
        try:
            with self._base.cursor() as cursor:
                cursor.executemany(self._ours(statement), rows)
        except self._errors as error:
            raise self._said(error) from error

    def fill(self, statement: str, copy: str, rows: Iterable[Sequence[object]]) -> None:
        """Add very many rows in one stream."""
        del statement
        try:
            with self._base.cursor() as cursor, cursor.copy(self._ours(copy)) as stream:
                for row in rows:
                    stream.write_row(row)
        except self._errors as error:
            raise self._said(error) from error

    def begin(self) -> None:
        """Begin to write; one writes at a time, so that chains cannot fork."""
        self.run("BEGIN")
        self.run("SELECT pg_advisory_xact_lock(?)", (_WRITERS,))

    def end(self, *, keep: bool) -> None:
        """Keep what was written since `begin`, or none of it."""
        try:
            self._base.execute("COMMIT" if keep else "ROLLBACK")
        except self._errors as error:
            if not keep:
                raise self._said(error) from error
            raise Unreachable(
                "The connection was lost while the register was told to keep what was "
                "written: it may be there or not, but never in part. `closer log REF` "
                "shows whether it is; if not, enter it again."
            ) from error

    def tables(self) -> set[str]:
        """Return the names of the tables there are."""
        listed = self.run(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = current_schema()"
        )
        return {str(row[0]) for row in listed}

    def close(self) -> None:
        """Let go of the connection."""
        self._base.close()

    @staticmethod
    def _ours(statement: str) -> Any:  # noqa: ANN401 - psycopg wants a literal
        return statement.replace("?", "%s")

    def _said(self, error: Exception) -> Unreachable:
        told = " ".join(str(error).split())
        if "lock timeout" in told:
            return Unreachable(
                "The register in PostgreSQL is in use by somebody else. Nothing was "
                "written; try again."
            )
        return Unreachable(
            f"The register in PostgreSQL does not answer: {told}. Nothing was written; "
            "is the server running, and the address in CLOSER_REGISTER right?"
        )


def base_at(where: str) -> Base:
    """Open the database at a path, or at a postgresql:// address."""
    if where.startswith(("postgresql://", "postgres://")):
        return PostgresBase(where)
    return SqliteBase(Path(where))
