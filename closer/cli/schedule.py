"""`closer schedule`: every deadline of a deal, with its reason."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from closer.cli import folders
from closer.cli.citing import cited
from closer.cli.deal import (
    FORCE,
    LIBRARY_OPTION,
    TERMS,
    Deal,
    Stage,
    text_of,
)
from closer.cli.happened import day_of, given_up
from closer.cli.keeping import REGISTER
from closer.cli.memory import earlier_runs
from closer.cli.output import LIBRARY, USAGE, as_json, report, stop, write
from closer.followup import narrowing, shapes
from closer.followup.entries import Schedule
from closer.followup.lapsing import after_spells
from closer.followup.revision import revised
from closer.followup.schedule import schedule
from closer.followup.shapes import Shapes
from closer.formats import table
from closer.library.loading import Library
from closer.terms.moments import Facts
from closer.terms.record import spells

FIVE_YEARS = 5
EARLIER = click.Path(dir_okay=False, path_type=Path)
FORMS = (".ics", ".csv", ".md", ".svg", ".html")


@click.command(
    "schedule",
    epilog="Example: closer schedule agreed.yaml --signed 2026-08-01 "
    "--happened garage=2026-10-02 -o remodel.ics \u00b7 closer schedule HOM-2026-014",
)
@TERMS
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a file instead of the table: .ics, .csv, .md, .svg or .html.",
)
@click.option("--party", metavar="ID", help="As one party keeps it.")
@click.option("--from", "first", metavar="DATE", help="Nothing before this day.")
@click.option("--to", "last", metavar="DATE", help="Nothing after this day.")
@click.option("--redact", is_flag=True, help="Without sums of money and names.")
@click.option(
    "--previous",
    type=EARLIER,
    metavar="OLD.ics",
    help="Write the .ics as a revision of this file, with what you added to it.",
)
@click.option(
    "--changed-since",
    type=EARLIER,
    metavar="OLD.ics",
    help="Write only what is new, changed or cancelled since this file.",
)
@click.option("--json", "json_", is_flag=True, help="Print the entries as data.")
@click.option("--signed", metavar="DATE", help="The day of the last signature.")
@click.option(
    "--happened",
    multiple=True,
    metavar="ID=DATE",
    help="A milestone that was met (ID or ID.met) or accepted (ID.accepted), or what "
    "starts a clock: force_majeure, dispute, termination.ID.",
)
@click.option(
    "--horizon",
    default=FIVE_YEARS,
    show_default=True,
    type=click.IntRange(1, 50),
    help="Years of renewals to list, from the first end on.",
)
@LIBRARY_OPTION
@REGISTER
@FORCE
def command(
    files: tuple[Path, ...],
    *,
    out: Path | None,
    previous: Path | None,
    changed_since: Path | None,
    json_: bool,
    force: bool,
    **asked: object,
) -> None:
    """Work out every deadline, payment, meeting and notice day, and why it is that day.

    What hangs on something that has not happened is expected, never due; --signed and
    --happened say what has happened. With a CHANGE, the revised schedule: what moved
    keeps its identity in every calendar. In place of TERMS, the reference of a signed
    deal: what has happened then comes from the register.
    """
    if json_ and out is not None:
        stop("--json prints and -o writes a file. Give one of them.", USAGE)
    from closer.cli.planning import schedule_of  # noqa: PLC0415 - it reckons with this

    result = schedule_of(files, asked)
    if out is None:
        _show(result, json_=json_)
    else:
        data = written(result, out, previous=previous, since=changed_since)
        write({out: data}, force=force or out in (previous, changed_since))


def _show(result: Schedule, *, json_: bool) -> None:
    if json_:
        as_json(table.as_json(result))
    else:
        click.echo(table.table(result, shutil.get_terminal_size((100, 24)).columns))


def narrowed(
    result: Schedule,
    deal: Deal,
    kinds: Shapes,
    *,
    party: str | None = None,
    days: tuple[str | None, str | None] = (None, None),
) -> Schedule:
    """Return the part of a schedule that was asked for."""
    if party is not None:
        known = deal.agreed.terms.parties
        if party not in known:
            names = ", ".join(known)
            stop(f"--party {party}: the deal has no such party, but {names}.", USAGE)
        watched = kinds.words["watched"]["category"]
        result = narrowing.for_party(result, party, watched)
    first, last = (
        day_of(option, day) if day else None
        for option, day in zip(("--from", "--to"), days, strict=True)
    )
    if first and last and last < first:
        stop(f"--to {last} is before --from {first}. Exchange them.", USAGE)
    return narrowing.between(result, first, last)


def written(
    result: Schedule, out: Path, *, previous: Path | None, since: Path | None
) -> bytes:
    """Return a schedule as the file that its name asks for."""
    form = out.suffix.lower()
    if form not in FORMS:
        known = ", ".join(FORMS)
        stop(f"{out}: closer writes {known}. Name it {out.stem}.ics.", USAGE)
    if form != ".ics" and (previous or since):
        stop("--previous and --changed-since are for .ics files only.", USAGE)
    if previous and since:
        stop("Give --previous or --changed-since, not both.", USAGE)
    from closer.formats import ical, listing, timeline  # noqa: PLC0415 - only for files

    forms: dict[str, Callable[[Schedule], bytes]] = {
        ".ics": ical.write,
        ".csv": listing.as_csv,
        ".md": listing.as_markdown,
        ".svg": timeline.as_svg,
        ".html": timeline.as_html,
    }
    data = forms[form](result)
    old = previous or since
    return data if old is None else _over(old, data, only_changed=since is not None)


def _over(old: Path, data: bytes, *, only_changed: bool) -> bytes:
    from closer.formats import merging  # noqa: PLC0415 - only where there is an old file

    text = text_of(old).encode()
    try:
        if only_changed:
            return merging.changed_since(text, data)
        return merging.over(text, data)
    except merging.NotCalendar as error:
        stop(f"{old} is no calendar file: {error}. Name the .ics of before.", USAGE)


def read_shapes() -> Shapes:
    """Read the kinds of follow-up; a broken one ends the command."""
    folder = folders.shipped("templates") / "followups"
    kinds, problems = shapes.load(folder, earlier_runs())
    if kinds is None:
        report(problems, code=LIBRARY)
        stop("The follow-up templates cannot be read.", LIBRARY)
    return kinds


def follow_up(
    deal: Deal,
    stages: Sequence[Stage],
    library: Library,
    facts: Facts,
    *,
    kinds: Shapes | None = None,
    horizon: int = FIVE_YEARS,
) -> Schedule:
    """Return the schedule of a deal after its changes, revised change by change."""
    kinds = kinds or read_shapes()
    facts = replace(facts, waived=(*facts.waived, *map(given_up, deal.waivers)))
    result: Schedule | None = None
    for place, (_, made, text, _) in enumerate(stages):
        fresh = _of_the_stage(deal, place, facts, kinds, horizon)
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


def _of_the_stage(
    deal: Deal, place: int, facts: Facts, kinds: Shapes, horizon: int
) -> Schedule:
    """Return the schedule after so many changes, as it is once spells are over."""
    terms = deal.chain[place].terms
    found = schedule(terms, facts, kinds, horizon=horizon)
    if not any(change.temporary for change in deal.changes[:place]):
        return found
    from closer.cli.reading import spent  # noqa: PLC0415 - few changes are temporary

    earlier = spent(Deal(deal.chain[: place + 1], deal.changes[:place], ()))
    if earlier is None:
        return found
    after = schedule(earlier.terms, facts, kinds, horizon=horizon)
    return after_spells(found, after, spells(terms.amended))
