"""Which instrument a change needs: what all sign, or a letter of one party alone."""

from collections.abc import Iterator, Sequence

from closer.problems import Problem
from closer.terms.change import Change, Removed, Temporary
from closer.terms.paths import within
from closer.terms.reading import Agreed
from closer.terms.record import Kind

KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
LETTERS: tuple[Kind, ...] = ("extension-notice", "waiver", "signatory-notice")
"""Instruments that one party signs alone."""

TERMLESS: tuple[Kind, ...] = ("extension-notice", "waiver")
"""Letters that change no term: they ask, or give up, and the terms stay."""

_OF_WORK = ("deliverables", "milestones", "price.total", "price.payments")
_WORK = ("deliverables",)
_OF_TIME = ("milestones",)
_OF_COST = ("price.total", "price.payments")
_TIMELY = ("day for day", "time", "time and cost")


def suited(before: Agreed, change: Change) -> Kind:
    """Return the instrument that a change needs by what it holds.

    A right given up is waived; something that happened, with nothing agreed, is
    notified; a new signatory is told; a change of the work, its sums and its days goes
    by the contract's own change clause; everything else is an amendment.
    """
    paths = tuple(change.changes)
    if not paths:
        return "waiver" if change.waives else "extension-notice"
    if not list(_signatory(change)):
        return "signatory-notice"
    of_work = any(_within(path, _WORK) for path in paths)
    if of_work and not list(_order(before, change)):
        return "change-order"
    return "amendment"


def unsuited(
    kind: Kind,
    before: Agreed,
    change: Change,
    earlier: Sequence[Change] = (),
) -> list[Problem]:
    """Return why an instrument cannot do what a change asks; `earlier` still hold."""
    told: dict[Kind, Iterator[Problem]] = {
        "amendment": _bilateral(change),
        "restatement": _restating(change, earlier),
        "change-order": _order(before, change),
        "extension-notice": _notice(before, change),
        "waiver": _waiver(change),
        "signatory-notice": _signatory(change),
    }
    return list(told[kind])


def _within(path: str, sections: Sequence[str]) -> bool:
    return any(within(path, each) for each in sections)


def _cannot(change: Change, path: str, what: str, remedy: str) -> Problem:
    where = change.place(path) if path in change.changes else change.source.place(path)
    why = "Signed for what it cannot do, it would do nothing, or be taken for more."
    return Problem("AM06", where, path, what, why, remedy)


def _changes(change: Change, name: str, remedy: str) -> Iterator[Problem]:
    """Yield a problem for each change: a letter of one party alone changes no term."""
    for path in change.changes:
        yield _cannot(change, path, f"{name} cannot change `{path}`.", remedy)


_AGREED = "Leave `instrument` and --as out, and an amendment says it."


def _bilateral(change: Change) -> Iterator[Problem]:
    if not change.changes:
        what = "An amendment needs something to change, and `changes` is empty."
        yield _cannot(change, "changes", what, "Name what was agreed.")
    yield from _waives_too(change)


def _waives_too(change: Change) -> Iterator[Problem]:
    if change.waives and change.changes:
        what = "A right is waived and terms are changed in one file."
        remedy = "Make two files: what one party gives up, and what both agree."
        yield _cannot(change, "waives", what, remedy)


def _restating(change: Change, earlier: Sequence[Change]) -> Iterator[Problem]:
    yield from _bilateral(change)
    for path in change.temporary:
        what = (
            f"`{path}` is changed for a time; a restated contract no longer has the "
            "earlier text, to which it would return."
        )
        yield _cannot(change, path, what, "Amend it, and restate the contract later.")
    for one in earlier:
        for path, each in one.temporary.items():
            if each.until >= change.effective:
                yield _still_running(change, path, each)


def _still_running(change: Change, path: str, each: Temporary) -> Problem:
    what = f"An earlier change of `{path}` still runs, to {each.until}."
    remedy = f"Let it take effect after {each.until}, or make it for good first."
    return _cannot(change, "effective", what, remedy)


def _order(before: Agreed, change: Change) -> Iterator[Problem]:
    yield from _bilateral(change)
    risks, event = before.terms.contingencies, change.circumstance
    if risks is None or risks.scope_change is None:
        what = "The contract has no clause for changes of the work."
        remedy = f"Agree `contingencies.scope_change` first. {_AGREED}"
        yield _cannot(change, "changes", what, remedy)
    if event and event.under != "contingencies.scope_change":
        what = (
            f"What happened falls under `{event.under}`, not under the change clause."
        )
        yield _cannot(change, "circumstance.under", what, _AGREED)
    for path in change.changes:
        if not _within(path, _OF_WORK):
            what = (
                f"A change order cannot change `{path}`: the change clause speaks of "
                "the work, its sums and its days."
            )
            yield _cannot(change, path, what, _AGREED)


def _notice(before: Agreed, change: Change) -> Iterator[Problem]:
    event = change.circumstance
    if event is None:
        what = "A notice needs something that happened, and there is no `circumstance`."
        yield _cannot(change, "", what, "Say under which contingency, and since when.")
        return
    row = getattr(before.terms.contingencies, event.under.rpartition(".")[2], None)
    relief = getattr(row, "relief", "none")
    if relief not in _TIMELY:
        what = f"`{event.under}` gives no time."
        remedy = f"Name a contingency that does. {_AGREED}"
        yield _cannot(change, "circumstance.under", what, remedy)
    if event.notice is None or event.notice.by == "both":
        what = "One party gives a notice, and the file does not say which."
        remedy = "Write `notice: {given: DATE, by: PARTY, how: email}`."
        yield _cannot(change, "circumstance", what, remedy)
    asked = _OF_TIME + _OF_COST * (relief == "time and cost")
    for path in change.changes:
        if not _within(path, asked) or path in change.temporary:
            what = (
                f"An extension notice cannot change `{path}`: it asks for time alone."
            )
            if relief == "time and cost":
                what = what.replace("time alone", "time and its cost alone")
            yield _cannot(change, path, what, _AGREED)


def _waiver(change: Change) -> Iterator[Problem]:
    if change.waives is None:
        what = "A waiver needs a right that is given up, and there is no `waives`."
        remedy = "Write `waives: {by: PARTY, right: PATH, what: …}`."
        yield _cannot(change, "", what, remedy)
    name = "A waiver letter"
    yield from _changes(change, name, f"Both must agree to that. {_AGREED}")


def _signatory(change: Change) -> Iterator[Problem]:
    named = {path.split(".")[1] for path in change.changes if path.count(".") > 1}
    for path in change.changes:
        keys = path.split(".")
        signs = keys[0] == "parties" and keys[2:3] == ["signatory"]
        if not signs or isinstance(change.changes[path], Removed):
            what = f"A notice of change of signatory cannot change `{path}`."
            yield _cannot(change, path, what, _AGREED)
    if len(named) > 1:
        what = "A party tells of its own signatory, and here are several parties."
        yield _cannot(change, "changes", what, "Make a file for each party.")


def changes_no_term(change: Change) -> Problem:
    """Return the problem of a letter that is given where terms should change."""
    what = "This file is a letter of one party, and changes no term."
    return _cannot(change, "", what, "Leave it out here; `closer amend` writes it.")
