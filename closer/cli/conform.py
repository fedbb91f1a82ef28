"""`closer conform`: the contract as it reads on a day, every amendment worked in."""

from datetime import date
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.amend import the_instrument
from closer.cli.deal import (
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    accepted,
    drafted,
    read_deal,
    read_library,
)
from closer.cli.happened import day_of
from closer.cli.keeping import REGISTER
from closer.cli.output import USAGE, stop, write
from closer.cli.reading import SIGNED, Copies, on_day, signed_text
from closer.formats import word


@click.command(
    "conform",
    epilog="Example: closer conform agreed.yaml change-1.yaml --on 2026-12-01",
)
@TERMS
@click.option("--on", "on", metavar="DATE", help="The day it shall read as of.")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.docx",
    help="Where to write; conformed-N.docx in this folder if left out.",
)
@SIGNED
@REGISTER
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...],
    on: str | None,
    out: Path | None,
    signed_copy: Path | None,
    register_path: str | None,
    library_folder: Path | None,
    *,
    force: bool,
) -> None:
    """Write the contract as it reads on a day, for reading, never for signing.

    Each changed provision has a footnote that names its amendment. A CHANGE that is
    not yet effective on that day is left out; a temporary one is over after its last
    day. Without --on, the day is the one on which the last CHANGE takes effect.
    """
    deal = read_deal(files)
    library = read_library(library_folder)
    day = day_of("--on", on) if on else _last_day(deal.agreed.terms.effective)
    if deal.changes and not on:
        day = max(change.effective for change in deal.changes)
    if day is None:
        stop("When the contract takes effect is no date yet: add --on DATE.", USAGE)
    signed = signed_text(signed_copy, deal.chain[0], register_path)
    stages = accepted(deal, library, signed)
    read = on_day(deal, day)
    if read.deal is not deal:
        stages = tuple(drafted(read.deal, library, signed))
    templates = folders.shipped("templates")
    copies = Copies(library, the_instrument(), stages, read, templates)
    last = copies.last()
    number = deal.named.index(last[0]) + 1 if last else 0
    out = out or Path(f"conformed-{number}.docx")
    if out.suffix != ".docx":
        stop(f"{out}: a contract is a Word document. Name it {out.stem}.docx.", USAGE)
    house = templates / "word" / "house.docx"
    made = word.write(copies.conformed(day), house, cache=folders.cache())
    write({out: made}, force=force)


def _last_day(effective: object) -> date | None:
    return effective if isinstance(effective, date) else None
