"""`closer undo`: a mistaken entry counts no more, and stays in the journal."""

from collections.abc import Sequence

import click

from closer.cli.keeping import REGISTER, TODAY, current, known, opened
from closer.cli.output import USAGE, stop
from closer.cli.reckoning import write_entry
from closer.cli.record import moved
from closer.cli.telling import about
from closer.register.folding import standing
from closer.register.journal import Entry


@click.command(
    "undo",
    epilog='Example: closer undo HOM-2026-014 2 --why "it was the other deal"',
)
@click.argument("ref")
@click.argument("number", type=int)
@click.option("--why", default="", metavar="TEXT", help="What was wrong with it.")
@REGISTER
@TODAY
def command(
    ref: str, number: int, why: str, register_path: str | None, today: str | None
) -> None:
    """Undo an entry of the journal, by the NUMBER that `closer log` shows.

    Nothing is erased: the undoing is an entry of its own, and can itself be undone.
    The days that the entry moved return.
    """
    with opened(register_path) as register, register.writing():
        known(ref, register)
        journal = register.journal(ref)
        entry = _entry(journal, number)
        _free(journal, entry)
        on = current(today)
        data: dict[str, object] = {"entry": number, "why": why}
        head, before, now = write_entry(register, ref, "undone", on, data)
    click.echo(
        f"{ref}: entry {number} undone ({entry.kind} {about(entry)}); head {head[:12]}"
    )
    for line in moved(before, now, on):
        click.echo(f"  {line}")


def _entry(journal: Sequence[Entry], number: int) -> Entry:
    if not 1 <= number <= len(journal):
        stop(
            f"There is no entry {number}; the journal has {len(journal)}. "
            "`closer log` shows them.",
            USAGE,
        )
    return journal[number - 1]


def _free(journal: Sequence[Entry], entry: Entry) -> None:
    """Stop where an entry counts no more, or others that count are built on it."""
    redone = [
        e for e in journal if e.kind == "undone" and e.data["entry"] == entry.number
    ]
    counted = standing(journal)
    if entry.kind != "undone" and entry not in counted:
        stop(
            f"Entry {entry.number} is undone already, by entry {redone[-1].number}.",
            USAGE,
        )
    if entry.kind == "undone":
        what = journal[int(str(entry.data["entry"])) - 1]
        if what.kind in ("signed", "amended"):
            stop("What was signed is entered anew by `closer sign`, not so.", USAGE)
    built = [
        e.number
        for e in counted
        if e.number > entry.number and _needs(e, entry, journal)
    ]
    if built:
        listed = ", ".join(map(str, reversed(built)))
        stop(f"Entry {entry.number} carries others. Undo first: {listed}.", USAGE)


def _needs(later: Entry, entry: Entry, journal: Sequence[Entry]) -> bool:
    """Whether a later entry makes no sense without this one."""
    if entry.kind == "signed":
        return True
    if entry.kind == "amended":
        return later.kind == "amended"
    if entry.kind == "raised":
        raised = [e.number for e in journal if e.kind == "raised"]
        number = raised.index(entry.number) + 1
        return later.kind in ("settled", "escalated") and later.data["issue"] == number
    if entry.kind == "escalated":
        return later.kind == "escalated" and later.data["issue"] == entry.data["issue"]
    return False
