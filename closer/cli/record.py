"""`closer record`: something happened, or was done."""

from datetime import date
from pathlib import Path

import click

from closer.cli.happenings import is_to_come, meant
from closer.cli.keeping import (
    ANYWAY,
    ON,
    REGISTER,
    TODAY,
    evidence,
    known,
    on_day,
    opened,
)
from closer.cli.reckoning import signed_deal, write_entry
from closer.register.rows import DueRow
from closer.terms.timing import Time


@click.command(
    "record",
    epilog="Example: closer record HOM-2026-014 garage --on 2026-10-02",
)
@click.argument("ref")
@click.argument("path")
@ON
@click.option(
    "--evidence",
    "proof",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A file that proves it; its digest is kept.",
)
@ANYWAY
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

    PATH is a milestone (garage, garage.accepted); what was paid, done or notified, by
    the term that `closer due` shows (price.payments.deposit, obligations.access,
    contingencies.force_majeure); an event that starts a clock (force_majeure, dispute,
    termination.breach, payment.invoiced, orders.placed, or one of the deal's own
    events, each time anew); renewed, not-renewed or terminated.
    """
    with opened(register_path) as register:
        state = known(ref, register)
        ahead = is_to_come(path)
        happened = on_day(on, today, state, force=force or ahead)
        rows, terms = register.all_due(ref), signed_deal(state).agreed.terms
        kind, data = meant(path, terms, state, rows, happened)
        head, before, now = write_entry(
            register, ref, kind, happened, {**data, **evidence(proof)}
        )
    click.echo(f"{ref}: {path} on {happened}; head {head[:12]}")
    cut_off = f"{(terms.time or Time()).cut_off:%H:%M}"
    for line in moved(before, now, happened, cut_off):
        click.echo(f"  {line}")


def moved(
    before: list[DueRow], now: list[DueRow], on: date, cut_off: str = ""
) -> list[str]:
    """Say which days were set, moved or closed, and what was done late.

    A notice says the hour too, at which the last day for it is over.
    """
    old = {(row.uid, row.day if row.repeats else None): row for row in before}
    lines = []
    for row in now:
        was = old.pop((row.uid, row.day if row.repeats else None), None)
        if row.repeats and (was is None or row.state != "done"):
            continue
        if was is not None and (was.day, was.state) == (row.day, row.state):
            continue
        if row.state == "done":
            lines.append(f"done{_how_late(row, on)}: {row.title}")
            continue
        earlier = f" (before: {was.day}, {was.state})" if was else ""
        told = row.kind == "notice" or row.term.startswith("contingencies.")
        hour = f", {cut_off}" if told and row.stake == "bar" and cut_off else ""
        lines.append(f"{row.day}{hour} {row.state}: {row.title}{earlier}")
    gone = {row.uid for row in old.values()} - {row.uid for row in now}
    closed = {row.uid: row.title for row in before if row.uid in gone}
    return lines + [f"closed: {title}" for title in closed.values()]


def _how_late(row: DueRow, on: date) -> str:
    days = (on - row.day).days
    if days <= 0:
        return f" in time (by {row.day})"
    return f" {days} {'day' if days == 1 else 'days'} late (by {row.day})"
