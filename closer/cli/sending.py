"""What is due, carried to people: a calendar file, a mail as a file, a mail sent."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from closer.cli import folders
from closer.cli.addresses import checked, server_of
from closer.cli.credentials import login_for
from closer.cli.output import UNREACHABLE, USAGE, stop, write
from closer.formats import digest
from closer.formats.invitation import Invitation
from closer.register.rows import DueRow

Found = tuple[list[DueRow], frozenset[tuple[str, str, date]], date, date]


def carried_out(found: Found, asked: Mapping[str, Any]) -> None:
    """Write and send what was asked for: nothing is sent if a file is in the way."""
    ics, mail, smtp = asked["ics"], asked["mail"], asked["smtp"]
    sender, people = asked["sender"], asked["people"]
    told = digest.Digest(*found)
    folder = folders.shipped("templates") / "reports"
    files: dict[Path, bytes] = {}
    if ics is not None:
        files[_named(ics, ".ics")] = digest.calendar(told, folder)
    message = None
    if mail is not None or smtp is not None:
        if sender is None or not people:
            stop("A digest needs --from ADDRESS and --to ADDRESS.", USAGE)
        addresses = [checked(each, "--to") for each in people]
        message = digest.mail(told, checked(sender, "--from"), addresses, folder)
        if mail is not None:
            files[_named(mail, ".eml")] = message.data
    write(files, force=asked["force"])
    if message is not None and smtp is not None:
        _sent(message, smtp)


def _named(file: Path, suffix: str) -> Path:
    if file.suffix != suffix:
        stop(f"{file}: name it {file.stem}{suffix}.", USAGE)
    return file


def _sent(message: Invitation, smtp: str) -> None:
    from closer.delivery import mail  # noqa: PLC0415 - the network only here

    try:
        for _, problem in mail.send(
            [message], server_of(smtp), login_for("SMTP", smtp)
        ):
            if problem:
                stop(f"The digest was not sent: {problem}.", UNREACHABLE)
    except mail.NotSent as error:
        stop(str(error), UNREACHABLE)
    click.echo(f"sent “{message.title}”", err=True)
