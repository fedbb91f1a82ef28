"""Whether a change is meant for these terms: its deal, its day, what it names."""

from collections.abc import Iterator
from datetime import date

from closer.problems import Problem
from closer.terms.anchoring import anchors
from closer.terms.change import Change, Removed, Waives
from closer.terms.digest import digest, matches, short
from closer.terms.reading import Agreed, nearest
from closer.terms.source import MapNode, ScalarNode
from closer.terms.values import NAMED_DAYS


def misplaced(agreed: Agreed, change: Change) -> Iterator[Problem]:
    """Yield what in a change speaks of another deal, or of what this one lacks."""
    yield from _other_deal(agreed, change)
    yield from _nowhere(agreed, change)


def _other_deal(agreed: Agreed, change: Change) -> Iterator[Problem]:
    reference, full = agreed.terms.reference, digest(agreed)
    remedy = "Give the terms, and the changes in between, that it was drafted against."
    name, _, short_of = change.reference.rpartition(" of ")
    if name == reference and full.startswith(short_of):
        remedy = f"Write at least 8 characters of the digest: {full[:8]}."
    known = change.digest is None or matches(change.digest, full)
    if change.reference != reference or not known:
        theirs = f" of {change.digest}" if change.digest else ""
        yield Problem(
            "F30",
            change.source.place("amends"),
            "amends",
            f"This change amends {change.reference}{theirs}; the terms are {reference} "
            f"of {short(full)}.",
            "It was agreed against other terms, or these have been altered since.",
            remedy,
        )
    for path, wanted in change.where.items():
        yield from _elsewhere(agreed, change, path, wanted)
    effective = agreed.terms.effective
    if isinstance(effective, date) and change.effective < effective:
        yield Problem(
            "F38",
            change.source.place("effective"),
            "effective",
            f"The change takes effect on {change.effective}, before the contract does "
            f"on {effective}.",
            "What is not yet in force cannot be amended.",
            "Correct the day.",
        )


def _nowhere(agreed: Agreed, change: Change) -> Iterator[Problem]:
    """Yield what a change names and the terms do not have."""
    for path, value in change.changes.items():
        spared = value.spares_until if isinstance(value, Removed) else None
        for anchor in anchors(spared):
            if anchor.name not in (*NAMED_DAYS, *agreed.terms.milestones):
                what = f"`{anchor.name}` names nothing from which a day is counted."
                why = "A removal must say from when circumstances are no longer spared."
                remedy = "Name a date, a milestone, signing, effective or end."
                where = change.place(path)
                yield Problem("D37", where, f"changes.{path}", what, why, remedy)
    if change.waives:
        yield from _waived_nowhere(agreed, change, change.waives)
    event = change.circumstance
    if event is None:
        return
    yield from _not_among(agreed, change, "under", event.under, "contingencies")
    for index, path in enumerate(event.affects):
        yield from _not_among(agreed, change, f"affects.{index}", path, "milestones")
    if event.notice and event.notice.by != "both":
        at, by = "circumstance.notice.by", event.notice.by
        yield from _nobody(agreed, change, at, by, or_=", or both")


def _not_among(
    agreed: Agreed, change: Change, key: str, path: str, section: str
) -> Iterator[Problem]:
    """Hold a path that a circumstance names against the entries of one section."""
    head, _, entry = path.rpartition(".")
    known = agreed.source.node(section)
    entries = list(known.entries) if isinstance(known, MapNode) else []
    if head == section and entry in entries:
        return
    at = f"circumstance.{key}"
    is_there = agreed.source.has(path)
    what = f"`{path}` is none of the {section}."
    guess = nearest(entry, entries)
    listed = ", ".join(f"`{section}.{name}`" for name in entries) or "none"
    yield Problem(
        "F32",
        change.source.place(at),
        at,
        what if is_there else f"There is no `{path}` in the terms.",
        "A circumstance counts under a contingency, for milestones that exist.",
        f"Did you mean `{section}.{guess}`?" if guess else f"There are {listed}.",
    )


def _elsewhere(
    agreed: Agreed, change: Change, path: str, wanted: str
) -> Iterator[Problem]:
    """Yield a problem if the terms do not have at a path what the change asks for."""
    node = agreed.source.node(path) if agreed.source.has(path) else None
    found = node.text if isinstance(node, ScalarNode) else None
    if found == wanted:
        return
    there = f"here it is {found!r}" if found is not None else "here is no such value"
    yield Problem(
        "F41",
        change.source.place(f"where.{path}"),
        f"where.{path}",
        f"This change is for deals whose `{path}` is {wanted!r}; {there}.",
        "A change that is made in a deal it was not meant for binds the wrong people.",
        "Leave this deal out, or correct `where`.",
    )


def _nobody(
    agreed: Agreed, change: Change, at: str, party: str, *, or_: str = ""
) -> Iterator[Problem]:
    parties = [str(key) for key in agreed.terms.parties]
    if party not in parties:
        what = f"{party!r} is none of the parties."
        why = "What nobody gives is not given."
        remedy = f"Write one of {', '.join(parties)}{or_}."
        yield Problem("N01", change.source.place(at), at, what, why, remedy)


def _waived_nowhere(
    agreed: Agreed, change: Change, waives: Waives
) -> Iterator[Problem]:
    yield from _nobody(agreed, change, "waives.by", waives.by)
    if not agreed.source.has(waives.right):
        head = waives.right.partition(".")[0]
        listed = agreed.source.node(head) if agreed.source.has(head) else None
        known = list(listed.entries) if isinstance(listed, MapNode) else []
        there = ", ".join(f"`{head}.{name}`" for name in known)
        yield Problem(
            "F32",
            change.source.place("waives.right"),
            "waives.right",
            f"There is no `{waives.right}` in the terms.",
            "Only a right that the contract gives can be waived.",
            f"There are {there}." if there else "Name the term that gives the right.",
        )
