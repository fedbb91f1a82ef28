"""`closer raise`: an issue, noted before it becomes a dispute."""

import click

from closer.cli.keeping import ANYWAY, ON, REGISTER, TODAY, known, on_day, opened
from closer.cli.ladder import ladder
from closer.cli.output import USAGE, stop
from closer.cli.reckoning import signed_deal, write_entry
from closer.register.folding import folded


@click.command(
    "raise",
    epilog='Example: closer raise HOM-2026-014 "The slope drains to the house" '
    "--about milestones.backyard",
)
@click.argument("ref")
@click.argument("text")
@click.option(
    "--about",
    default="",
    metavar="PROVISION",
    help="A provision, or a term, it is about.",
)
@ON
@ANYWAY
@REGISTER
@TODAY
def command(
    ref: str,
    text: str,
    about: str,
    on: str | None,
    register_path: str | None,
    today: str | None,
    *,
    force: bool,
) -> None:
    """Note an issue of a deal, and say how long each step would take if it stayed.

    Settle it with `closer settle REF NUMBER`; if that fails, `closer escalate REF
    NUMBER` gives the notice of dispute and moves it from step to step.
    """
    if not text.strip():
        stop("An issue says what it is about, in a sentence.", USAGE)
    with opened(register_path) as register, register.writing():
        state = known(ref, register)
        raised = on_day(on, today, state, force=force)
        data: dict[str, object] = {"text": text, "about": about}
        head, _, _ = write_entry(register, ref, "raised", raised, data)
        number = folded(ref, register.journal(ref)).issues[-1].number
        steps = ladder(signed_deal(state).agreed.terms, raised)
    click.echo(f"issue {number} raised on {raised}; head {head[:12]}")
    if steps:
        click.echo("  if a notice of dispute were given on that day:")
    for step in steps:
        until = f"until {step.ends}" if step.ends else f"from {step.begins} on"
        click.echo(f"  {step.name}: {until}")
