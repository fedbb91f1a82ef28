"""`closer record`: something happened, or was done."""

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import click

from closer.cli.keeping import REGISTER, TODAY, current, day, evidence, known, opened
from closer.cli.output import USAGE, stop
from closer.cli.reckoning import signed_deal, write_entry
from closer.register.folding import State
from closer.register.journal import Kind
from closer.register.store import DueRow
from closer.terms.model import Terms


@click.command(
    "record",
    epilog="Example: closer record HOM-2026-014 garage --on 2026-10-02",
)
@click.argument("ref")
@click.argument("path")
@click.option(
    "--on", "on", metavar="DATE", help="The day it happened; today if absent."
)
@click.option(
    "--evidence",
    "proof",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A file that proves it; its digest is kept.",
)
@click.option("--force", is_flag=True, help="Take a day before signing or after today.")
@REGISTER
@TODAY
def command(
    ref: str,
    path: str,
    on: str | None,
    proof: Path | None,
    register_path: str | None,
    today: str | None,
    *,
    force: bool,
) -> None:
    """Record what happened to a deal in the register, and say which days it sets.

    PATH is a milestone (garage, garage.accepted), a payment or duty that was performed
    (price.payments.deposit, obligations.access), or `terminated`.
    """
    with opened(register_path) as register:
        state = known(ref, register)
        happened = _happened(on, today, state, force=force)
        kind, data = _meant(path, signed_deal(state).agreed.terms)
        head, before, now = write_entry(
            register, ref, kind, happened, {**data, **evidence(proof)}
        )
    click.echo(f"{ref}: {path} on {happened}; head {head[:12]}")
    for line in _moved(before, now):
        click.echo(f"  {line}")


def _happened(on: str | None, now: str | None, state: State, *, force: bool) -> date:
    today = current(now)
    happened = day("--on", on) if on else today
    early = state.on is not None and happened < state.on
    if (early or happened > today) and not force:
        which = f"before the deal was signed ({state.on})" if early else "after today"
        stop(f"{happened} lies {which}. Add --force if that is right.", USAGE)
    return happened


def _meant(path: str, terms: Terms) -> tuple[Kind, dict[str, object]]:
    """Return what a path means: an anchor that got its day, or something done."""
    if path == "terminated":
        return "recorded", {"anchor": "terminated", "path": path}
    bare = path.removeprefix("milestones.")
    name, _, fact = bare.partition(".")
    if name in terms.milestones and fact in ("", "met", "accepted"):
        return "recorded", {"anchor": f"{name}.{fact or 'met'}", "path": path}
    performed = [f"price.payments.{key}" for key in _payments(terms)]
    performed += [f"obligations.{key}" for key in terms.obligations]
    performed += ["insurance.certificate"] if terms.insurance else []
    if path in performed:
        return "done", {"path": path}
    return _unknown(path, [*terms.milestones, *performed, "terminated"])


def _unknown(path: str, known_paths: list[str]) -> NoReturn:
    near = get_close_matches(path, known_paths, 1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    listed = ", ".join(known_paths)
    stop(f"{path} is nothing that this deal knows.{hint} It knows {listed}.", USAGE)


def _payments(terms: Terms) -> list[str]:
    return list(terms.price.payments) if terms.price else []


def _moved(before: list[DueRow], now: list[DueRow]) -> list[str]:
    """Say which days were set, moved or closed."""
    old = {row.uid: row for row in before}
    lines = []
    for row in (row for row in now if not row.repeats):
        was = old.get(row.uid)
        if was is None or (was.day, was.state) != (row.day, row.state):
            earlier = f" (before: {was.day}, {was.state})" if was else ""
            lines.append(f"{row.day} {row.state}: {row.title}{earlier}")
    gone = {row.uid for row in now}
    lines += [f"closed: {row.title}" for row in before if row.uid not in gone]
    return lines
