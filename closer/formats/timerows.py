"""The rows of a timeline: what comes back day by day shares one, under one title."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from closer.followup.entries import Entry, Schedule
from closer.terms.values import MONTHS

_SEVERAL = 3
"""From so many entries on, the times of one thing stand in one row."""

_LEFT_OUT = "…"
_LEADING = re.compile(rf"\(?\d+|{'|'.join(MONTHS)}|from|for|to|\(?of")
"""Words that only lead to what is left out, such as the first half of a date."""


class Row(NamedTuple):
    """One line of a timeline: its title, and the entries that it shows."""

    title: str
    entries: tuple[Entry, ...]


def rows_of(schedule: Schedule) -> list[Row]:
    """Return the rows in the order of their first days; what has no day has none."""
    kept: dict[tuple[object, ...], list[Entry]] = {}
    for entry in schedule.entries:
        if entry.day:
            kept.setdefault(_thing(entry), []).append(entry)
    rows: list[Row] = []
    for same in kept.values():
        if len(same) < _SEVERAL:
            rows += [Row(shown(entry, schedule), (entry,)) for entry in same]
        else:
            title = _in_common(shown(entry, schedule) for entry in same)
            rows.append(Row(title, tuple(same)))
    place = {entry.uid: number for number, entry in enumerate(schedule.entries)}
    return sorted(rows, key=lambda row: place[row.entries[0].uid])


def _thing(entry: Entry) -> tuple[object, ...]:
    """Return what entries share that are times of one thing."""
    if entry.rrule:
        return (entry.uid,)
    waits = entry.waits_for is not None
    return (entry.kind, entry.term, entry.party, entry.status, entry.stake, waits)


def shown(entry: Entry, schedule: Schedule) -> str:
    """Return the title of an entry without that of the deal, which stands above."""
    title = entry.expected_title if entry.waits_for else entry.title
    for ending in (f": {schedule.title}", f", {schedule.title}"):
        title = title.removesuffix(ending)
    return title.replace(f": {schedule.title} (", " (")


def _in_common(titles: Iterable[str]) -> str:
    """Return the words that all titles have at their beginning and at their end."""
    words = [title.split() for title in titles]
    shortest = min(map(len, words))
    head = _same(zip(*words, strict=False))
    tail = _same(zip(*(reversed(each) for each in words), strict=False))
    tail = min(tail, shortest - head)
    first = words[0]
    if head == shortest == max(map(len, words)):
        return " ".join(first)
    while head and _LEADING.fullmatch(first[head - 1]):
        head -= 1
    if not head:
        return " ".join(first)
    return " ".join([*first[:head], _LEFT_OUT, *first[len(first) - tail :]])


def _same(columns: Iterable[tuple[str, ...]]) -> int:
    """Return for how many places in a row all have the same word."""
    number = 0
    for column in columns:
        if len(set(column)) > 1:
            break
        number += 1
    return number
