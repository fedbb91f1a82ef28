"""`closer report`: where each deal stands."""

from datetime import date
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import FORCE
from closer.cli.due import is_late
from closer.cli.keeping import REGISTER, TODAY, current, known, opened
from closer.cli.output import USAGE, stop, write
from closer.cli.standing import all_gathered
from closer.register.standing import Standing

_NEXT = 8


@click.command("report", epilog="Example: closer report -o deals.html")
@click.argument("ref", required=False)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="A page for the browser instead of the terminal.",
)
@REGISTER
@TODAY
@FORCE
def command(
    ref: str | None,
    out: Path | None,
    register_path: str | None,
    today: str | None,
    *,
    force: bool,
) -> None:
    """Say of each deal what is overdue, what comes, how it is paid and measured.

    The page needs nothing from the net: a timeline of twelve months, the next last days
    that cost a right, money due and paid, every benchmark as it went, open issues.
    """
    if out is not None and out.suffix != ".html":
        stop(f"{out}: a report is a page. Name it {out.stem}.html.", USAGE)
    now = current(today)
    with opened(register_path) as register:
        if ref is not None:
            known(ref, register)
        deals = all_gathered([ref] if ref else register.refs(), register, now)
    if out is not None:
        from closer.formats.report_page import report_page  # noqa: PLC0415

        folder = folders.shipped("templates") / "reports"
        write({out: report_page(deals, now, folder)}, force=force)
    elif deals:
        for deal in deals:
            _print(deal, now)
    else:
        click.echo("The register holds no deal yet. `closer sign` enters one.")


def _print(deal: Standing, now: date) -> None:
    click.echo(f"\n{deal.ref}  {deal.title}")
    click.echo(f"  signed {deal.signed}{_course(deal)}; head {deal.head[:12]}")
    for row in (*deal.late, *deal.coming[:_NEXT]):
        mark = "  overdue" if is_late(row, now) else ""
        line = f"  {row.day}  {row.title}{mark}"
        click.secho(line, fg="red" if mark else None)
    for window in [w for w in deal.windows if w not in deal.coming[:_NEXT]][:3]:
        click.echo(f"  {window.day}  {window.title}")
    sums = {state: deal.money(state) for state in ("paid", "overdue", "due")}
    told = [f"{s} {one.currency} {one.amount:,}" for s, m in sums.items() for one in m]
    if told:
        click.echo(f"  money: {', '.join(told)}")
    for one in deal.measures:
        click.echo(f"  {one.title}: {one.said}")
        for day, said in one.credits:
            click.echo(f"    {day}: {said}")
    for issue in deal.issues:
        click.echo(f"  issue {issue.number}: {issue.text} ({issue.stands})")


def _course(deal: Standing) -> str:
    """Say how a deal went on since it was signed."""
    said = ""
    if deal.amendments:
        said = f", {deal.amendments} amendment{'s' if deal.amendments > 1 else ''}"
    if deal.ended:
        return f"{said}, ended {deal.ended}"
    return f"{said}, not renewed" if deal.stays else said
