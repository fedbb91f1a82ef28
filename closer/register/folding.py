"""The state of a deal: what its journal adds up to, and nothing else."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from closer.register.journal import Entry
from closer.terms.moments import Facts


class Signed(Struct, frozen=True):
    """A file as it was signed: its name, its text, and the digest of the terms."""

    name: str
    text: str
    digest: str


class Reading(Struct, frozen=True):
    """A benchmark as it was measured on a day."""

    benchmark: str
    on: date
    value: Decimal


class Issue(Struct, frozen=True, kw_only=True):
    """Something noted before it becomes a dispute; settled or still open."""

    number: int
    text: str
    about: str
    raised: date
    settled: date | None = None
    outcome: str = ""


class State(Struct, frozen=True, kw_only=True):
    """Where a deal stands.

    `signed` and `amendments` are kept whole; `facts` are the days that anchors got;
    `done` names what was performed or paid, with its day; `ended` is the day on which
    the deal ended before its time, if it did.
    """

    ref: str
    signed: Signed | None = None
    on: date | None = None
    amendments: tuple[Signed, ...] = ()
    facts: Facts = Facts()
    done: tuple[tuple[str, date], ...] = ()
    ended: date | None = None
    readings: tuple[Reading, ...] = ()
    issues: tuple[Issue, ...] = ()


def folded(ref: str, journal: Sequence[Entry]) -> State:
    """Return what the entries of a deal add up to."""
    undone = {str(entry.data["entry"]) for entry in journal if entry.kind == "undone"}
    state = State(ref=ref)
    for entry in journal:
        if str(entry.number) not in undone:
            state = _after(state, entry)
    return state


def _after(state: State, entry: Entry) -> State:
    if entry.kind == "signed":
        facts = Facts(signed=entry.on, happened=state.facts.happened)
        return replace(state, signed=_file(entry), on=entry.on, facts=facts)
    if entry.kind == "amended":
        return replace(state, amendments=(*state.amendments, _file(entry)))
    if entry.kind == "recorded":
        return _recorded(state, entry)
    if entry.kind == "done":
        done = (*state.done, (str(entry.data["path"]), entry.on))
        return replace(state, done=done)
    if entry.kind == "measured":
        data = entry.data
        value = Decimal(str(data["value"]))
        reading = Reading(str(data["benchmark"]), entry.on, value)
        return replace(state, readings=(*state.readings, reading))
    if entry.kind in ("raised", "settled"):
        return replace(state, issues=_issues(state, entry))
    return state


def _issues(state: State, entry: Entry) -> tuple[Issue, ...]:
    data = entry.data
    if entry.kind == "raised":
        issue = Issue(
            number=len(state.issues) + 1,
            text=str(data["text"]),
            about=str(data["about"]),
            raised=entry.on,
        )
        return (*state.issues, issue)
    return tuple(
        replace(issue, settled=entry.on, outcome=str(data["outcome"]))
        if issue.number == data["issue"]
        else issue
        for issue in state.issues
    )


def _recorded(state: State, entry: Entry) -> State:
    anchor = str(entry.data["anchor"])
    if anchor == "terminated":
        return replace(state, ended=entry.on)
    happened = {**state.facts.happened, anchor: entry.on}
    return replace(state, facts=Facts(signed=state.facts.signed, happened=happened))


def _file(entry: Entry) -> Signed:
    data = entry.data
    return Signed(str(data["name"]), str(data["text"]), str(data["digest"]))
