"""`closer summary`: the page that both sides read to each other before signing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

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
from closer.cli.output import LIBRARY, USAGE, report, stop, write
from closer.cli.schedule import follow_up
from closer.drafting.document import Document
from closer.drafting.facts import DealFacts
from closer.drafting.summary import Coming, Step, summary
from closer.followup.entries import Entry, Schedule
from closer.formats import word
from closer.formats.markdown import markdown
from closer.library import summaries
from closer.library.loading import Library
from closer.terms.checks import OpenPoint, open_points
from closer.terms.digest import digest
from closer.terms.moments import Facts

_STEPS = 6
"""So many next steps of each party stand on the page; the schedule has them all."""


@click.command("summary", epilog="Example: closer summary agreed.yaml -o summary.docx")
@TERMS
@click.option(
    "--for",
    "party",
    metavar="PARTY",
    help="Leave out the other side's unsettled concerns and next steps.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write FILE.md or FILE.docx instead of printing.",
)
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...],
    party: str | None,
    out: Path | None,
    library_folder: Path | None,
    *,
    force: bool,
) -> None:
    """Sum up the deal on a page: terms, what-ifs, next steps, open points.

    It shows the digest of the terms that it sums up; a confirmation names that digest.
    It is no offer and no contract.
    """
    deal = read_deal(files)
    library = read_library(library_folder)
    stages = accepted(deal, library)
    if party is not None and party not in deal.agreed.terms.parties:
        named = ", ".join(deal.agreed.terms.parties)
        stop(f"--for {party}: the parties are {named}.", USAGE)
    calendar = follow_up(deal, stages, library, Facts())
    page = closing_summary(stages[-1], library, calendar, party)
    if out is None:
        click.echo(markdown(page, plain=True), nl=False)
    elif out.suffix == ".md":
        write({out: markdown(page).encode()}, force=force)
    elif out.suffix == ".docx":
        write({out: as_word(page)}, force=force)
    else:
        stop(f"{out}: a summary is .md or .docx. Name it {out.stem}.docx.", USAGE)


def as_word(page: Document) -> bytes:
    """Return the summary in the house style."""
    house = folders.shipped("templates") / "word" / "house.docx"
    return word.write(page, house, cache=folders.cache())


def closing_summary(
    stage: Stage, library: Library, calendar: Schedule, party: str | None
) -> Document:
    """Return the summary of a deal, for one party or for all."""
    shape, problems = summaries.load(folders.shipped("templates"))
    if shape is None:
        report(problems, code=LIBRARY)
        stop("The wording of the summary cannot be read.", LIBRARY)
    terms, full = stage.agreed.terms, digest(stage.agreed)
    points = [
        str(point) for point in open_points(terms, full) if _may_read(point, party)
    ]
    steps = {str(name): _steps(name, calendar, shape.words) for name in terms.parties}
    facts = DealFacts(terms, library)
    coming = Coming(steps, points, full)
    return summary(terms, library, shape, coming, facts=facts, only=party)


def _may_read(point: OpenPoint, party: str | None) -> bool:
    """Tell whether an open point is for the eyes of a party."""
    others = party is not None and point.party not in (party, "both")
    return not (others and point.kind == "open concern")


def _steps(name: str, calendar: Schedule, words: Mapping[str, str]) -> Sequence[Step]:
    mine = [entry for entry in calendar.entries if _concerns(entry, name)]
    dated = sorted((entry for entry in mine if entry.day), key=_by_day)
    found = [_step(entry, words) for entry in dated[:_STEPS]]
    if len(dated) > _STEPS:
        found.append(Step("", words["more"].format(count=len(dated) - _STEPS)))
    return found


def _concerns(entry: Entry, name: str) -> bool:
    once = entry.kind not in ("chase", "meeting", "reading", "reminder")
    return once and name in entry.party.split(", ")


def _by_day(entry: Entry) -> str:
    return str(entry.day)


def _step(entry: Entry, words: Mapping[str, str]) -> Step:
    day = str(entry.day)[:10]
    if entry.due is None:
        day = words["expected"].format(day=day)
    return Step(day, entry.title)
