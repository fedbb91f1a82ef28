"""`closer clauses`: the library, listed, shown and checked."""

from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import LIBRARY_OPTION, read_library
from closer.cli.output import LIBRARY, USAGE, as_json, report, stop
from closer.library import checks
from closer.library.loading import Clause, Library, load
from closer.library.prose import Blank, Refers, Uses


@click.command(
    "clauses",
    epilog="Examples: closer clauses · closer clauses step-mediation · "
    "closer clauses check my-clauses/",
)
@click.argument("name", required=False, metavar="[ID|check]")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@LIBRARY_OPTION
@click.option("--json", "json_", is_flag=True, help="Print the list as data.")
def command(
    name: str | None, folder: Path | None, library_folder: Path | None, *, json_: bool
) -> None:
    """List the clauses by family, show one, or check a library.

    A clause is listed with what selects it, and shown with its variants and with the
    terms and words that it uses. `check` reads the shipped library, with
    the folder named laid over it, and reports every fault; exit code 3 means that there
    is one.
    """
    if name == "check":
        _check(folder or library_folder)
        return
    library = read_library(library_folder)
    if name:
        _show(name, library)
    elif json_:
        as_json(
            [
                _as_data(clause, list(library.variants.get(clause.id, {})))
                for clause in library.clauses.values()
            ]
        )
    else:
        _list(library)


def _check(folder: Path | None) -> None:
    shipped = folders.shipped("clauses")
    library, problems = load(
        shipped, folders.shipped("templates"), folder, despite_problems=True
    )
    if library is not None:
        problems = [*problems, *checks.check(library)]
    report(problems, code=LIBRARY)
    count = len(library.clauses) if library else 0
    over = f", laid over {shipped}" if folder else ""
    click.echo(f"{folder or shipped}{over}: {count} clauses, no fault.")


def _list(library: Library) -> None:
    family = ""
    for clause in library.clauses.values():
        if clause.family != family:
            family = clause.family
            click.echo(f"\n{family}")
        heading = clause.heading or f"“{clause.defines}”"
        chosen = f"  when {clause.when_text}" if clause.when_text else ""
        click.echo(f"  {clause.id:32} {heading}{chosen}")
        for variant in library.variants.get(clause.id, {}):
            click.echo(f"    or {variant:29} clauses: {{{clause.id}: {variant}}}")


def _show(name: str, library: Library) -> None:
    clause = library.clauses.get(name)
    if clause is None:
        from difflib import get_close_matches  # noqa: PLC0415

        near = get_close_matches(name, library.clauses, 1, cutoff=0.3)
        hint = f" Did you mean {near[0]}?" if near else ""
        stop(f"There is no clause {name}.{hint}", USAGE)
    for each in (clause, *library.variants.get(name, {}).values()):
        if each.variant:
            click.echo(f"\n--- variant: clauses: {{{name}: {each.variant}}}\n")
        click.echo(Path(each.file).read_text(encoding="utf-8"), nl=False)
        for what, names in _uses(each, library).items():
            if names:
                click.echo(f"\n{what}: {', '.join(names)}")


def _uses(clause: Clause, library: Library) -> dict[str, list[str]]:
    """Return what a clause stands on: terms, defined words, other provisions."""
    conditions = [clause.when, *(block.when for block in clause.blocks)]
    parts = [*clause.heading_parts, *(p for b in clause.blocks for p in b.parts)]
    each = [clause.each, *(block.each for block in clause.blocks)]
    terms = [path for path in each if path]
    terms += [path for when in conditions if when for path in when.paths()]
    terms += [part.path for part in parts if isinstance(part, Blank)]
    sides = {side for kind in library.types.values() for side in kind.sides}
    words = [part.word for part in parts if isinstance(part, Uses)]
    others = [part.target for part in parts if isinstance(part, Refers)]
    return {
        "terms used": [term for term in dict.fromkeys(terms) if term not in sides],
        "words used": list(dict.fromkeys(words)),
        "refers to": list(dict.fromkeys(others)),
    }


def _as_data(clause: Clause, variants: list[str]) -> dict[str, object]:
    return {
        "id": clause.id,
        "family": clause.family,
        "heading": clause.heading,
        "slot": clause.slot,
        "when": clause.when_text,
        "variants": variants,
        "defines": clause.defines,
        "edition": clause.edition,
        "note": clause.note,
    }
