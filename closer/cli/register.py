"""`closer register`: whether it is whole, and how it gets elsewhere."""

import sys
from pathlib import Path

import click

from closer.cli.keeping import REGISTER, opened
from closer.cli.output import FOUND, USAGE, stop


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
    from closer.cli.checking import faults_of  # noqa: PLC0415

    named = dict(_head(each) for each in heads)
    with opened(register_path) as register:
        refs = register.refs()
        faults = list(faults_of(register, refs, named))
    if faults:
        stop("\n".join(faults), FOUND)
    missing = [ref for ref in refs if ref not in named]
    without = f" Without a head, removal at the end of {_few(missing)} is not excluded."
    deals = _counted(len(refs), "deal")
    click.echo(f"{deals}, every chain whole.{without if missing else ''}")


def _head(written: str) -> tuple[str, str]:
    ref, equals, digest = written.partition("=")
    if not equals or not digest:
        stop(f"--head {written}: write it like HOM-2026-014=3f9a2c41d0b7.", USAGE)
    return ref, digest


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _few(refs: list[str]) -> str:
    shown = ", ".join(refs[:3])
    return f"{shown} and {len(refs) - 3} more" if len(refs) > 3 else shown


@command.command("refresh")
@REGISTER
def refresh(register_path: str | None) -> None:
    """Compute anew what is due of every deal, from its journal alone.

    Needed after closer or its clauses have changed, where new words are wanted in what
    is listed; every write does it for its own deal.
    """
    from closer.cli.deal import read_library  # noqa: PLC0415
    from closer.cli.reckoning import kept_up  # noqa: PLC0415

    library, refs = read_library(), []
    with opened(register_path) as register:
        refs = register.refs()
        with click.progressbar(refs, file=sys.stderr) as bar, register.writing():
            for ref in bar:
                kept_up(register, ref, library)
    click.echo(f"{_counted(len(refs), 'deal')} computed anew.")


@command.command("export")
@REGISTER
def export(register_path: str | None) -> None:
    """Print everything there is as JSON lines: entries, what is kept, what is due."""
    from closer.register.moving import exported  # noqa: PLC0415

    with opened(register_path) as register:
        for line in exported(register):
            click.echo(line)


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@REGISTER
def import_(file: Path, register_path: str | None) -> None:
    """Take in JSON lines, all or nothing; a deal already there is refused.

    What is due comes as it was computed by this version of closer; where another
    version wrote the file, or it holds entries alone, it is computed anew.
    """
    from closer.cli.taking import taken_in  # noqa: PLC0415

    with opened(register_path) as register:
        deals, entries = taken_in(register, file)
    told = f"{_counted(deals, 'deal')}, {_counted(entries, 'entry', 'entries')}"
    click.echo(f"{told} taken in.")
