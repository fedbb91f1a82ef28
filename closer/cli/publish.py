"""`closer publish`: the schedule on a CalDAV server, as often as you like."""

import sys
from pathlib import Path

import click

from closer.cli.credentials import login_for
from closer.cli.deal import LIBRARY_OPTION, TERMS
from closer.cli.output import DONE, FOUND, UNREACHABLE, USAGE, stop
from closer.cli.planning import planning, schedule_of


@click.command(
    "publish",
    epilog="Example: closer publish agreed.yaml --to https://dav.example/me/deals/ "
    "--create",
)
@TERMS
@click.option("--to", "url", required=True, metavar="URL", help="The calendar.")
@click.option("--user", metavar="NAME", help="Who you are there.")
@click.option("--create", is_flag=True, help="Make the calendar if it is not there.")
@click.option("--dry-run", is_flag=True, help="Print the plan and do nothing.")
@click.option("--force", is_flag=True, help="Write over what a person has moved.")
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0.1, 600),
    help="Seconds to wait for an answer.",
)
@planning
@LIBRARY_OPTION
def command(
    files: tuple[Path, ...],
    *,
    url: str,
    user: str | None,
    create: bool,
    dry_run: bool,
    force: bool,
    timeout: float,
    **asked: object,
) -> None:
    """Bring the schedule to a CalDAV calendar: create, change, delete what is ours.

    A second run changes only what changed. An entry that a person has moved is kept
    and named; --force writes over it. User and password come from CLOSER_CALDAV_USER
    and CLOSER_CALDAV_PASSWORD, or from the keyring (service: the host), never from
    the command line.
    """
    from closer.delivery import dav, publishing  # noqa: PLC0415 - network only here
    from closer.formats import ical  # noqa: PLC0415

    login = login_for("CALDAV", url, user)
    if problem := dav.unsafe(url, login=login is not None):
        stop(problem, USAGE)
    data = ical.write(schedule_of(files, asked))
    collection = dav.Collection(url, login and dav.Login(*login), timeout)
    try:
        if create and not dry_run and not collection.exists():
            collection.create()
        steps = publishing.plan(data, collection, force=force)
        sys.exit(_done(steps, collection, dry_run=dry_run))
    except dav.Unreachable as error:
        stop(str(error), UNREACHABLE)


def _done(steps: list, collection: object, *, dry_run: bool) -> int:  # type: ignore[type-arg]
    from closer.delivery import publishing  # noqa: PLC0415

    counts = dict.fromkeys(("create", "change", "delete", "keep", "same"), 0)
    todo = [step for step in steps if step.act != "same"]
    outcomes = (
        (publishing.Outcome(step, "") for step in steps)
        if dry_run
        else publishing.carry_out(steps, collection)  # type: ignore[arg-type]
    )
    failed = number = 0
    for step, problem in outcomes:
        counts[step.act] += not problem
        if step.act == "same":
            continue
        number += 1
        said = "keep, moved by a person:" if step.act == "keep" else step.act
        click.echo(f"[{number}/{len(todo)}] {said} {step.title}", err=True)
        if problem:
            failed += 1
            click.echo(f"  not done: {problem}", err=True)
    told = ", ".join(
        f"{count} {word}"
        for word, count in zip(
            ("created", "changed", "deleted", "kept", "unchanged"),
            counts.values(),
            strict=True,
        )
    )
    click.echo(f"{'Would be: ' if dry_run else ''}{told}.")
    if failed:
        click.echo(f"{failed} not done. Run the command again.", err=True)
    return FOUND if failed else DONE
