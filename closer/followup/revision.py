"""The schedule after a change: the same entries, moved; nothing twice, nothing lost.

An entry keeps its UID for life. SEQUENCE rises by one exactly where a change altered
what a person sees of it; what a change does not touch stays byte for byte.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from closer.followup.entries import Entry, Kind, Schedule, in_order
from closer.followup.lineage import Change, returning, rhythms_after
from closer.followup.schedule import midnight


class Moved(NamedTuple):
    """One dated entry before and after a change; `days` is how far it moved.

    `was` and `written` are the moments as agreed before and now, where they differ.
    `expected`: its day still hangs on something that has not happened. `before` or
    `after` is None where the change added or dropped it.
    """

    term: str
    title: str
    before: date | None
    after: date | None
    days: int | None
    why: str
    kind: Kind
    expected: bool
    was: str = ""
    written: str = ""


def revised(
    before: Schedule,
    after: Schedule,
    *,
    effective: date,
    until: Mapping[str, date] | None = None,
) -> Schedule:
    """Return the schedule after a change that takes effect on `effective`.

    `until` gives the last day of each temporary change by its path; the day after, the
    rhythm of before comes back.
    """
    change = Change(before, after, effective, dict(until or {}))
    known = {entry.uid: entry for entry in before.entries}
    wanted = {entry.uid: entry for entry in _wanted(change)}
    entries = [_following(known.get(e.uid), e, effective) for e in wanted.values()]
    gone = (entry for uid, entry in known.items() if uid not in wanted)
    entries += [_dropped(entry, effective) for entry in gone]
    return Schedule(
        title=after.title,
        reference=after.reference,
        timezone=after.timezone,
        entries=in_order(entries),
        changes=change.number,
        ends=after.ends,
    )


def _wanted(change: Change) -> Iterator[Entry]:
    """Yield every entry that lives on after a change, rhythms with their past."""
    yield from (entry for entry in change.after.entries if not returning(entry))
    yield from rhythms_after(change)


def _following(known: Entry | None, entry: Entry, effective: date) -> Entry:
    """Return an entry as a change leaves it: untouched, moved, or new."""
    if known is None:
        return replace(entry, sequence=0, stamp=midnight(effective))
    if _seen(known) == _seen(entry):
        return known
    return replace(
        entry, sequence=known.sequence + 1, stamp=_later(known.stamp, effective)
    )


def _later(stamp: datetime, effective: date) -> datetime:
    """Return the day of the change, and at least a second after the last one."""
    return max(midnight(effective), stamp + timedelta(seconds=1))


def _seen(entry: Entry) -> tuple[object, ...]:
    """Return what a person sees of an entry in a calendar."""
    title = entry.expected_title if entry.waits_for else entry.title
    days = (entry.date, entry.start, entry.end, entry.rrule, entry.expected)
    words = (title, entry.description, entry.reason)
    return (*days, entry.strict, entry.status, *words)


def _dropped(entry: Entry, effective: date) -> Entry:
    """Return an entry that a change dropped: it stays, cancelled and without alarms.

    What spoke of the first signing is past: amended terms leave `closing` out.
    """
    if entry.status == "cancelled" or entry.term.startswith("closing."):
        return entry
    return replace(
        entry,
        status="cancelled",
        reminders=(),
        sequence=entry.sequence + 1,
        stamp=_later(entry.stamp, effective),
    )


def moved(before: Schedule, after: Schedule) -> list[Moved]:
    """Return every dated entry with its day before and after, moved or not.

    What comes back by a rhythm has no one day and is left out.
    """
    old = {entry.uid: entry for entry in before.entries if _dated(entry)}
    new = {entry.uid: entry for entry in after.entries if _dated(entry)}
    found = [_moved(old.get(uid), entry) for uid, entry in new.items()]
    found += [_moved(entry, None) for uid, entry in old.items() if uid not in new]
    return found


def _dated(entry: Entry) -> bool:
    return not returning(entry) and entry.status != "cancelled" and bool(entry.day)


def _moved(old: Entry | None, new: Entry | None) -> Moved:
    entry = new or old
    if entry is None:
        raise ValueError("an entry that stands in neither schedule has not moved")
    days = None
    if old and new and old.day and new.day:
        days = (new.day - old.day).days
    return Moved(
        term=entry.term,
        title=entry.title,
        before=old.day if old else None,
        after=new.day if new else None,
        days=days,
        why=_why(old, entry),
        kind=entry.kind,
        expected=entry.waits_for is not None,
        was=old.written if old and new and old.written != new.written else "",
        written=new.written if old and new and old.written != new.written else "",
    )


def _why(old: Entry | None, entry: Entry) -> str:
    """Say what a day hangs on, and what was agreed before where that is another."""
    if old and old.written != entry.written:
        return f"{old.written} → {entry.written}"
    return entry.because
