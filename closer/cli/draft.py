"""`closer draft`: the Word contract of the agreed terms."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from msgspec import to_builtins
from msgspec.structs import replace

from closer.cli import folders
from closer.cli.deal import (
    AUTHOR,
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Deal,
    Stage,
    examined,
    read_deal,
    read_library,
    unaccepted,
)
from closer.cli.keeping import REGISTER, signed_state
from closer.cli.output import FOUND, as_json, report, stop, table, write
from closer.drafting.trace import Traced, traced
from closer.formats import word
from closer.library.checks.consumers import consumer_points
from closer.library.shapes import Library
from closer.terms.checks import open_points
from closer.terms.digest import digest, short


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
@click.option(
    "--trace",
    "trace_",
    is_flag=True,
    help="Show each term with the provision and sentence that say it; write nothing.",
)
@click.option("--json", "json_", is_flag=True, help="With --trace: print it as data.")
@click.option(
    "--trace-comments",
    is_flag=True,
    help="Put a Word comment at each term that says where it comes from.",
)
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OLD.docx",
    help="An earlier draft; what changed since goes into FILE-redline.docx.",
)
@AUTHOR
@LIBRARY_OPTION
@REGISTER
@FORCE
def command(
    files: tuple[Path, ...],
    out: Path | None,
    against: Path | None,
    author: str,
    library_folder: Path | None,
    register_path: str | None,
    *,
    final: bool,
    trace_: bool,
    json_: bool,
    trace_comments: bool,
    force: bool,
) -> None:
    """Write the contract that TERMS describe as a Word document.

    With a CHANGE, the terms as they stand after it are drafted afresh, as a restated
    contract; the instrument that changes a signed one is made by `closer amend`.
    """
    deal = read_deal(files)
    _refuse_if_signed(deal, register_path)
    library = read_library(library_folder)
    problems, stages = examined(deal, library)
    problems = unaccepted(problems, deal.agreed.terms)
    report(problems)
    if trace_ or json_:
        _show(_traced(stages[-1], library), json_=json_)
        return
    out = out or Path(f"{files[0].stem}.docx")
    if out.suffix != ".docx":
        stop(f"{out}: a contract is a Word document. Name it {out.stem}.docx.", 2)
    comments = _comments(_traced(stages[-1], library)) if trace_comments else None
    warnings = [f"warning {one.code}: {one.what}" for one in problems]
    document = contract(
        stages[-1], library, final=final, warnings=warnings, comments=comments
    )
    made = {out: document}
    if against is not None:
        made[_marked(out)] = _redlined(against, document, author)
    write(made, force=force)


def _marked(out: Path) -> Path:
    return out.with_name(f"{out.stem}-redline.docx")


def _redlined(against: Path, document: bytes, author: str) -> bytes:
    from closer.cli.redline import compared_with  # noqa: PLC0415 - seldom wanted
    from closer.formats.authors import Author  # noqa: PLC0415

    return compared_with(against, document, Author(author))


def _refuse_if_signed(deal: Deal, register_path: str | None) -> None:
    """Stop where a signed deal would be drafted from terms that nobody signed."""
    ref = deal.agreed.terms.reference
    state = signed_state(register_path, ref)
    if state is None or state.signed is None:
        return
    signed = [state.signed.digest, *(each.digest for each in state.amendments)]
    if digest(deal.agreed) not in signed:
        stop(
            f"{ref} was signed on {state.on} as {signed[0][:12]}; these terms are "
            f"{short(digest(deal.agreed))}. Changes go by `closer amend`.",
            FOUND,
        )


def _traced(stage: Stage, library: Library) -> Sequence[Traced]:
    return traced(stage.agreed, stage.draft, library.phrases["references"])


def _show(rows: Sequence[Traced], *, json_: bool) -> None:
    """Print where each term stands: a table, or data for other programs."""
    if json_:
        as_json([to_builtins(row) for row in rows])
        return
    import shutil  # noqa: PLC0415 - a contract needs no terminal

    width = shutil.get_terminal_size((120, 24)).columns
    cells = [(row.path, row.value, row.place, row.sentence) for row in rows]
    cut = (44, 24, 34, max(30, width - 108))
    table(
        [("term", "value", "where", "sentence")]
        + [tuple(map(_short, row, cut)) for row in cells]
    )


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _comments(rows: Sequence[Traced]) -> dict[str, tuple[str, str]]:
    """Return what a comment says of each term, by its path."""
    return {row.path: (row.home, f"{row.path}: {row.value}") for row in rows}


def contract(
    stage: Stage,
    library: Library,
    *,
    final: bool,
    warnings: Sequence[str] = (),
    comments: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """Return the contract as a .docx; stop with the open points if it is final.

    A draft lists the open points, and the warnings, on its first page.
    """
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
    document = replace(
        stage.draft.document, draft=not final, open_points=(*points, *warnings)
    )
    house = folders.shipped("templates") / "word" / "house.docx"
    return word.write(document, house, cache=folders.cache(), comments=comments)
