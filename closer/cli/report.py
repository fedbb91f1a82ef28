"""`closer report`: where each deal stands."""

from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import FORCE
from closer.cli.keeping import REGISTER, TODAY, current, known, opened
from closer.cli.output import USAGE, stop, write
from closer.cli.standing import coming, is_late, standing
from closer.formats.filled_pages import page


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
    """Say of each deal what is overdue, what comes, how it is paid and measured."""
    now = current(today)
    with opened(register_path) as register:
        if ref is not None:
            known(ref, register)
        refs = [ref] if ref else register.refs()
        deals = [standing(each, register, now) for each in refs]
        late = sum(
            is_late(row, now)
            for each in refs
            for row in coming(register.all_due(each), now)
        )
    if out is None:
        for deal in deals:
            _print(deal)
        return
    if out.suffix != ".html":
        stop(f"{out}: a report is a page. Name it {out.stem}.html.", USAGE)
    template = folders.shipped("templates") / "reports" / "report.html"
    text = page(template, {"today": now, "deals": deals, "late": late})
    write({out: text.encode()}, force=force)


def _print(deal: dict[str, object]) -> None:
    click.echo(f"\n{deal['ref']}  {deal['title']}  (head {deal['head']})")
    rows = deal["rows"]
    for row in rows if isinstance(rows, list) else []:
        mark = "  overdue" if row["late"] else ""
        click.secho(f"  {row['day']}  {row['title']}{mark}", fg="red" if mark else None)
    benchmarks = deal["benchmarks"]
    for one in benchmarks if isinstance(benchmarks, list) else []:
        click.echo(f"  {one['title']}: {one['said']}")
    issues = deal["issues"]
    for issue in issues if isinstance(issues, list) else []:
        click.echo(f"  issue {issue.number}: {issue.text} (raised {issue.raised})")
