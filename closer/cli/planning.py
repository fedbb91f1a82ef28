"""What every command that makes a schedule can be told: facts, horizon, a part."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from closer.cli.deal import Deal, read_library
from closer.cli.keeping import REGISTER
from closer.cli.schedule import FIVE_YEARS, follow_up, narrowed, read_shapes
from closer.followup import narrowing
from closer.followup.entries import Schedule

_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--signed",), {"metavar": "DATE", "help": "The day of the last signature."}),
    (
        ("--happened",),
        {"multiple": True, "metavar": "ID=DATE", "help": "What has happened."},
    ),
    (
        ("--horizon",),
        {
            "default": FIVE_YEARS,
            "show_default": True,
            "type": click.IntRange(1, 50),
            "help": "Years of renewals to list.",
        },
    ),
    (("--party",), {"metavar": "ID", "help": "As one party keeps it."}),
    (("--redact",), {"is_flag": True, "help": "Without sums of money and names."}),
)
_TOLD = ("register_path", "signed", "happened")
Command = TypeVar("Command", bound=Callable[..., None])


def planning(command: Command) -> Command:
    """Add the options that say what has happened and which part is wanted."""
    for names, settings in reversed(_OPTIONS):
        command = click.option(*names, **settings)(command)
    return REGISTER(command)


def schedule_of(files: Sequence[Path], asked: Mapping[str, Any]) -> Schedule:
    """Read TERMS CHANGE… and return the schedule that was asked for."""
    return schedule_and_deal(files, asked)[0]


def schedule_and_deal(
    files: Sequence[Path], asked: Mapping[str, Any]
) -> tuple[Schedule, Deal]:
    """Return the schedule that was asked for, and the deal it is of.

    In place of files, the reference of a deal that the register has.
    """
    from closer.cli.registered import found  # noqa: PLC0415 - it reckons with schedules

    library = read_library(asked.get("library_folder"))
    kinds, told = read_shapes(), {key: asked[key] for key in _TOLD}
    with found(files, library, **told) as (deal, stages, facts):
        horizon = asked["horizon"]
        result = follow_up(deal, stages, library, facts, kinds=kinds, horizon=horizon)
    days = asked.get("first"), asked.get("last")
    result = narrowed(result, deal, kinds, party=asked["party"], days=days)
    if asked["redact"]:
        terms = [stage.agreed.terms for stage in stages]
        result = narrowing.redacted(result, terms, kinds.words["redacted"])
    return result, deal
