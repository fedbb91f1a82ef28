"""What a deal relies on without saying it: defaults, and what bare milestones mean."""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from closer.terms.checks.finding import VALUES, moments
from closer.terms.days import weekend_names
from closer.terms.model import Terms, Time
from closer.terms.moments import anchored
from closer.terms.paths import fields_in
from closer.terms.places import NoDay
from closer.terms.reading import Agreed

_NO_PART_OF_THE_CONTRACT = ("follow_up", "closing", "amended")


class Assumption(NamedTuple):
    """A value that holds because the file says nothing else at this path."""

    path: str
    value: str


def assumptions(agreed: Agreed) -> tuple[Assumption, ...]:
    """Return every default with legal effect on which this deal relies."""
    return (
        *_defaults(agreed),
        *_weekend(agreed),
        *_exposure(agreed.terms),
        *_anchors(agreed.terms),
    )


def _defaults(agreed: Agreed) -> Iterator[Assumption]:
    terms = replace(agreed.terms, time=agreed.terms.time or Time())
    duration = terms.duration
    for path, value in _unwritten(agreed, terms, ""):
        if path.partition(".")[0] in _NO_PART_OF_THE_CONTRACT:
            continue
        if (
            path == "duration.ends_on"
            and duration
            and not (duration.lasts or duration.renewal)
        ):
            continue
        yield Assumption(path, value)


def _unwritten(agreed: Agreed, value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Struct) and not isinstance(value, VALUES):
        inner = list(fields_in(value))
    elif isinstance(value, Mapping):
        inner = list(value.items())
    elif isinstance(value, tuple) and agreed.source.has(path):
        inner = [(str(index), item) for index, item in enumerate(value)]
    else:
        if value not in (None, ()) and not agreed.source.has(path):
            yield path, _written(value)
        return
    for key, item in inner:
        at = f"{path}.{key}" if path else key
        if at != "dispute_resolution.steps.order":
            yield from _unwritten(agreed, item, at)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)


def _weekend(agreed: Agreed) -> Iterator[Assumption]:
    agreed_time = agreed.terms.time
    if agreed_time and agreed_time.weekend:
        return
    try:
        yield Assumption("time.weekend", ", ".join(weekend_names(agreed_time)))
    except NoDay:
        return


def _exposure(terms: Terms) -> Iterator[Assumption]:
    """Say by which contingencies a milestone is extended that names none."""
    risks = terms.contingencies
    named = fields_in(risks) if risks else ()
    giving_time = [
        key for key, row in named if getattr(row, "relief", "none") != "none"
    ]
    for key, milestone in terms.milestones.items():
        if milestone.exposed_to is None and giving_time:
            yield Assumption(f"milestones.{key}.exposed_to", ", ".join(giving_time))


def _anchors(terms: Terms) -> Iterator[Assumption]:
    for path, moment in moments(terms):
        meant = anchored(moment, path, terms)
        if meant != moment and not path.startswith(_NO_PART_OF_THE_CONTRACT):
            yield Assumption(path, str(meant))
