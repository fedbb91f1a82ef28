"""`closer escalate`: an issue moves to the next step of the deal's own ladder."""

from collections.abc import Sequence
from datetime import date
from typing import NoReturn

import click

from closer.cli.keeping import ANYWAY, ON, REGISTER, TODAY, known, on_day, opened
from closer.cli.ladder import Step, ladder
from closer.cli.output import USAGE, stop
from closer.cli.reckoning import signed_deal, write_entry
from closer.register.folding import Issue, State, standing
from closer.register.journal import Entry
from closer.terms.model import Terms


@click.command(
    "escalate",
    epilog="Example: closer escalate HOM-2026-014 1 --on 2026-10-05",
)
@click.argument("ref")
@click.argument("number", type=int)
@ON
@ANYWAY
@REGISTER
@TODAY
def command(
    ref: str,
    number: int,
    on: str | None,
    register_path: str | None,
    today: str | None,
    *,
    force: bool,
) -> None:
    """Move an open issue to the next step of the dispute resolution that was agreed.

    The first time, the day is that of the notice of dispute, and the days of all steps
    are counted from it. Every step ends on its own clock; the next one cannot begin
    before. Settled in between, it is `closer settle`.
    """
    with opened(register_path) as register, register.writing():
        state = known(ref, register)
        issue = open_issue(state, number)
        terms = signed_deal(state).agreed.terms
        moved = on_day(on, today, state, force=force)
        notified = _notified(register.journal(ref), number) or moved
        step, later = _next(issue, ladder(terms, notified), moved, terms)
        data: dict[str, object] = {
            "issue": number,
            "step": step.kind,
            "began": str(step.begins),
            "ends": str(step.ends) if step.ends else None,
            "since": str(notified),
        }
        if not issue.step:
            data["notified"] = str(notified)
        head, _, _ = write_entry(register, ref, "escalated", moved, data)
    until = f" until {step.ends}" if step.ends else ", without an end of its own"
    click.echo(f"issue {number}: {step.name} from {step.begins}{until}")
    if step.ends and step.ends < moved:
        click.echo(f"  that day has passed: {step.name} is over")
    for each in later:
        end = f" until {each.ends}" if each.ends else ""
        click.echo(f"  then {each.name} from {each.begins}{end}")
    click.echo(f"head {head[:12]}")


def open_issue(state: State, number: int) -> Issue:
    """Return an open issue; an unknown or settled one stops with those that are."""
    open_ones = {i.number: i for i in state.issues if i.settled is None}
    if number not in open_ones:
        listed = ", ".join(map(str, open_ones)) or "none"
        stop(f"{state.ref} has no open issue {number}. Open: {listed}.", USAGE)
    return open_ones[number]


def _notified(journal: Sequence[Entry], number: int) -> date | None:
    """Return the day of the notice of dispute of an issue."""
    for entry in standing(journal):
        if entry.kind == "escalated" and entry.data["issue"] == number:
            return date.fromisoformat(str(entry.data["since"]))
    return None


def _next(
    issue: Issue, steps: list[Step], moved: date, terms: Terms
) -> tuple[Step, list[Step]]:
    """Return the step that comes now, and those after it."""
    if not steps:
        _no_ladder(terms)
    kinds = [step.kind for step in steps]
    place = kinds.index(issue.step) + 1 if issue.step in kinds else 0
    if place == len(steps):
        stop(f"{steps[-1].name} is the last step; there is none after it.", USAGE)
    if place and issue.ends is not None and moved <= issue.ends:
        stop(
            f"{steps[place - 1].name} lasts until {issue.ends}: {steps[place].name} "
            f"begins on {steps[place].begins}, or later. If it is settled: `closer "
            "settle`.",
            USAGE,
        )
    return steps[place], steps[place + 1 :]


def _no_ladder(terms: Terms) -> NoReturn:
    stop(
        f"{terms.reference} has no steps in dispute_resolution: there is nothing that "
        "an issue could move to. Settle it, or agree on steps by an amendment.",
        USAGE,
    )
