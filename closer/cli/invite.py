"""`closer invite`: every new, changed or cancelled entry as a mail."""

import re
import sys
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.addresses import checked, server_of
from closer.cli.credentials import login_for
from closer.cli.deal import LIBRARY_OPTION, TERMS, Deal, text_of
from closer.cli.output import DONE, FOUND, UNREACHABLE, USAGE, stop, write
from closer.cli.planning import planning, schedule_and_deal
from closer.followup.entries import Schedule
from closer.formats.invitation import Invitation


@click.command(
    "invite",
    epilog="Example: closer invite agreed.yaml change-1.yaml --from me@mine.example "
    "-o invitations",
)
@TERMS
@click.option("--from", "sender", required=True, metavar="ADDRESS", help="Who asks.")
@click.option(
    "--to",
    "addresses",
    multiple=True,
    metavar="ID=ADDRESS",
    help="Where a party's mail goes, if not to its address for notices.",
)
@click.option(
    "--changed-since",
    "since",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OLD.ics",
    help="Only what is new, changed or cancelled since this file.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write one .eml file for each entry.",
)
@click.option("--smtp", metavar="HOST[:PORT]", help="Send them through this server.")
@click.option("--again", is_flag=True, help="Send even what was sent before.")
@click.option("--force", is_flag=True, help="Replace files of other origin.")
@planning
@LIBRARY_OPTION
def command(
    files: tuple[Path, ...],
    *,
    sender: str,
    addresses: tuple[str, ...],
    since: Path | None,
    out: Path | None,
    smtp: str | None,
    again: bool,
    force: bool,
    **asked: object,
) -> None:
    """Write an invitation for each entry, or send it.

    With a CHANGE, only what the last change made new, moved or cancelled. What was sent
    through a server is remembered and not sent twice. User and password come from
    CLOSER_SMTP_USER and CLOSER_SMTP_PASSWORD, or from the keyring.
    """
    if out is None and smtp is None:
        stop("Say where the invitations go: -o DIR writes, --smtp HOST sends.", USAGE)
    schedule, deal = schedule_and_deal(files, asked)
    messages = _messages(schedule, deal, checked(sender, "--from"), addresses, since)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        found = {out / message.name: message.data for message in messages}
        write(found, force=force, quiet=True)
        click.echo(f"wrote {len(found)} invitations into {out}", err=True)
    if smtp is not None:
        sys.exit(_send(messages, smtp, again=again))


def _messages(
    schedule: Schedule,
    deal: Deal,
    sender: str,
    addresses: tuple[str, ...],
    since: Path | None,
) -> list[Invitation]:
    from closer.formats import ical, invitation, merging, single  # noqa: PLC0415
    from closer.formats.merging import NotCalendar  # noqa: PLC0415

    data = ical.write(schedule)
    touched = {entry.uid for entry in schedule.entries}
    if since is not None:
        try:
            data = merging.changed_since(text_of(since).encode(), data)
        except NotCalendar as error:
            stop(f"{since} is no calendar file: {error}.", USAGE)
    elif deal.changes:
        last = deal.changes[-1].effective
        touched = {e.uid for e in schedule.entries if e.stamp.date() >= last}
    people = _people(deal, addresses)
    guests = {
        entry.uid: tuple(
            dict.fromkeys(people[p] for p in entry.party.split(", ") if p in people)
        )
        for entry in schedule.entries
        if entry.uid in touched
    }
    here = {entry.uid for entry in schedule.entries}
    everybody = tuple(dict.fromkeys(people.values()))
    gone = {s.uid: everybody for s in single.singles(data) if s.uid not in here}
    return list(invitation.invitations(data, sender, guests | gone))


def _people(deal: Deal, addresses: tuple[str, ...]) -> dict[str, str]:
    """Return the address of each party; a party without one stops the command."""
    parties = deal.agreed.terms.parties
    found = {
        str(id_): party.notices.email
        for id_, party in parties.items()
        if party.notices.email
    }
    for each in addresses:
        party, _, address = each.partition("=")
        if party not in parties:
            names = ", ".join(parties)
            stop(f"--to {each}: write it like ID=ADDRESS, with one of {names}.", USAGE)
        found[party] = checked(address, "--to")
    missing = [str(id_) for id_ in parties if id_ not in found]
    if missing:
        name = missing[0]
        stop(f"{name} has no address. Add --to {name}=ADDRESS.", USAGE)
    return found


def _send(messages: list[Invitation], smtp: str, *, again: bool) -> int:
    from closer.delivery import mail  # noqa: PLC0415 - the network only here

    server = server_of(smtp)
    note = _note(server[0])
    known = set(note.read_text().split()) if note and note.exists() else set()
    todo = [m for m in messages if again or m.identity not in known]
    refused = number = 0
    try:
        for message, problem in mail.send(todo, server, login_for("SMTP", smtp)):
            number += 1
            click.echo(f"[{number}/{len(todo)}] {message.title}", err=True)
            if problem:
                refused += 1
                click.echo(f"  not sent: {problem}", err=True)
            elif note:
                with note.open("a") as file:
                    file.write(f"{message.identity}\n")
    except mail.NotSent as error:
        click.echo(f"{number - refused} sent.")
        stop(str(error), UNREACHABLE)
    before = len(messages) - len(todo)
    click.echo(f"{number - refused} sent, {before} sent before, {refused} refused.")
    return FOUND if refused else DONE


def _note(host: str) -> Path | None:
    folder = folders.state()
    return (
        folder / f"sent-{re.sub(r'[^a-z0-9.-]', '_', host.lower())}" if folder else None
    )
