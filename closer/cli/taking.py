"""Takes a portfolio into the register: all of it or nothing, however large."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

import click

from closer.cli.output import FOUND, USAGE, stop
from closer.register.journal import broken
from closer.register.moving import Taken, Unfit, read
from closer.register.store import Register

_AT_A_TIME = 500


def taken_in(register: Register, file: Path) -> tuple[int, int]:
    """Take in the deals of a file; return how many deals and entries there were."""
    deals = entries = 0
    try:
        with file.open("rb") as lines, register.writing():
            there = set(register.refs())
            batch: list[Taken] = []
            for deal in read(_shown(lines, file.stat().st_size)):
                _checked(deal, there)
                there.add(deal.ref)
                batch.append(deal)
                deals, entries = deals + 1, entries + len(deal.journal)
                if len(batch) == _AT_A_TIME:
                    _put(register, batch)
                    batch.clear()
            _put(register, batch)
    except Unfit as error:
        _refused(str(error))
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}. Nothing was taken in.", USAGE)
    return deals, entries


def _shown(lines: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the lines, and show on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield from lines
        return
    done = shown = 0
    with click.progressbar(length=size, label="taking in", file=sys.stderr) as bar:
        for line in lines:
            done += len(line)
            if done - shown > 2**20:
                bar.update(done - shown)
                shown = done
            yield line
        bar.update(done - shown)


def _checked(deal: Taken, there: set[str]) -> None:
    if deal.ref in there:
        _refused(f"{deal.ref} is in the register already")
    fault = broken(deal.journal)
    if fault:
        _refused(fault)


def _refused(why: str) -> NoReturn:
    stop(f"Nothing was taken in: {why}.", FOUND)


def _put(register: Register, batch: list[Taken]) -> None:
    """Add deals; compute what is due where this version of closer has not."""
    if not batch:
        return
    register.take_in([deal.whole() for deal in batch])
    for deal in batch:
        register.keep(deal.kept)
    foreign = [deal.ref for deal in batch if deal.rows is None or not _ours(deal.maker)]
    if foreign:
        from closer.cli.deal import read_library  # noqa: PLC0415
        from closer.cli.reckoning import kept_up  # noqa: PLC0415

        library = read_library()
        for ref in foreign:
            kept_up(register, ref, library)


def _ours(maker: str) -> bool:
    from closer.cli.signed import our_maker  # noqa: PLC0415

    return maker == our_maker()
