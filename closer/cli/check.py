"""`closer check`: every problem of a deal, each with its place and remedy."""

from collections.abc import Iterator
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import (
    LIBRARY_OPTION,
    TERMS,
    examined,
    read_deal,
    read_library,
    text_of,
    unaccepted,
)
from closer.cli.output import as_json, report
from closer.library import silence
from closer.library.checks.consumers import consumer_points
from closer.library.choosing import in_every_contract
from closer.problems import Problem, errors
from closer.terms.checks import assumptions, open_points
from closer.terms.digest import digest, short
from closer.terms.model import Terms
from closer.terms.private import Private, read_private
from closer.terms.reading import Agreed


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
    private, found = _private(files[0], deal.agreed)
    problems = [*problems, *found]
    if json_:
        as_json([_as_data(problem) for problem in problems])
        raise SystemExit(1 if errors(problems) else 0)
    agreed = deal.agreed
    report(unaccepted(problems, agreed.terms))
    click.echo(f"{agreed.terms.reference} of {short(digest(agreed))}: no error.")
    _list("assumed", [f"{path}: {value}" for path, value in assumptions(agreed)])
    _list(
        "in every contract of this type",
        [
            f"clauses.{id_}: {' or '.join(['as it stands', *ways])}"
            for id_, ways in in_every_contract(agreed, library)
        ],
    )
    table = silence.load(folders.shipped("templates"))
    left = table.left_to_the_law(agreed.terms)
    _list("silent: the law decides", [f"{one.section}: {one.says}" for one in left])
    _list("accepted", list(_accepted(problems, agreed.terms)))
    _list("not recorded in closing.said", list(table.not_recorded(agreed.terms)))
    points = open_points(agreed.terms, digest(agreed))
    points += consumer_points(agreed.terms, library)
    _list("open", [str(point) for point in points])
    _list("private, from beside the terms", list(private.lines()) if private else [])


def _private(terms: Path, agreed: Agreed) -> tuple[Private | None, list[Problem]]:
    """Read what stands beside the terms for this side alone, if anything does."""
    beside = terms.with_name(f"{terms.stem}.private{terms.suffix}")
    if not beside.is_file():
        return None, []
    return read_private(text_of(beside), str(beside), agreed)


def _accepted(problems: list[Problem], terms: Terms) -> Iterator[str]:
    """Yield the warnings with which the parties live, each with their reason."""
    reasons = terms.closing.accepted if terms.closing else {}
    found = {problem.code: problem for problem in problems}
    for code, reason in reasons.items():
        if code in found:
            yield f"{code} {found[code].what} Accepted: {reason}"
        else:
            yield f"{code} is accepted, but nothing warns of it. ({reason})"


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
