"""The journal of a deal: what happened, each entry with the digest of the one before.

An entry is never changed. Undo is an entry of its own; whoever alters, inserts or
removes one in the middle breaks the chain at that place.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, get_args

from msgspec import Struct

Kind = Literal[
    "signed",
    "amended",
    "waived",
    "recorded",
    "done",
    "measured",
    "raised",
    "settled",
    "escalated",
    "undone",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
NOTHING = "0" * 64
"""What stands before the first entry."""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that happened: on which day, and when and by whom it was entered.

    `number` counts within the deal, from 1. `data` holds what the kind needs, as plain
    JSON. `before` is the digest of the entry before, `digest` that of this one.
    """

    ref: str
    number: int
    kind: Kind
    on: date
    at: datetime
    who: str
    data: dict[str, object]
    before: str
    digest: str


def entered(
    journal: Sequence[Entry],
    ref: str,
    kind: Kind,
    *,
    on: date,
    at: datetime,
    who: str,
    data: dict[str, object],
) -> Entry:
    """Return the entry that goes on at the end of a deal's journal."""
    last = journal[-1] if journal else None
    number = last.number + 1 if last else 1
    before = last.digest if last else NOTHING
    digest = digest_of(ref, number, kind, on, at, who, data, before)
    return Entry(
        ref=ref,
        number=number,
        kind=kind,
        on=on,
        at=at,
        who=who,
        data=data,
        before=before,
        digest=digest,
    )


def digest_of(*parts: object) -> str:
    """Return the SHA-256 of an entry's fields, as JSON without spaces."""
    text = json.dumps(
        parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()


def broken(journal: Sequence[Entry], head: str | None = None) -> str | None:
    """Return what is wrong with a chain, at the first entry where it is; or None.

    `head` is the digest that the last write printed: without it, nobody can tell
    whether entries were removed at the end.
    """
    before = NOTHING
    for place, entry in enumerate(journal, 1):
        if entry.number != place:
            return (
                f"entry {place} of {entry.ref} is missing; the next is {entry.number}"
            )
        if entry.before != before:
            return f"entry {place} of {entry.ref} does not follow the one before it"
        computed = digest_of(
            entry.ref,
            entry.number,
            entry.kind,
            entry.on,
            entry.at,
            entry.who,
            entry.data,
            entry.before,
        )
        if computed != entry.digest:
            return f"entry {place} of {entry.ref} was altered"
        before = entry.digest
    if head is not None and not any(e.digest.startswith(head) for e in journal[-1:]):
        held = any(entry.digest.startswith(head) for entry in journal)
        said = "has entries after it" if held else "is no entry of this journal"
        return f"the head {head[:12]} {said}"
    return None
