"""What every command says and writes: problems to stderr, files whole or not at all."""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import click

from closer.cli import folders
from closer.formats import files
from closer.problems import Problem, errors

DONE, FOUND, USAGE, LIBRARY, EXISTS, UNREACHABLE = range(6)
"""Exit codes: product.md, The commands."""


def report(problems: Iterable[Problem], *, code: int = FOUND) -> None:
    """Print problems as compilers do; stop with `code` if one of them is an error."""
    listed = sorted(set(problems), key=lambda p: (p.where, p.code, p.path))
    for problem in listed:
        click.echo(str(problem), err=True)
    found = errors(listed)
    if found:
        sys.exit(code)


def stop(message: str, code: int) -> NoReturn:
    """Say one sentence on stderr and end with an exit code."""
    click.echo(message, err=True)
    sys.exit(code)


def as_json(value: object) -> None:
    """Print data for other programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def write(contents: Mapping[Path, bytes], *, force: bool, quiet: bool = False) -> None:
    """Write all files or none; refuse to lose one that closer did not write.

    A file that an earlier run wrote and nobody has changed since is replaced without
    asking: the cache remembers the digest of what was written where.
    """
    foreign = [path for path in contents if not force and _is_foreign(path, contents)]
    if foreign:
        names = ", ".join(str(path) for path in foreign)
        stop(
            f"{names} exists and was not written by closer, or was changed since. "
            "Nothing was written. Choose another name with -o, or add --force.",
            EXISTS,
        )
    try:
        files.write_all(contents)
    except OSError as error:
        name = error.filename2 or error.filename or "The file"
        stop(
            f"{name} cannot be written: {error.strerror}. "
            "Nothing was changed. Choose a place that you may write to with -o.",
            USAGE,
        )
    _remember(contents)
    if not quiet:
        for path in contents:
            click.echo(f"wrote {path}", err=True)


def make_folder(folder: Path) -> None:
    """Make the folder that the files go into; stop with a sentence if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(
            f"The folder {folder} cannot be made: {error.strerror}. Nothing was "
            "changed. Choose a place that you may write to.",
            USAGE,
        )


def _is_foreign(path: Path, contents: Mapping[Path, bytes]) -> bool:
    try:
        present = path.read_bytes()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return present != contents[path] and _digest(present) != _written(path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _note(path: Path) -> Path | None:
    folder = folders.cache()
    name = _digest(str(path.resolve()).encode())
    return folder / "written" / name if folder else None


def _written(path: Path) -> str | None:
    note = _note(path)
    try:
        return note.read_text() if note else None
    except OSError:
        return None


def _remember(contents: Mapping[Path, bytes]) -> None:
    for path, content in contents.items():
        note = _note(path)
        if note is None:
            return
        try:
            note.parent.mkdir(mode=0o700, exist_ok=True)
            note.write_text(_digest(content))
        except OSError:
            return


def table(rows: Sequence[Sequence[str]], *, indent: str = "") -> None:
    """Print rows in columns as wide as their longest cell."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        click.echo((indent + "  ".join(cells)).rstrip())
