"""`closer log`: the journal of a deal, readable."""

import json
from collections.abc import Sequence

import click

from closer.cli.keeping import REGISTER, known, opened
from closer.cli.telling import about
from closer.register.folding import standing
from closer.register.journal import Entry


@click.command("log", epilog="Example: closer log HOM-2026-014")
@click.argument("ref")
@click.option("--json", "json_", is_flag=True, help="Print the entries as data.")
@REGISTER
def command(ref: str, register_path: str | None, *, json_: bool) -> None:
    """Print what was entered for a deal: on which day what happened, and by whom."""
    with opened(register_path) as register:
        known(ref, register)
        journal = register.journal(ref)
    if json_:
        click.echo(json.dumps([_object(entry) for entry in journal], indent=2))
        return
    click.echo(told(journal))


def told(journal: Sequence[Entry]) -> str:
    """Return a journal as people read it, with the head that proves it whole."""
    counted = {entry.number for entry in standing(journal)}
    lines = []
    for entry in journal:
        gone = entry.number not in counted and entry.kind != "undone"
        mark = "  [undone]" if gone else ""
        lines.append(
            f"{entry.number:4}  {entry.on}  {entry.kind:9} {about(entry)}{mark}  "
            f"({entry.who}, {entry.at:%Y-%m-%d %H:%M} UTC, {entry.digest[:12]})"
        )
    return "\n".join([*lines, f"head {journal[-1].digest}"])


def _object(entry: object) -> dict[str, object]:
    import msgspec  # noqa: PLC0415

    built: dict[str, object] = msgspec.to_builtins(entry)
    return built
