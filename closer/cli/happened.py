"""What the user says has happened: `--signed DATE` and `--happened ID=DATE`."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from closer.cli.output import USAGE, stop
from closer.followup.clocks import events as clocks_of
from closer.terms.change import Change
from closer.terms.kinds import Identifier
from closer.terms.moments import Facts, accepts
from closer.terms.reading import Agreed
from closer.terms.resolved import NOT_RENEWED, RENEWED, TERMINATED, Waived, time_of
from closer.terms.values import Unreadable, read_date


def facts_from(signed: str | None, happened: Sequence[str], agreed: Agreed) -> Facts:
    """Read `--signed DATE` and `--happened ID=DATE`; stop with a sentence if wrong."""
    days: dict[str, date] = {}
    for entry in happened:
        name, equals, written = entry.partition("=")
        if not equals:
            stop(f"--happened {entry}: write it like garage=2026-10-02.", USAGE)
        anchor, day = _anchor(name.strip(), agreed), day_of("--happened", written)
        if days.setdefault(anchor, day) != day:
            stop(
                f"--happened {entry}: {anchor} happened on {days[anchor]} too. A thing "
                "happens once. Keep one of the two days.",
                USAGE,
            )
    _in_their_order(days, agreed)
    return Facts(signed=day_of("--signed", signed) if signed else None, happened=days)


def given_up(waiver: Change) -> Waived:
    """Return what a waiver gives up, and to which day; without one it is for a case."""
    waives = waiver.waives
    if waives is None:
        raise ValueError("a letter that gives nothing up is no waiver")
    return Waived(
        by=str(waives.by),
        right=str(waives.right),
        what=str(waives.what),
        since=waiver.effective,
        until=waiver.until,
    )


def _in_their_order(days: Mapping[str, date], agreed: Agreed) -> None:
    """Stop where something is accepted that is never accepted, or not yet met."""
    for anchor, day in days.items():
        name, _, fact = anchor.rpartition(".")
        if fact != "accepted":
            continue
        if accepts(agreed.terms.milestones[Identifier(name)], agreed.terms) is None:
            stop(
                f"--happened {anchor}: nothing says how {name} is accepted, so no day "
                f"waits for it. Write {name}={day}.",
                USAGE,
            )
        met = days.get(f"{name}.met")
        if met and day < met:
            stop(
                f"--happened {anchor}: it was accepted on {day}, before it was met on "
                f"{met}. Correct one of the two days.",
                USAGE,
            )


def day_of(option: str, written: str) -> date:
    """Read a day that was given with an option; stop with a sentence if it is none."""
    try:
        return read_date(written)
    except Unreadable as error:
        stop(f"{option}: {error.what} {error.why} {error.remedy}", USAGE)


def _of_the_contract(name: str, agreed: Agreed) -> str | None:
    """Return what happened to the contract itself: ended, renewed, not renewed."""
    if name in ("end", TERMINATED):
        return TERMINATED
    bare, number = time_of(name)
    if bare != RENEWED and name != NOT_RENEWED:
        return None
    renewal = agreed.terms.duration.renewal if agreed.terms.duration else None
    if renewal is None:
        stop(f"--happened {name}: this deal does not renew itself.", USAGE)
    if renewal.times != "unlimited" and number > renewal.times:
        times = "once" if renewal.times == 1 else f"{renewal.times} times"
        stop(f"--happened {name}: this deal renews {times} at the most.", USAGE)
    return name


def _anchor(name: str, agreed: Agreed) -> str:
    if contract := _of_the_contract(name, agreed):
        return contract
    from closer.cli.schedule import read_shapes  # noqa: PLC0415 - only what happened

    clocks, events = clocks_of(agreed.terms, read_shapes()), agreed.terms.events
    if name in clocks or time_of(name)[0] in clocks:
        return name
    if name.removeprefix("events.") in events:
        return name.removeprefix("events.")
    known = [*agreed.terms.milestones, *events, *clocks]
    bare = name.removeprefix("milestones.")
    match = re.fullmatch(r"(.+?)(?:\.(met|accepted))?", bare)
    identifier = match[1] if match else bare
    if identifier not in agreed.terms.milestones:
        near = get_close_matches(identifier, known, 1)
        hint = f" Did you mean {near[0]}?" if near else f" It knows {', '.join(known)}."
        stop(
            f"--happened {name}: the deal has no such milestone or event.{hint}", USAGE
        )
    return f"{identifier}.{(match and match[2]) or 'met'}"
