"""Joins the calendar to the contract: every entry cites the provision it comes from."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from closer.drafting.assembly import Draft
from closer.drafting.document import Document
from closer.followup.entries import Schedule
from closer.library.loading import Library

_TELLING = ("due", "every", "notice", "lasts", "ends", "within", "measured", "expires")
"""The keys that fix a day: the provision that prints one of them is the one to cite."""


def cited(
    schedule: Schedule, draft: Draft, text: Document, library: Library
) -> Schedule:
    """Return the schedule with the provision of each entry: `section 5.3 (Payment)`.

    `text` is the contract with the numbers that were signed, `draft` what it says.
    What no provision states (a check-in, a condition before signing) cites none.
    """
    names = dict(_names(text, library))
    entries = tuple(
        replace(entry, provision=names.get(home(entry.term, draft), ""))
        for entry in schedule.entries
    )
    return replace(schedule, entries=entries)


def provision(path: str, draft: Draft, text: Document, library: Library) -> str:
    """Return the provision that states a term: `section 7.1 (Force majeure)`.

    A term that the contract does not state by itself is stated with what holds it.
    """
    names = dict(_names(text, library))
    while path:
        for stated in (draft.printed, draft.decided):
            for at, home in stated.items():
                if home in names and (at == path or at.startswith(f"{path}.")):
                    return names[home]
        path = path.rpartition(".")[0]
    return ""


def _names(text: Document, library: Library) -> Iterator[tuple[str, str]]:
    words = library.phrases["references"]
    for provision in text.provisions():
        heading = f"{words['section']} {provision.number} ({provision.heading})"
        yield provision.id, heading
    for annex in text.annexes:
        yield annex.id, f"{words['annex']} {annex.number} ({annex.heading})"


def home(term: str, draft: Draft) -> str:
    """Return the id of the provision or annex that states a term."""
    for stated in (draft.printed, draft.decided):
        for path in _candidates(term, stated):
            if stated[path]:
                return stated[path]
    return ""


def _candidates(term: str, stated: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths of a term, the ones that fix its day first."""
    paths = [p for p in stated if p == term or p.startswith(f"{term}.")]
    yield from sorted(paths, key=_rank)


def _rank(path: str) -> int:
    key = path.rpartition(".")[2]
    return _TELLING.index(key) if key in _TELLING else len(_TELLING)
