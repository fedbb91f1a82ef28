"""Faults that rooms raise where no problem could be a value, said as one sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from closer.cli.output import FOUND, LIBRARY, stop


@contextmanager
def said_plainly(context: click.Context) -> Iterator[None]:
    """Turn a day that no calendar has, or a broken template, into its sentence.

    The object of the context, if any, is the source of the terms that were read.
    """
    try:
        yield
    except Exception as error:
        if _is_from("closer.terms.places", "NoDay", error):
            at = f"{context.obj.place('time.holidays')}: " if context.obj else ""
            stop(f"{at}{error.code} {error.what} {error.why} {error.remedy}", FOUND)  # type: ignore[attr-defined]
        if _is_from("closer.formats.faults", "BrokenTemplateError", error):
            stop("\n".join(str(each) for each in error.problems), LIBRARY)  # type: ignore[attr-defined]
        raise


def _is_from(module: str, name: str, error: Exception) -> bool:
    """Whether an error is of a class, without importing its room to find out."""
    room = sys.modules.get(module)
    return room is not None and isinstance(error, getattr(room, name))
