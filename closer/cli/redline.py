"""`closer redline`: what changed between two documents, as native revisions."""

from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import AUTHOR, FORCE
from closer.cli.output import FOUND, USAGE, stop, write
from closer.cli.reading import read_document
from closer.drafting.document import Document
from closer.formats.authors import Author
from closer.formats.redline import redline
from closer.formats.stored import Stored, read


@click.command(
    "redline",
    epilog="Example: closer redline signed.docx conformed-1.docx -o changes.docx",
)
@click.argument("old", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--out",
    default="redline.docx",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.docx",
    help="Where to write.",
)
@AUTHOR
@FORCE
def command(old: Path, new: Path, out: Path, author: str, *, force: bool) -> None:
    """Show what changed from OLD.docx to NEW.docx; accepted it is NEW, rejected OLD.

    Two documents as closer wrote them are compared provision by provision, and a
    number that only moved is no change. One that another program saved is compared by
    its words, on the other one.
    """
    if out.suffix != ".docx":
        stop(f"{out}: a redline is a Word document. Name it {out.stem}.docx.", USAGE)
    write({out: compared(old, new, Author(author))}, force=force)


def compared(old: Path, new: Path, by: Author) -> bytes:
    """Return the redline of two files, by their models where both are whole."""
    return _compared((old, read_document(old)), (new, read_document(new)), by)


def compared_with(old: Path, new: bytes, by: Author) -> bytes:
    """Return the redline from a file to a document that was just written."""
    found = read(new)
    if isinstance(found, str):  # pragma: no cover - closer wrote it a moment ago
        raise TypeError(found)
    return _compared((old, read_document(old)), (Path("this draft"), found), by)


def _compared(
    earlier: tuple[Path, Stored], later: tuple[Path, Stored], by: Author
) -> bytes:
    (old, before), (new, after) = earlier, later
    house = folders.shipped("templates") / "word" / "house.docx"
    one = before.document if before.untouched else None
    other = after.document if after.untouched else None
    if one and other:
        return redline(one, other, house, by, cache=folders.cache())
    ours: Document | None = one or other
    if ours is None:
        stop(
            f"Neither {old} nor {new} is as closer wrote it. Give one that is: a "
            "redline is made on our own document.",
            FOUND,
        )
    from closer.formats.textline import text_redline  # noqa: PLC0415 - seldom wanted

    foreign = new if one else old
    click.echo(
        f"{foreign} is not as closer wrote it: it is compared by its words.", err=True
    )
    theirs = (after if one else before).parts
    return text_redline(
        ours, theirs, house, by, ours_is_new=not one, cache=folders.cache()
    )
