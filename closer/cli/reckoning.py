"""What is due of a signed deal, computed when something is recorded."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice

from msgspec.structs import replace

from closer.cli.deal import Deal, Stage, deal_of, drafted, read_library
from closer.cli.keeping import new_entry
from closer.cli.output import FOUND, stop
from closer.cli.schedule import follow_up, read_shapes
from closer.cli.signed import as_signed, maker_of, signed_document
from closer.drafting.selection import side
from closer.followup.entries import Entry, Schedule, uid_of
from closer.followup.recurrence import occurrences
from closer.followup.shapes import Shapes
from closer.followup.wording import filled
from closer.library.loading import Library
from closer.register.folding import State, folded
from closer.register.journal import Kind
from closer.register.store import DueRow, Register
from closer.terms.days import readable
from closer.terms.kinds import Identifier
from closer.terms.moments import Facts

_MOST_TIMES = 400
"""Times of one rhythm that are listed: more than seven years of every week."""

_SURVIVING = (
    *("warranty", "confidentiality", "exit", "survival", "restraints", "records"),
    *("audit", "data_protection", "dispute_resolution", "non_disparagement"),
    *("insurance", "licence", "duration", "termination"),
)
"""Sections that live on where a deal ends before its time; all else is cancelled."""


def signed_deal(state: State) -> Deal:
    """Return the deal as it was signed and amended."""
    if state.signed is None:
        stop(
            f"The signing of {state.ref} was undone. Enter it anew: `closer sign`.",
            FOUND,
        )
    files = [state.signed, *state.amendments]
    return deal_of([(file.name, file.text) for file in files])


def kept_up(
    register: Register, ref: str, library: Library
) -> tuple[list[DueRow], list[DueRow]]:
    """Compute anew what is due of a deal; return the rows of before and of now."""
    before = register.all_due(ref)
    now = reckoned(register, folded(ref, register.journal(ref)), library)
    register.replace_due(ref, now, maker_of(library))
    return before, now


def reckoned(register: Register, state: State, library: Library) -> list[DueRow]:
    """Return what is due of a deal by its journal alone."""
    if state.signed is None:
        return []
    found: dict[tuple[str, date], DueRow] = {}
    kinds = read_shapes()
    for schedule in schedules(register, state, library, kinds):
        for row in _rows(state, schedule.entries, kinds.words["reasons"]):
            found.setdefault((row.uid, row.day), row)
    return [*found.values(), *_claims(state, library, kinds.words["credit"])]


def schedules(
    register: Register, state: State, library: Library, kinds: Shapes
) -> Iterator[Schedule]:
    """Yield the schedule of a signed deal, with the days that were recorded.

    What happened more than once counts each time: one schedule for every time, the
    last time first. Days are counted by the holidays that were signed, and provisions
    cited by the numbers that were signed.
    """
    with as_signed(state):
        deal = signed_deal(state)
        stages = signed_stages(register, state, deal, library)
        for facts in _each_time(state):
            yield follow_up(deal, stages, library, facts, kinds=kinds)


def signed_stages(
    register: Register, state: State, deal: Deal, library: Library
) -> tuple[Stage, ...]:
    """Return a signed deal drafted, in the words that were signed."""
    return tuple(drafted(deal, library, signed_document(register, state.signed)))


def _each_time(state: State) -> Iterator[Facts]:
    """Yield the facts with the last time of everything, then with each earlier one."""
    yield state.facts
    for anchor, times in state.times.items():
        for day in dict.fromkeys(times[:-1]):
            happened = {**state.facts.happened, anchor: day}
            yield replace(state.facts, happened=happened)


def _rows(
    state: State, entries: Iterable[Entry], words: Mapping[str, str]
) -> Iterator[DueRow]:
    listed = [
        entry
        for entry in entries
        if entry.day is not None and not entry.term.startswith("closing.")
    ]
    last, answered = _last_day(state, listed), _answered(state, listed)
    kept = {path: [day for p, day in state.done if p == path] for path, _ in state.done}
    for entry in listed:
        times = _times(entry)
        decided = entry.term == "duration.renewal" and entry.number in answered
        standing = _standing(entry, state, times, kept, decided=decided)
        survives = entry.term.partition(".")[0] in _SURVIVING
        for day in times:
            row = _row(state.ref, entry, day, standing[day], words)
            over = last is not None and day > last and not survives
            yield (
                replace(row, state="cancelled")
                if over and row.state != "done"
                else (row)
            )


def _claims(
    state: State, library: Library, words: Mapping[str, str]
) -> Iterator[DueRow]:
    """Yield the last day for claiming each credit that was measured."""
    lapsing = [each for each in state.readings if "claim_by" in each.credit]
    if not lapsing:
        return
    terms = signed_deal(state).agreed.terms
    recipient = side("recipient", terms, library.types[terms.contract])
    claimed = [path for path, _ in state.done]
    for reading in lapsing:
        credit, key = reading.credit, Identifier(reading.benchmark.partition(".")[2])
        level = terms.service_levels.get(key)
        values = {
            "what": str(level.measure) if level else str(key),
            "sum": credit.get("sum") or credit.get("share") or credit["words"],
            "day": readable(reading.on),
        }
        if done := reading.benchmark in claimed:
            claimed.remove(reading.benchmark)
        on = str(reading.on)
        yield DueRow(
            ref=state.ref,
            uid=uid_of(state.ref, "credit", reading.benchmark, on),
            kind="notice",
            stake="bar",
            day=date.fromisoformat(credit["claim_by"]),
            state="done" if done else "open",
            title=filled(words["claim"], values) or "",
            party=recipient,
            term=reading.benchmark,
            provision="",
            reason=filled(words["reason"], values) or "",
        )


def _row(
    ref: str, entry: Entry, day: date, standing: str, words: Mapping[str, str]
) -> DueRow:
    return DueRow(
        ref=ref,
        uid=entry.uid,
        kind=entry.kind,
        stake=entry.stake,
        day=day,
        state=standing,
        title=entry.title if standing != "expected" else entry.expected_title,
        party=entry.party,
        term=f"{entry.term}.{entry.number}" if entry.kind == "chase" else entry.term,
        provision=entry.provision,
        reason=_telling(entry, words),
        repeats=entry.rrule is not None,
        sequence=entry.sequence,
        stamp=entry.stamp,
    )


def _telling(entry: Entry, words: Mapping[str, str]) -> str:
    """Return the reason that says most: the last step, or else the rhythm."""
    told = [r for r in entry.reason if r not in (words["last"], words["open"])]
    return told[-1] if told else "".join(entry.reason[-1:])


def _last_day(state: State, entries: list[Entry]) -> date | None:
    """Return the day after which a deal asks for nothing more, if that is known."""
    if state.ended is not None or state.stays is None:
        return state.ended
    ends = [e.day for e in entries if e.kind == "end" and e.term == "duration"]
    return min((day for day in ends if day and day >= state.stays), default=None)


def _times(entry: Entry) -> list[date]:
    """Return the day of an entry, or every day of a rhythm, up to a number of times."""
    first = entry.start or entry.day
    if entry.rrule is not None and first is not None:
        times = islice(occurrences(entry.rrule, first), _MOST_TIMES)
        return [t.date() if isinstance(t, datetime) else t for t in times]
    return [entry.day] if entry.day is not None else []


def _standing(
    entry: Entry,
    state: State,
    times: list[date],
    done: Mapping[str, list[date]],
    *,
    decided: bool,
) -> dict[date, str]:
    """Say of each time of an entry whether it is open, expected, done or cancelled.

    What was done counts for the first entry of its term that is not done yet; of what
    repeats, for the time nearest to the day of doing.
    """
    if entry.status == "cancelled":
        return dict.fromkeys(times, "cancelled")
    if decided or _happened(entry, state):
        return dict.fromkeys(times, "done")
    said = dict.fromkeys(times, "expected" if entry.waits_for is not None else "open")
    acts = done.get(entry.term, [])
    if entry.rrule is None:
        if acts and entry.kind != "chase":
            acts.pop(0)
            return dict.fromkeys(times, "done")
        return said
    for act in acts:
        left = [day for day in times if said[day] != "done"]
        if left:
            said[min(left, key=lambda day: abs((day - act).days))] = "done"
    return said


def _happened(entry: Entry, state: State) -> bool:
    """Whether a milestone was met, or what it delivers was accepted."""
    happened = state.facts.happened
    if entry.kind in ("milestone", "chase"):
        name = entry.term.removeprefix("milestones.")
        if entry.kind == "chase" and entry.number == "accepted":
            return f"{name}.accepted" in happened
        return f"{name}.met" in happened or f"{name}.accepted" in happened
    if entry.kind == "window":
        return f"{entry.number}.accepted" in happened
    return False


def _answered(state: State, entries: list[Entry]) -> set[str]:
    """Return the numbers of the renewals about which it was decided.

    Each `renewed` answers the first renewal that is not answered yet, be it recorded
    before its last day for notice or after; `not renewed` every one there could be.
    """
    asked = {int(e.number) for e in entries if e.term == "duration.renewal"}
    if state.stays is not None:
        return {str(number) for number in asked}
    return {str(number) for number in sorted(asked)[: len(state.renewed)]}


def write_entry(
    register: Register,
    ref: str,
    kind: Kind,
    on: date,
    data: dict[str, object],
    library: Library | None = None,
) -> tuple[str, list[DueRow], list[DueRow]]:
    """Enter something and compute what is due; return the head and the rows."""
    library = library or read_library()
    with register.writing():
        entry = new_entry(register, ref, kind, on, data)
        register.enter(entry)
        before, now = kept_up(register, ref, library)
    return entry.digest, before, now
