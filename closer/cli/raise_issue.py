"""`closer raise`: an issue, noted before it becomes a dispute."""

import click

from closer.cli.keeping import REGISTER, TODAY, current, known, opened
from closer.cli.reckoning import signed_deal, write_entry
from closer.terms.model import Terms
from closer.terms.moments import Days, Resolved


@click.command(
    "raise",
    epilog='Example: closer raise HOM-2026-014 "The slope drains to the house" '
    "--about milestones.backyard",
)
@click.argument("ref")
@click.argument("text")
@click.option("--about", default="", metavar="PATH", help="What it is about.")
@REGISTER
@TODAY
def command(
    ref: str, text: str, about: str, register_path: str | None, today: str | None
) -> None:
    """Note an issue of a deal, and say how long each step would take if it stayed.

    Settle it with `closer settle REF NUMBER`.
    """
    now = current(today)
    with opened(register_path) as register:
        state = known(ref, register)
        data: dict[str, object] = {"text": text, "about": about}
        head, _, _ = write_entry(register, ref, "raised", now, data)
        deal = signed_deal(state)
    click.echo(f"issue {len(state.issues) + 1} raised on {now}; head {head[:12]}")
    for line in _ladder(deal.agreed.terms, Resolved(now)):
        click.echo(f"  {line}")


def _ladder(terms: Terms, start: Resolved) -> list[str]:
    """Say on which day each step of a dispute would end if it were notified today."""
    resolution = terms.dispute_resolution
    if resolution is None or resolution.steps is None:
        return []
    days, at, lines = Days(terms), start, []
    for kind in resolution.steps.order:
        within = getattr(getattr(resolution.steps, kind), "within", None)
        if within is None:
            lines.append(f"{kind}: from then on")
            continue
        at = days.counted(within, at)
        lines.append(f"{kind}: until {at.date}, if a dispute notice were given today")
    return lines
