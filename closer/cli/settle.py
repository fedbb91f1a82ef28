"""`closer settle`: an issue that was raised is settled."""

import click

from closer.cli.escalate import open_issue
from closer.cli.keeping import ANYWAY, ON, REGISTER, TODAY, known, on_day, opened
from closer.cli.reckoning import write_entry


@click.command(
    "settle",
    epilog='Example: closer settle HOM-2026-014 1 --outcome "drain moved by 2 m"',
)
@click.argument("ref")
@click.argument("number", type=int)
@click.option("--outcome", default="", help="What was agreed.")
@ON
@ANYWAY
@REGISTER
@TODAY
def command(
    ref: str,
    number: int,
    outcome: str,
    on: str | None,
    register_path: str | None,
    today: str | None,
    *,
    force: bool,
) -> None:
    """Say that an issue is settled, and how."""
    with opened(register_path) as register, register.writing():
        state = known(ref, register)
        open_issue(state, number)
        settled = on_day(on, today, state, force=force)
        data: dict[str, object] = {"issue": number, "outcome": outcome}
        head, _, _ = write_entry(register, ref, "settled", settled, data)
    click.echo(f"issue {number} settled on {settled}; head {head[:12]}")
