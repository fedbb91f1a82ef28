"""`closer register`: whether it is whole, and how it gets elsewhere."""

import json
from typing import TextIO

import click
import msgspec

from closer.cli.keeping import REGISTER, opened
from closer.cli.output import FOUND, stop
from closer.register.journal import Entry, broken


@click.group(
    "register",
    epilog="Example: closer register verify",
)
def command() -> None:
    """Check the register, or move it as JSON lines."""


@command.command("verify")
@click.option("--head", "heads", multiple=True, metavar="REF=DIGEST")
@REGISTER
def verify(heads: tuple[str, ...], register_path: str | None) -> None:
    """Walk every chain and compute anew what is due; name the first entry at fault.

    Without the head that the last write printed, removal at the end cannot be excluded.
    """
    from closer.cli.reckoning import reckoned  # noqa: PLC0415
    from closer.register.folding import folded  # noqa: PLC0415

    named = dict(head.split("=", 1) for head in heads if "=" in head)
    faults = []
    with opened(register_path) as register:
        refs = register.refs()
        for ref in refs:
            journal = register.journal(ref)
            fault = broken(journal, named.get(ref))
            if fault is None:
                rows = sorted(reckoned(folded(ref, journal)), key=_order)
                stored = sorted(register.all_due(ref), key=_order)
                fault = None if rows == stored else f"{ref}: what is due was altered"
            if fault:
                faults.append(fault)
    missing = [ref for ref in named if ref not in refs]
    faults += [f"{ref} is not in the register" for ref in missing]
    if faults:
        stop("\n".join(faults), FOUND)
    without = "" if named else " Without a head, removal at the end is not excluded."
    click.echo(f"{len(refs)} deals, every chain whole.{without}")


def _order(row: object) -> str:
    return str(row)


@command.command("export")
@REGISTER
def export(register_path: str | None) -> None:
    """Print every entry of every deal as a JSON line."""
    with opened(register_path) as register:
        for ref in register.refs():
            for entry in register.journal(ref):
                click.echo(json.dumps(msgspec.to_builtins(entry), ensure_ascii=False))


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@REGISTER
def import_(file: TextIO, register_path: str | None) -> None:
    """Take in JSON lines; a broken chain, or a deal already there, is refused."""
    from closer.cli.reckoning import kept_up  # noqa: PLC0415

    entries = [msgspec.json.decode(line, type=Entry) for line in file if line.strip()]
    deals: dict[str, list[Entry]] = {}
    for entry in entries:
        deals.setdefault(entry.ref, []).append(entry)
    with opened(register_path) as register:
        for ref, journal in deals.items():
            fault = broken(journal)
            if register.journal(ref):
                fault = f"{ref} is in the register already"
            if fault:
                stop(f"Nothing was taken in: {fault}.", FOUND)
        with register.writing():
            for ref, journal in deals.items():
                for entry in journal:
                    register.enter(entry)
                kept_up(register, ref)
    click.echo(f"{len(deals)} deals, {len(entries)} entries taken in.")
