"""`closer feed`: one calendar file that others subscribe to."""

import re
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from closer.cli import folders
from closer.cli.deal import LIBRARY_OPTION, text_of
from closer.cli.keeping import opened
from closer.cli.output import FOUND, USAGE, stop
from closer.cli.planning import planning, schedule_of
from closer.cli.reckoning import signed_deal
from closer.formats import files as disk
from closer.register.folding import folded
from closer.terms.values import Unreadable, read_date

_CHANGE = re.compile(r"^amends\s*:", re.MULTILINE)
_PORT = 8017


@click.command(
    "feed",
    epilog="Example: closer feed garage.yaml garage-change-1.yaml studio.yaml "
    "-o deals.ics --party client",
)
@click.argument(
    "files",
    nargs=-1,
    metavar="[TERMS [CHANGE]...]...",
    type=click.Path(dir_okay=False, path_type=Path),
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.ics",
    help="The file that calendars subscribe to.",
)
@click.option("--name", default="Deals", show_default=True, help="Its name there.")
@click.option(
    "--keep",
    default=90,
    show_default=True,
    type=click.IntRange(0),
    help="Days to keep what was cancelled.",
)
@click.option("--today", metavar="DATE", help="Count --keep from this day.")
@click.option("--serve", is_flag=True, help="Serve it on this machine.")
@click.option("--port", default=_PORT, show_default=True, help="Where to serve it.")
@planning
@LIBRARY_OPTION
def command(
    files: tuple[Path, ...],
    *,
    out: Path,
    name: str,
    keep: int,
    today: str | None,
    serve: bool,
    port: int,
    **asked: object,
) -> None:
    """Keep one file of one deal or of many; each change file follows its terms.

    A deal that the register has goes by its reference, with all that was recorded of
    it; without any, every signed deal of the register is in the file.

    The file is replaced in one step and never by an empty one. What is dropped stays
    in it for a while, cancelled. Subscribe to it by its file:/// address, put it on any
    web server, or let --serve give it to the programs of this machine.
    """
    from closer.formats import ical  # noqa: PLC0415 - only for files

    deals = list(_deals(files)) if files else list(_registered(asked))
    calendars = [ical.write(schedule_of(deal, asked)) for deal in deals]
    data = _fed(calendars, name, out, forget=_today(today) - timedelta(keep))
    try:
        disk.write(out, data)
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror}.", USAGE)
    click.echo(f"wrote {out}: subscribe to {out.resolve().as_uri()}", err=True)
    if serve:
        _serve(out.resolve(), port)


def _fed(calendars: list[bytes], name: str, out: Path, *, forget: date) -> bytes:
    from closer.formats import feed, merging  # noqa: PLC0415 - only for files

    old = text_of(out).encode() if out.exists() else None
    try:
        return feed.feed(calendars, name, old, forget=forget)
    except feed.EmptyFeed:
        stop(
            f"Nothing was written to {out}: a feed without an entry would empty every "
            "calendar that subscribes to it.",
            FOUND,
        )
    except merging.NotCalendar as error:
        stop(f"{out} is there and no calendar: {error}. Name another file.", USAGE)


def _registered(asked: Mapping[str, Any]) -> Iterator[tuple[Path, ...]]:
    """Yield the reference of every deal that the register has as signed.

    With `--party`, of those in which there is such a party.
    """
    with opened(asked["register_path"]) as register:
        for ref in register.refs():
            state = folded(ref, register.journal(ref))
            party = asked["party"]
            if state.signed is None:
                continue
            if party is None or party in signed_deal(state).agreed.terms.parties:
                yield (Path(ref),)


def _deals(files: tuple[Path, ...]) -> Iterator[tuple[Path, ...]]:
    """Yield each terms file with the change files that follow it, or a reference."""
    deal: list[Path] = []
    for file in files:
        if deal and not (file.exists() and _CHANGE.search(text_of(file))):
            yield tuple(deal)
            deal = []
        deal.append(file)
    yield tuple(deal)


def _today(written: str | None) -> date:
    if written is None:
        return datetime.now(UTC).date()
    try:
        return read_date(written)
    except Unreadable as error:
        stop(f"--today: {error.what} {error.why} {error.remedy}", USAGE)


def _serve(file: Path, port: int) -> None:
    from closer.delivery.serving import server  # noqa: PLC0415 - the network only here

    secret = _secret()
    try:
        running = server(file, secret, port)
    except OSError as error:
        stop(f"Port {port} cannot be used: {error.strerror}. Try --port.", USAGE)
    address = f"http://127.0.0.1:{running.server_port}/{secret}/{file.name}"
    click.echo(f"serving {address} (end with Ctrl-C)")
    with running:
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def _secret() -> str:
    """Return the part of the address that nobody can guess; it stays for life."""
    folder = folders.state()
    note = folder / "feed-secret" if folder else None
    if note and note.exists():
        return note.read_text().strip()
    secret = secrets.token_urlsafe(24)
    if note:
        note.touch(mode=0o600)
        note.write_text(secret)
    return secret
