"""`closer check`: every problem of a deal, each with its place and remedy."""

from pathlib import Path

import click

from closer.cli.deal import LIBRARY_OPTION, TERMS, examined, read_deal, read_library
from closer.cli.output import as_json, report
from closer.library.checks.consumers import consumer_points
from closer.problems import Problem, errors
from closer.terms.checks import assumptions, open_points
from closer.terms.digest import digest, short


@click.command(
    "check",
    epilog="Example: closer check samples/garage-remodel/agreed.yaml",
)
@TERMS
@LIBRARY_OPTION
@click.option("--json", "json_", is_flag=True, help="Print the problems as data.")
def command(
    files: tuple[Path, ...], library_folder: Path | None, *, json_: bool
) -> None:
    """List every problem of a deal, each with its place, reason and remedy.

    With a CHANGE, the terms as they stand after it are checked. Exit code 1 means that
    an error stops the contract; warnings are listed and stop nothing.
    """
    deal = read_deal(files)
    library = read_library(library_folder)
    problems, _ = examined(deal, library)
    if json_:
        as_json([_as_data(problem) for problem in problems])
        raise SystemExit(1 if errors(problems) else 0)
    report(problems)
    agreed = deal.agreed
    click.echo(f"{agreed.terms.reference} of {short(digest(agreed))}: no error.")
    _list("assumed", [f"{path}: {value}" for path, value in assumptions(agreed)])
    points = open_points(agreed.terms, digest(agreed))
    points += consumer_points(agreed.terms, library)
    _list("open", [str(point) for point in points])


def _list(heading: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"\n{heading}")
    for line in lines:
        click.echo(f"  {line}")


def _as_data(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.where.file,
        "line": problem.where.line,
        "column": problem.where.column,
        "path": problem.path,
        "what": problem.what,
        "why": problem.why,
        "remedy": problem.remedy,
    }
