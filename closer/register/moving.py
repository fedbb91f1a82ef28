"""A register as JSON lines: out of one, into another, deal by deal.

Each entry is a line; after the entries of a deal stand the documents that it names, and
what is due of it as it was computed.
"""

import json
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from closer.register.journal import Entry
from closer.register.rows import DueRow
from closer.register.store import Register, Whole


class Unfit(Exception):
    """A line that is none of a register: where, and why."""


class Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """A line that holds a document under its digest."""

    kept: str
    content: str


class Due(Struct, frozen=True, forbid_unknown_fields=True):
    """A line that holds what is due of a deal, and what computed it."""

    due_of: str
    maker: str
    rows: tuple[DueRow, ...]


class Taken(Struct, frozen=True):
    """A deal as it stood in the lines, with the documents it brings.

    `rows` is None where the lines do not say what is due.
    """

    ref: str
    journal: list[Entry]
    kept: dict[str, str]
    rows: tuple[DueRow, ...] | None
    maker: str

    def whole(self) -> Whole:
        """Return the deal as a register takes it in; no row comes twice."""
        rows = {(row.uid, row.day): row for row in self.rows or ()}
        return Whole(self.ref, self.journal, list(rows.values()), self.maker)


def exported(register: Register) -> Iterator[str]:
    """Yield every line of a register."""
    for ref in register.refs():
        journal = register.journal(ref)
        for entry in journal:
            yield json.dumps(msgspec.to_builtins(entry), ensure_ascii=False)
        for digest in dict.fromkeys(str(e.data.get("model", "")) for e in journal):
            content = register.kept(digest) if digest else None
            if content is not None:
                yield json.dumps({"kept": digest, "content": content})
        rows = tuple(register.all_due(ref))
        due = Due(ref, register.maker(ref), rows)
        yield msgspec.json.encode(due).decode()


def read(lines: Iterable[bytes]) -> Iterator[Taken]:
    """Yield each deal of some lines; the lines of one deal stand together."""
    entry_of = msgspec.json.Decoder(Entry)
    kept_of, due_of = msgspec.json.Decoder(Kept), msgspec.json.Decoder(Due)
    journal: list[Entry] = []
    kept: dict[str, str] = {}
    due: Due | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if line.startswith(b'{"due_of"'):
                due = due_of.decode(line)
                continue
            if line.startswith(b'{"kept"'):
                one = kept_of.decode(line)
                kept[one.kept] = one.content
                continue
            entry = entry_of.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Unfit(f"line {number} is no line of a register: {error}") from None
        if journal and (due is not None or entry.ref != journal[-1].ref):
            yield _taken(journal, kept, due)
            journal, kept, due = [], {}, None
        journal.append(entry)
    if journal:
        yield _taken(journal, kept, due)


def _taken(journal: list[Entry], kept: dict[str, str], due: Due | None) -> Taken:
    ref = journal[0].ref
    if due is None or due.due_of != ref or any(row.ref != ref for row in due.rows):
        return Taken(ref, journal, kept, None, "")
    return Taken(ref, journal, kept, due.rows, due.maker)
