"""The state of a deal: what its journal adds up to, and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from closer.register.journal import Entry
from closer.terms.resolved import NOT_RENEWED, RENEWED, TERMINATED, Facts, Waived

DISPUTE = "dispute"
"""The anchor on which the steps of a dispute hang."""


class Signed(Struct, frozen=True):
    """A file as it was signed: its name, its text, and the digest of the terms.

    `model` is the digest under which the register keeps the model of the document,
    `library` that of the clauses it was drafted from, and `holidays` the lists of
    public holidays by which its days were counted, by place.
    """

    name: str
    text: str
    digest: str
    model: str = ""
    library: str = ""
    holidays: dict[str, object] = {}


class Reading(Struct, frozen=True):
    """A benchmark or service level as it was measured on a day, and what that costs.

    `credit`: what falls due for a miss, as it was said when it was entered.
    """

    benchmark: str
    on: date
    value: Decimal
    credit: dict[str, str] = {}


class Issue(Struct, frozen=True, kw_only=True):
    """Something noted before it becomes a dispute; settled or still open.

    `step`, `began` and `ends` tell where on the ladder of the deal it stands, since it
    was escalated.
    """

    number: int
    text: str
    about: str
    raised: date
    step: str = ""
    began: date | None = None
    ends: date | None = None
    settled: date | None = None
    outcome: str = ""


class State(Struct, frozen=True, kw_only=True):
    """Where a deal stands.

    `signed` and `amendments` are kept whole; `facts` are the days that anchors got,
    `times` every day on which each of them happened; `done` names what was performed
    or paid, with its day; `ended` is the day on which the deal ended before its time,
    `stays` the day on which it was said that it will not be renewed.
    """

    ref: str
    signed: Signed | None = None
    on: date | None = None
    amendments: tuple[Signed, ...] = ()
    facts: Facts = Facts()
    times: dict[str, tuple[date, ...]] = {}
    done: tuple[tuple[str, date], ...] = ()
    renewed: tuple[date, ...] = ()
    ended: date | None = None
    stays: date | None = None
    readings: tuple[Reading, ...] = ()
    issues: tuple[Issue, ...] = ()


def folded(ref: str, journal: Sequence[Entry]) -> State:
    """Return what the entries of a deal add up to, but for those that were undone."""
    numbers = {
        entry.number: number
        for number, entry in enumerate((e for e in journal if e.kind == "raised"), 1)
    }
    state = State(ref=ref)
    for entry in standing(journal):
        state = _after(state, entry, numbers)
    return state


def standing(journal: Sequence[Entry]) -> list[Entry]:
    """Return the entries that count: an undone one does not, nor does its undoing.

    To undo an undoing makes the entry count again; hence the look from the end.
    """
    gone: set[int] = set()
    kept: list[Entry] = []
    for entry in reversed(journal):
        if entry.number in gone:
            continue
        if entry.kind == "undone":
            gone.add(int(str(entry.data["entry"])))
        else:
            kept.append(entry)
    return kept[::-1]


def _after(state: State, entry: Entry, numbers: Mapping[int, int]) -> State:
    if entry.kind == "signed":
        facts = replace(state.facts, signed=entry.on)
        return replace(state, signed=_file(entry), on=entry.on, facts=facts)
    if entry.kind == "amended":
        return replace(state, amendments=(*state.amendments, _file(entry)))
    if entry.kind == "waived":
        waived = (*state.facts.waived, msgspec.convert(entry.data["waives"], Waived))
        return replace(state, facts=replace(state.facts, waived=waived))
    if entry.kind == "recorded":
        return _recorded(state, str(entry.data["anchor"]), entry.on)
    if entry.kind == "done":
        done = (*state.done, (str(entry.data["path"]), entry.on))
        return replace(state, done=done)
    if entry.kind == "measured":
        return replace(state, readings=(*state.readings, _reading(entry)))
    if entry.kind == "raised":
        number = numbers[entry.number]
        return replace(state, issues=(*state.issues, _issue(entry, number)))
    return _moved(state, entry)


def _issue(entry: Entry, number: int) -> Issue:
    """Return an issue; its number stays, even where one before it is undone."""
    data = entry.data
    return Issue(
        number=number,
        text=str(data["text"]),
        about=str(data["about"]),
        raised=entry.on,
    )


def _moved(state: State, entry: Entry) -> State:
    """Settle an issue, or move it on to the next step; the first gives the notice."""
    data = entry.data
    if entry.kind == "settled":
        new = {"settled": entry.on, "outcome": str(data["outcome"])}
    else:
        ends = data.get("ends")
        new = {
            "step": str(data["step"]),
            "began": date.fromisoformat(str(data["began"])),
            "ends": date.fromisoformat(str(ends)) if ends else None,
        }
    issues = tuple(
        replace(issue, **new) if issue.number == data["issue"] else issue
        for issue in state.issues
    )
    state = replace(state, issues=issues)
    notified = data.get("notified")
    if entry.kind == "escalated" and notified:
        return _recorded(state, DISPUTE, date.fromisoformat(str(notified)))
    return state


def _recorded(state: State, anchor: str, on: date) -> State:
    if anchor == RENEWED:
        state = replace(state, renewed=(*state.renewed, on))
        number = len(state.renewed)
        return _happened(state, f"{RENEWED}.{number}" if number > 1 else RENEWED, on)
    if anchor == "not renewed":
        return _happened(replace(state, stays=on), NOT_RENEWED, on)
    if anchor == TERMINATED:
        state = replace(state, ended=on)
    times = {**state.times, anchor: (*state.times.get(anchor, ()), on)}
    return _happened(replace(state, times=times), anchor, on)


def _happened(state: State, anchor: str, on: date) -> State:
    happened = {**state.facts.happened, anchor: on}
    return replace(state, facts=replace(state.facts, happened=happened))


def _reading(entry: Entry) -> Reading:
    data = entry.data
    credit = data.get("credit")
    return Reading(
        str(data["benchmark"]),
        entry.on,
        Decimal(str(data["value"])),
        {str(k): str(v) for k, v in credit.items()} if isinstance(credit, dict) else {},
    )


def _file(entry: Entry) -> Signed:
    data = entry.data
    holidays = data.get("holidays")
    return Signed(
        str(data["name"]),
        str(data["text"]),
        str(data["digest"]),
        str(data.get("model", "")),
        str(data.get("library", "")),
        dict(holidays) if isinstance(holidays, dict) else {},
    )
