"""`closer review`: the agenda of the next meeting about a deal."""

from datetime import date, timedelta
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import FORCE
from closer.cli.keeping import REGISTER, TODAY, current, day, known, opened
from closer.cli.output import USAGE, stop, write
from closer.cli.standing import coming, is_late, standing
from closer.formats.filled_pages import page
from closer.register.journal import Entry

A_MONTH = timedelta(30)


@click.command("review", epilog="Example: closer review HOM-2026-014 -o agenda.md")
@click.argument("ref")
@click.option(
    "--since", metavar="DATE", help="The last meeting; a month ago if absent."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.md",
    help="Write a file instead of printing.",
)
@REGISTER
@TODAY
@FORCE
def command(
    ref: str,
    since: str | None,
    out: Path | None,
    register_path: str | None,
    today: str | None,
    *,
    force: bool,
) -> None:
    """Write the agenda: what happened, what is late, what is next, what is open."""
    now = current(today)
    start = day("--since", since) if since else now - A_MONTH
    with opened(register_path) as register:
        known(ref, register)
        rows = coming(register.all_due(ref), now)
        values = {
            "deal": standing(ref, register, now),
            "today": now,
            "since": start,
            "until": now + A_MONTH,
            "happened": _happened(register.journal(ref), start),
            "overdue": [row for row in rows if is_late(row, now)],
            "next": [row for row in rows if now <= row.day <= now + A_MONTH],
        }
    text = page(folders.shipped("templates") / "reports" / "review.md", values)
    if out is None:
        click.echo(text, nl=False)
        return
    if out.suffix != ".md":
        stop(f"{out}: an agenda is a text. Name it {out.stem}.md.", USAGE)
    write({out: text.encode()}, force=force)


def _happened(journal: list[Entry], start: date) -> list[str]:
    return [
        f"{entry.on}: {entry.kind} {_about(entry)}"
        for entry in journal
        if entry.on >= start
    ]


def _about(entry: Entry) -> str:
    keys = ("path", "name", "benchmark", "text", "outcome")
    return next((str(entry.data[key]) for key in keys if key in entry.data), "")
