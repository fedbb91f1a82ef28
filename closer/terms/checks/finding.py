"""What every check needs: a problem at a path, a walk over the terms, a day if any."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from msgspec import Struct

from closer.problems import Problem
from closer.terms.model import Confirmation, Terms
from closer.terms.moments import Resolved
from closer.terms.paths import fields_in
from closer.terms.places import NoDay
from closer.terms.reading import Agreed
from closer.terms.rhythms import AfterLastStep, Rhythm, Target
from closer.terms.values import (
    Anchor,
    Charge,
    Extreme,
    Moment,
    Money,
    Offset,
    Period,
    Quantity,
    Rate,
    Rest,
    Share,
)

Check = Callable[[Agreed], Iterator[Problem]]

VALUES = (
    AfterLastStep,
    Anchor,
    Charge,
    Confirmation,
    Extreme,
    Money,
    Offset,
    Period,
    Quantity,
    Rate,
    Rest,
    Rhythm,
    Share,
    Target,
)


def found(
    agreed: Agreed, code: str, path: str, what: str, why: str, remedy: str
) -> Problem:
    """Return a problem with the place at which its path stands in the file."""
    return Problem(code, agreed.source.place(path), path, what, why, remedy)


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every single value under a section with its path, in the file's keys."""
    inner: Iterator[tuple[str, object]]
    if isinstance(value, Struct) and not isinstance(value, VALUES):
        inner = fields_in(value)
    elif isinstance(value, Mapping):
        inner = iter(value.items())
    elif isinstance(value, tuple):
        inner = ((str(index), item) for index, item in enumerate(value))
    else:
        if value is not None:
            yield path, value
        return
    for key, item in inner:
        yield from walk(item, f"{path}.{key}" if path else key)


def moments(terms: Terms) -> Iterator[tuple[str, Moment]]:
    """Yield every moment that is more than a date, those of rhythms included."""
    for path, value in walk(terms):
        within = (value.start, value.until) if isinstance(value, Rhythm) else (value,)
        for moment in within:
            if isinstance(moment, Anchor | Offset | Extreme):
                yield path, moment


def nearest(word: str, known: Iterator[str] | Mapping[str, object] | list[str]) -> str:
    """Return a question with the known word that looks most like `word`, or nothing."""
    close = get_close_matches(word, list(known), 1, cutoff=0.6)
    return f"Did you mean {close[0]}? " if close else ""


def told(find: Callable[[], Resolved]) -> date | None:
    """Return a day or the expected one; None where the calendar cannot tell."""
    try:
        return find().day
    except NoDay:
        return None
