"""The register as commands use it: where it lies, and whose clock counts."""

import getpass
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path

import click

from closer.cli.output import UNREACHABLE, USAGE, stop
from closer.register.bases import Unreachable
from closer.register.folding import State, folded
from closer.register.journal import Entry, Kind, entered
from closer.register.store import Register

REGISTER = click.option(
    "--register",
    "register_path",
    envvar="CLOSER_REGISTER",
    metavar="WHERE",
    help="A file, or postgresql://…; a file in the user's data folder if left out.",
)
ON = click.option(
    "--on", "on", metavar="DATE", help="The day it happened; today if left out."
)
ANYWAY = click.option(
    "--force", is_flag=True, help="Take a day before signing or after today."
)
TODAY = click.option("--today", metavar="DATE", help="Take this day for today.")


def place(given: str | None) -> str:
    """Return where the register lies."""
    if given:
        return given
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    if sys.platform == "win32":  # pragma: no cover - needs that machine
        home = os.environ.get("APPDATA", home)
    return str(Path(home) / "closer" / "register.sqlite")


@contextmanager
def opened(given: str | None) -> Iterator[Register]:
    """Open the register, or stop with a sentence and exit code 5."""
    try:
        with Register(place(given)) as register:
            yield register
    except Unreachable as error:
        stop(str(error), UNREACHABLE)


def current(given: str | None) -> date:
    """Return the day that the user named, or else today."""
    return day("--today", given) if given else datetime.now(tz=UTC).astimezone().date()


def day(option: str, written: str) -> date:
    """Read a date that a command was given."""
    from closer.terms.values import Unreadable, read_date  # noqa: PLC0415

    try:
        return read_date(written)
    except Unreadable as error:
        stop(f"{option}: {error.what} {error.why} {error.remedy}", USAGE)


def known(ref: str, register: Register) -> State:
    """Return the state of a deal; an unknown reference suggests the nearest."""
    journal = register.journal(ref)
    if not journal:
        near = get_close_matches(ref, register.refs(), 1, cutoff=0.3)
        hint = f" Did you mean {near[0]}?" if near else " It holds no deal yet."
        stop(f"The register has no deal {ref}.{hint}", USAGE)
    return folded(ref, journal)


def new_entry(
    register: Register, ref: str, kind: Kind, on: date, data: dict[str, object]
) -> Entry:
    """Return the next entry of a deal, by this user, now."""
    return entered(
        register.journal(ref),
        ref,
        kind,
        on=on,
        at=datetime.now(tz=UTC).replace(microsecond=0),
        who=getpass.getuser(),
        data=data,
    )


def on_day(
    on: str | None, today: str | None, state: State, *, force: bool = False
) -> date:
    """Return the day on which something happened: today, or the day that was named.

    A day before the signing, or after today, is more likely a slip than the truth.
    """
    now = current(today)
    happened = day("--on", on) if on else now
    early = state.on is not None and happened < state.on
    if (early or happened > now) and not force:
        which = f"before the deal was signed ({state.on})" if early else "after today"
        stop(f"{happened} lies {which}. Add --force if that is right.", USAGE)
    return happened


def evidence(file: Path | None) -> dict[str, object]:
    """Return the name and digest of a file that proves something."""
    if file is None:
        return {}
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", USAGE)
    return {"evidence": file.name, "evidence_sha256": digest}


def signed_state(given: str | None, ref: str) -> State | None:
    """Return the state of a deal if a register is there and has it."""
    where = place(given)
    if "://" not in where and not Path(where).exists():
        return None
    with opened(given) as register:
        journal = register.journal(ref)
    return folded(ref, journal) if journal else None
