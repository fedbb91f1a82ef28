"""`closer review`: the agenda of the next meeting about a deal."""

from datetime import date, timedelta
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import FORCE
from closer.cli.keeping import REGISTER, TODAY, current, day, known, opened
from closer.cli.output import FOUND, USAGE, stop, write
from closer.cli.standing import gathered
from closer.formats.filled_pages import page
from closer.register.standing import Standing

A_MONTH = timedelta(30)
FORMS = (".md", ".docx")


@click.command("review", epilog="Example: closer review HOM-2026-014 -o agenda.md")
@click.argument("ref")
@click.option(
    "--since", metavar="DATE", help="The last meeting; a month ago if left out."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a file instead of printing: .md or .docx.",
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
    if out is not None and out.suffix not in FORMS:
        stop(f"{out}: an agenda is a text. Name it {out.stem}.md or .docx.", USAGE)
    now = current(today)
    start = day("--since", since) if since else now - A_MONTH
    with opened(register_path) as register:
        known(ref, register)
        deal = gathered(ref, register, now)
    if deal is None:
        stop(f"The signing of {ref} was undone: there is nothing to review.", FOUND)
    text = agenda(deal, now, start)
    if out is None:
        click.echo(text, nl=False)
    else:
        data = text.encode() if out.suffix == ".md" else _as_word(text, ref, now)
        write({out: data}, force=force)


def agenda(deal: Standing, now: date, since: date) -> str:
    """Return the agenda of a meeting on a day, as Markdown."""
    until = now + A_MONTH
    values = {
        "deal": deal,
        "today": now,
        "since": since,
        "until": until,
        "happened": [(e, said) for e, said in deal.happened if e.on >= since],
        "next": [row for row in deal.coming if row.day <= until],
    }
    return page(folders.shipped("templates") / "reports" / "review.md", values)


def _as_word(text: str, ref: str, now: date) -> bytes:
    from closer.formats.agenda import as_word  # noqa: PLC0415 - only for a .docx

    house = folders.shipped("templates") / "word" / "house.docx"
    return as_word(text, ref, now, house, cache=folders.cache())
