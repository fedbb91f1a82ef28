"""`closer draft`: the Word contract of the agreed terms."""

from pathlib import Path

import click
from msgspec.structs import replace

from closer.cli import folders
from closer.cli.deal import (
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Stage,
    accepted,
    read_deal,
    read_library,
)
from closer.cli.output import FOUND, stop, write
from closer.formats import word
from closer.library.checks.consumers import consumer_points
from closer.library.shapes import Library
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
    stages = accepted(deal, library)
    out = out or Path(f"{files[0].stem}.docx")
    if out.suffix != ".docx":
        stop(f"{out}: a contract is a Word document. Name it {out.stem}.docx.", 2)
    write({out: contract(stages[-1], library, final=final)}, force=force)


def contract(stage: Stage, library: Library, *, final: bool) -> bytes:
    """Return the contract as a .docx; stop with the open points if it is final."""
    terms = stage.agreed.terms
    points = [str(point) for point in open_points(terms, digest(stage.agreed))]
    points += [str(point) for point in consumer_points(terms, library)]
    if final and points:
        lines = "\n".join(f"  {point}" for point in points)
        stop(
            f"Nothing was written: these points are open.\n{lines}\n"
            "Settle them in `closing`, or draft without --final.",
            FOUND,
        )
    document = replace(stage.draft.document, draft=not final, open_points=tuple(points))
    house = folders.shipped("templates") / "word" / "house.docx"
    return word.write(document, house, cache=folders.cache())
