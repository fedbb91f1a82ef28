"""What is due of a signed deal, computed when something is recorded."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from closer.cli.deal import Deal, deal_of, examined, read_library
from closer.cli.keeping import new_entry
from closer.cli.output import report
from closer.cli.schedule import follow_up
from closer.followup.entries import Entry
from closer.followup.recurrence import occurrences
from closer.register.folding import State, folded
from closer.register.journal import Kind
from closer.register.store import DueRow, Register


def signed_deal(state: State) -> Deal:
    """Return the deal as it was signed and amended."""
    files = [state.signed, *state.amendments] if state.signed else []
    return deal_of([(file.name, file.text) for file in files if file])


def kept_up(register: Register, ref: str) -> tuple[list[DueRow], list[DueRow]]:
    """Compute anew what is due of a deal; return the rows of before and of now."""
    before = register.all_due(ref)
    now = reckoned(folded(ref, register.journal(ref)))
    register.replace_due(ref, now)
    return before, now


def reckoned(state: State) -> list[DueRow]:
    """Return what is due of a deal by its journal alone."""
    deal, library = signed_deal(state), read_library()
    problems, stages = examined(deal, library)
    if not stages:
        report(problems)
    schedule = follow_up(deal, stages, library, state.facts)
    return list(_rows(state, schedule.entries))


def _rows(state: State, entries: tuple[Entry, ...]) -> Iterator[DueRow]:
    done = [path for path, _ in state.done]
    for entry in entries:
        if entry.day is None or entry.term.startswith("closing."):
            continue
        standing = _standing(entry, state, done)
        survives = entry.term.partition(".")[0] in _SURVIVING
        for day in _days(entry):
            over = state.ended is not None and day > state.ended and not survives
            yield DueRow(
                ref=state.ref,
                uid=entry.uid,
                kind=entry.kind,
                stake=entry.stake,
                day=day,
                state="cancelled" if over and standing != "done" else standing,
                title=entry.title,
                party=entry.party,
                term=entry.term,
                provision=entry.provision,
                reason=entry.reason[-1] if entry.reason else "",
                repeats=entry.rrule is not None,
            )


def _days(entry: Entry) -> Iterator[date]:
    """Yield the day of an entry, or every day of a rhythm, up to a number of times."""
    first = entry.start or entry.day
    if entry.rrule is not None and first is not None:
        times = islice(occurrences(entry.rrule, first), _MOST_TIMES)
        yield from (t.date() if isinstance(t, datetime) else t for t in times)
    elif entry.day is not None:
        yield entry.day


_SURVIVING = ("warranty", "confidentiality")
"""Sections that live on where a deal ends before its time; all else is cancelled."""

_MOST_TIMES = 400
"""Times of one rhythm that are listed: more than seven years of every week."""


def _standing(entry: Entry, state: State, done: list[str]) -> str:
    """Say whether an entry is open, expected, done or cancelled."""
    if entry.status == "cancelled":
        return "cancelled"
    if _happened(entry, state):
        return "done"
    if entry.rrule is None and entry.term in done:
        done.remove(entry.term)
        return "done"
    return "expected" if entry.waits_for is not None else "open"


def _happened(entry: Entry, state: State) -> bool:
    """Whether a milestone was met, or what it delivers was accepted."""
    happened = state.facts.happened
    if entry.kind == "milestone":
        name = entry.term.removeprefix("milestones.")
        return f"{name}.met" in happened or f"{name}.accepted" in happened
    if entry.kind == "window":
        return f"{entry.number}.accepted" in happened
    return False


def write_entry(
    register: Register, ref: str, kind: Kind, on: date, data: dict[str, object]
) -> tuple[str, list[DueRow], list[DueRow]]:
    """Enter something and compute what is due; return the head and the rows."""
    with register.writing():
        entry = new_entry(register, ref, kind, on, data)
        register.enter(entry)
        before, now = kept_up(register, ref)
    return entry.digest, before, now
