"""`closer settle`: an issue that was raised is settled."""

import click

from closer.cli.keeping import REGISTER, TODAY, current, known, opened
from closer.cli.output import USAGE, stop
from closer.cli.reckoning import write_entry


@click.command(
    "settle",
    epilog='Example: closer settle HOM-2026-014 1 --outcome "drain moved by 2 m"',
)
@click.argument("ref")
@click.argument("number", type=int)
@click.option("--outcome", default="", help="What was agreed.")
@REGISTER
@TODAY
def command(
    ref: str, number: int, outcome: str, register_path: str | None, today: str | None
) -> None:
    """Say that an issue is settled, and how."""
    now = current(today)
    with opened(register_path) as register:
        state = known(ref, register)
        open_ones = {i.number: i for i in state.issues if i.settled is None}
        if number not in open_ones:
            listed = ", ".join(map(str, open_ones)) or "none"
            stop(f"{ref} has no open issue {number}. Open: {listed}.", USAGE)
        data: dict[str, object] = {"issue": number, "outcome": outcome}
        head, _, _ = write_entry(register, ref, "settled", now, data)
    click.echo(f"issue {number} settled on {now}; head {head[:12]}")
