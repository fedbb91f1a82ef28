"""What is due once a change for a time is over: the earlier text applies again.

A spell ends on its last day. What runs from something that happens later counts by the
earlier words; what began meanwhile keeps the words of the spell to its end.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from closer.followup.entries import Entry, Schedule, in_order
from closer.followup.lineage import returning
from closer.terms.paths import touches
from closer.terms.record import Spell


def after_spells(
    during: Schedule, after: Schedule, spells: Sequence[Spell]
) -> Schedule:
    """Return the schedule of a deal whose temporary changes will be over.

    `during` counts every day by the words of the spells, `after` by the earlier ones.
    What comes back by a rhythm stays as in `during`: its revision revives it.
    """
    if not spells:
        return during
    entries = list(_entries(during, after, spells))
    return replace(during, entries=in_order(entries))


def _entries(
    during: Schedule, after: Schedule, spells: Sequence[Spell]
) -> Iterator[Entry]:
    earlier = {entry.uid: entry for entry in after.entries if not returning(entry)}
    for entry in during.entries:
        if returning(entry):
            yield entry
            continue
        revived = earlier.pop(entry.uid, None)
        if not _begins_after(entry, spells):
            yield entry
        elif revived is not None:
            yield revived
    for entry in earlier.values():
        if _begins_after(entry, spells):
            yield entry


def _begins_after(entry: Entry, spells: Sequence[Spell]) -> bool:
    """Whether what an entry counts from happens when the spell of its term is over."""
    own = [each.until for each in spells if touches(each.path, entry.term)]
    last = max(own or [each.until for each in spells])
    return (entry.since or entry.day or date.max) > last
