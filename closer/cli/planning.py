"""What every command that makes a schedule can be told: facts, horizon, a part."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from closer.cli.deal import Deal, accepted, read_deal, read_library
from closer.cli.happened import facts_from
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
Command = TypeVar("Command", bound=Callable[..., None])


def planning(command: Command) -> Command:
    """Add the options that say what has happened and which part is wanted."""
    for names, settings in reversed(_OPTIONS):
        command = click.option(*names, **settings)(command)
    return command


def schedule_of(files: Sequence[Path], asked: Mapping[str, Any]) -> Schedule:
    """Read TERMS CHANGE… and return the schedule that was asked for."""
    return schedule_and_deal(files, asked)[0]


def schedule_and_deal(
    files: Sequence[Path], asked: Mapping[str, Any]
) -> tuple[Schedule, Deal]:
    """Return the schedule that was asked for, and the deal it is of."""
    deal = read_deal(files, letters=("waiver",))
    library = read_library(asked.get("library_folder"))
    stages = accepted(deal, library)
    facts = facts_from(asked["signed"], asked["happened"], deal.agreed)
    kinds, horizon = read_shapes(), asked["horizon"]
    found = follow_up(deal, stages, library, facts, kinds=kinds, horizon=horizon)
    found = narrowed(found, deal, kinds, party=asked["party"])
    if asked["redact"]:
        terms = [stage.agreed.terms for stage in stages]
        found = narrowing.redacted(found, terms, kinds.words["redacted"])
    return found, deal
