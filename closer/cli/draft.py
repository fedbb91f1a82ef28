"""`closer draft`: the Word contract of the agreed terms."""

from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import (
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Deal,
    all_problems,
    drafted,
    read_deal,
    read_library,
)
from closer.cli.output import FOUND, report, stop, write
from closer.formats import word
from closer.library.loading import Library
from closer.terms.checks import open_points
from closer.terms.digest import digest


@click.command(
    "draft",
    epilog="Example: closer draft agreed.yaml -o remodel.docx",
)
@TERMS
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.docx",
    help="Where to write; the name of TERMS with .docx in this folder if left out.",
)
@click.option(
    "--final", is_flag=True, help="For signing: refused while a point is open."
)
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...],
    out: Path | None,
    library_folder: Path | None,
    *,
    final: bool,
    force: bool,
) -> None:
    """Write the contract that TERMS describe as a Word document.

    With a CHANGE, the terms as they stand after it are drafted afresh, as a restated
    contract; the instrument that changes a signed one is made by `closer amend`.
    """
    deal = read_deal(files)
    library = read_library(library_folder)
    report(all_problems(deal, library))
    out = out or Path(f"{files[0].stem}.docx")
    if out.suffix != ".docx":
        stop(f"{out}: a contract is a Word document. Name it {out.stem}.docx.", 2)
    write({out: contract(deal, library, final=final)}, force=force)


def contract(deal: Deal, library: Library, *, final: bool) -> bytes:
    """Return the contract as a .docx; stop with the open points if it is final."""
    agreed = deal.agreed
    points = [str(point) for point in open_points(agreed.terms, digest(agreed))]
    if final and points:
        lines = "\n".join(f"  {point}" for point in points)
        stop(
            f"Nothing was written: these points are open.\n{lines}\n"
            "Settle them in `closing`, or draft without --final.",
            FOUND,
        )
    made = drafted(agreed, library, open_points=points, final=final)
    return word.write(
        made.document,
        folders.shipped("templates") / "word" / "house.docx",
        cache=folders.cache(),
    )
