"""What is left of a schedule once it was told that the contract ends.

What had begun to run before the end goes on: a payment for what was done, an answer
that is awaited, a clock. What was agreed for the time after the end stays too. All else
that would come later is over.
"""

from collections.abc import Sequence
from datetime import date

from closer.followup.entries import Entry
from closer.followup.wording import anchors_of
from closer.terms.moments import Days
from closer.terms.values import Anchor, Moment, Unreadable, read_moment

_OF_THE_END = frozenset({"end", "renewal"})
_RUNNING = ("clock", "window", "end")

_SURVIVING = frozenset(
    (
        *("warranty", "confidentiality", "exit", "survival", "restraints", "records"),
        *("audit", "data_protection", "dispute_resolution", "non_disparagement"),
        *("insurance", "licence", "duration", "termination"),
    )
)
"""Sections that live on where a deal ends before its time."""


def left_over(entries: Sequence[Entry], days: Days) -> list[Entry]:
    """Return the entries without those that the end of the contract has overtaken."""
    end = days.current_end().day
    if not days.facts.stays or end is None:
        return list(entries)
    return [entry for entry in entries if not _over(entry, end, days.facts.happened)]


def _over(entry: Entry, end: date, happened: dict[str, date]) -> bool:
    if entry.day is None or entry.day <= end:
        return False
    if entry.term.partition(".")[0] in _SURVIVING:
        return False
    return not _begun(entry, end, happened)


def _begun(entry: Entry, end: date, happened: dict[str, date]) -> bool:
    """Whether an entry is the end of something that began while the contract ran."""
    if entry.waits_for is not None:
        return _awaited(entry.waits_for, end, happened)
    anchors = _anchors(entry.written)
    if any(anchor.name in _OF_THE_END for anchor in anchors):
        return True
    if any(happened.get(str(anchor), date.max) <= end for anchor in anchors):
        return True
    return entry.kind in _RUNNING and (entry.since or date.max) <= end


def _awaited(anchor: str, end: date, happened: dict[str, date]) -> bool:
    """Whether an answer is still open to what was handed over before the end."""
    handed_over = f"{anchor.removesuffix('.accepted')}.met"
    answers = anchor.endswith(".accepted")
    return answers and happened.get(handed_over, date.max) <= end


def _anchors(written: str) -> tuple[Anchor, ...]:
    try:
        moment: Moment = read_moment(written)
    except Unreadable:
        return ()
    return anchors_of(moment)
