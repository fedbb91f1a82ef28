"""`closer schedule`: every deadline of a deal, with its reason."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.citing import cited
from closer.cli.deal import (
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Deal,
    Stage,
    accepted,
    facts_from,
    read_deal,
    read_library,
)
from closer.cli.output import LIBRARY, USAGE, as_json, report, stop, write
from closer.followup import shapes
from closer.followup.entries import Schedule
from closer.followup.revision import revised
from closer.followup.schedule import schedule
from closer.formats import table
from closer.library.loading import Library
from closer.terms.moments import Facts

FIVE_YEARS = 5


@click.command(
    "schedule",
    epilog="Example: closer schedule agreed.yaml --signed 2026-08-01 "
    "--happened garage=2026-10-02 -o remodel.ics",
)
@TERMS
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.ics",
    help="Write an iCalendar file instead of the table.",
)
@click.option("--json", "json_", is_flag=True, help="Print the entries as data.")
@click.option("--signed", metavar="DATE", help="The day of the last signature.")
@click.option(
    "--happened",
    multiple=True,
    metavar="ID=DATE",
    help="A milestone that was met (ID or ID.met) or accepted (ID.accepted).",
)
@click.option(
    "--horizon",
    default=FIVE_YEARS,
    show_default=True,
    type=click.IntRange(1, 50),
    help="Years of renewals to list, from the first end on.",
)
@LIBRARY_OPTION
@FORCE
def command(
    files: tuple[Path, ...],
    out: Path | None,
    signed: str | None,
    happened: tuple[str, ...],
    horizon: int,
    library_folder: Path | None,
    *,
    json_: bool,
    force: bool,
) -> None:
    """Work out every deadline, payment, meeting and notice day, and why it is that day.

    What hangs on something that has not happened is expected, never due; --signed and
    --happened say what has happened. With a CHANGE, the revised schedule: what moved
    keeps its identity in every calendar.
    """
    deal = read_deal(files)
    library = read_library(library_folder)
    stages = accepted(deal, library)
    facts = facts_from(signed, happened, deal.agreed)
    result = follow_up(deal, stages, library, facts, horizon=horizon)
    if json_:
        as_json(table.as_json(result))
    elif out is None:
        click.echo(table.table(result, shutil.get_terminal_size((100, 24)).columns))
    elif out.suffix == ".ics":
        from closer.formats import ical  # noqa: PLC0415 - only when a file is asked for

        write({out: ical.write(result)}, force=force)
    else:
        stop(f"{out}: closer writes .ics files. Name it {out.stem}.ics.", USAGE)


def follow_up(
    deal: Deal,
    stages: Sequence[Stage],
    library: Library,
    facts: Facts,
    *,
    horizon: int = FIVE_YEARS,
) -> Schedule:
    """Return the schedule of a deal after its changes, revised change by change."""
    kinds, problems = shapes.load(folders.shipped("templates") / "followups")
    if kinds is None:
        report(problems, code=LIBRARY)
        stop("The follow-up templates cannot be read.", LIBRARY)
    result: Schedule | None = None
    for place, (agreed, made, text, _) in enumerate(stages):
        fresh = schedule(agreed.terms, facts, kinds, horizon=horizon)
        fresh = cited(fresh, made, text, library)
        if result is None:
            result = fresh
            continue
        change = deal.changes[place - 1]
        result = revised(
            result,
            fresh,
            effective=change.effective,
            until={path: each.until for path, each in change.temporary.items()},
        )
    if result is None:
        stop("The terms are empty.", USAGE)
    return result
