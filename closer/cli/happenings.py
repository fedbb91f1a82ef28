"""What may be recorded of a deal: what a word of the user's means to its terms."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import NoReturn

from closer.cli.output import USAGE, stop
from closer.cli.schedule import read_shapes
from closer.followup.clocks import events as clocks_of
from closer.register.folding import State
from closer.register.journal import Kind
from closer.register.store import DueRow
from closer.terms.kinds import Identifier
from closer.terms.model import Terms
from closer.terms.moments import accepts

_ASKING = ("chase", "reading", "meeting")
"""Kinds of entries that ask or invite: nothing is done by them."""

Meaning = tuple[Kind, dict[str, object]]


def meant(
    path: str, terms: Terms, state: State, rows: Sequence[DueRow], on: date
) -> Meaning:
    """Return what a path means: an anchor that got its day, or something done.

    What is due under the very name of what started it is done, not begun again. Stops
    with what the deal knows if it is nothing of this deal.
    """
    words = path.strip()
    begun = {row.term for row in rows if row.state == "open"}
    anchor = _anchor(words, terms, begun)
    if anchor is not None:
        _checked(anchor, terms, state, on)
        return "recorded", {"anchor": anchor, "path": words}
    listed = {row.term for row in rows if row.kind not in _ASKING}
    listed -= {"duration", "duration.renewal"}
    doable = {*listed, *_payable(terms)}
    short = {path.rpartition(".")[2]: path for path in doable}
    if words in doable:
        return "done", {"path": words}
    _unknown(words, terms, doable, short)
    return None


def _anchor(words: str, terms: Terms, begun: set[str]) -> str | None:
    """Return the anchor that gets its day; None if it is none of these.

    `begun` are the terms of which something is due: an event of the same name
    (`indemnities.claims`) is over before it can happen again.
    """
    if words in ("terminated", "renewed"):
        return words
    if words in ("not-renewed", "not renewed"):
        return "not renewed"
    if words in clocks_of(terms) or words in {*_clocks(terms)} - begun:
        return words
    event = words.removeprefix("events.")
    if event in terms.events:
        return event
    if words.startswith("deliverables.") and words.endswith(".accept"):
        words = f"{_brings(words.split('.')[1], terms)}.accepted"
    name, _, fact = words.removeprefix("milestones.").partition(".")
    if name in terms.milestones and fact in ("", "met", "accepted"):
        return f"{name}.{fact or 'met'}"
    return None


def is_to_come(path: str) -> bool:
    """Whether a path names a day that is known beforehand: an order's delivery."""
    kinds = read_shapes().kinds.values()
    return path in {kind.happened for kind in kinds if kind.by == "ahead of"}


def _clocks(terms: Terms) -> tuple[str, ...]:
    return clocks_of(terms, read_shapes())


def _brings(deliverable: str, terms: Terms) -> str:
    """Return the milestone that delivers something."""
    for name, milestone in terms.milestones.items():
        if milestone.delivers == deliverable:
            return str(name)
    return deliverable


def _checked(anchor: str, terms: Terms, state: State, on: date) -> None:
    """Stop where something cannot have happened as the terms stand."""
    name, _, fact = anchor.rpartition(".")
    if fact in ("met", "accepted") and name in terms.milestones:
        before = state.facts.happened.get(anchor)
        if before is not None:
            stop(
                f"{name} was {fact} on {before} already. If that was entered by "
                f"mistake: `closer undo {state.ref} NUMBER`.",
                USAGE,
            )
    if fact == "accepted":
        if accepts(terms.milestones[Identifier(name)], terms) is None:
            stop(
                f"Nothing says how {name} is accepted, so no day waits for it. Record "
                f"{name}.",
                USAGE,
            )
        met = state.facts.happened.get(f"{name}.met")
        if met is not None and on < met:
            stop(
                f"{name} cannot be accepted on {on}, before it was met on {met}.", USAGE
            )
    renewal = terms.duration.renewal if terms.duration else None
    if anchor in ("renewed", "not renewed") and renewal is None:
        stop("This deal does not renew itself: nothing was agreed about it.", USAGE)
    if anchor == "renewed" and renewal and len(state.renewed) == renewal.times:
        stop(
            f"The deal was renewed for the last time on {state.renewed[-1]}: no "
            "renewal is left. To go on with it, amend its duration.",
            USAGE,
        )
    if state.ended is not None and anchor == "terminated":
        stop(f"The deal was ended on {state.ended} already.", USAGE)


def _payable(terms: Terms) -> list[str]:
    payments = terms.price.payments if terms.price else {}
    paths = [f"price.payments.{key}" for key in payments]
    return [*paths, *(f"obligations.{key}" for key in terms.obligations)]


def _unknown(
    words: str, terms: Terms, doable: Iterable[str], short: dict[str, str]
) -> NoReturn:
    happenings = [
        *terms.milestones,
        *terms.events,
        *_clocks(terms),
        *(
            ["renewed", "not-renewed"]
            if terms.duration and terms.duration.renewal
            else []
        ),
        "terminated",
    ]
    done = sorted(p for p in doable if not p.startswith(("milestones.", "follow_up.")))
    spelt = short | {name: name for name in (*happenings, *done)}
    near = next(iter(get_close_matches(words, spelt, 1, cutoff=0.5)), "")
    near = spelt.get(near, "")
    hint = f" Did you mean {near}?" if near else ""
    stop(
        f"{words} is nothing that this deal knows.{hint}\n"
        f"  happens: {', '.join(happenings)}\n"
        f"  is done: {', '.join(done)}",
        USAGE,
    )
