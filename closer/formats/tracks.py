"""Where things stand in a picture: days on a track of months, readings on a line.

Places are in per cent of the width, so that a browser draws the same picture on a phone
and on paper; what they look like is for the page's own style.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

MONTHS = 12
_QUARTERS = (1, 4, 7, 10)
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


def short(day: date) -> str:
    """Return a day as a narrow column shows it: `2 Nov 2026`."""
    return f"{day.day} {_NAMES[day.month - 1]} {day.year}"


class Month(Struct, frozen=True):
    """The first of a month on the track; a quarter has a name, a January its year."""

    at: float
    name: str
    year: str


class Track(Struct, frozen=True):
    """Twelve months and the one before them, in which today stands."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return the place of a day, in per cent."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(100 * share, 2)

    def holds(self, day: date) -> bool:
        """Whether a day lies on the track."""
        return self.first <= day < self.last

    def months(self) -> list[Month]:
        """Return the months of the track."""
        firsts = [_month(self.first, ahead) for ahead in range(MONTHS + 1)]
        return [
            Month(
                self.at(day),
                _NAMES[day.month - 1] if day.month in _QUARTERS else "",
                str(day.year) if day.month == 1 or _alone(place, day) else "",
            )
            for place, day in enumerate(firsts)
        ]


def _alone(place: int, day: date) -> bool:
    """Whether the track begins in a year whose end is not in the way of the next."""
    return place == 0 and day.month <= 10


def track(today: date) -> Track:
    """Return the track that a report of a day shows."""
    first = _month(today.replace(day=1), -1)
    return Track(first, _month(first, MONTHS + 1))


def _month(day: date, ahead: int) -> date:
    years, month = divmod(day.month - 1 + ahead, 12)
    return date(min(max(day.year + years, 1), date.max.year), month + 1, 1)


class Point(Struct, frozen=True):
    """A reading in the picture, in per cent from the left and from the top."""

    x: float
    y: float
    missed: bool
    said: str


class Line(Struct, frozen=True):
    """The readings of a benchmark by day, and the level of its target."""

    points: tuple[Point, ...]
    target: float
    above: bool


def line(
    readings: Sequence[tuple[date, Decimal, bool]], target: Decimal, *, least: bool
) -> Line:
    """Return readings as a line; `least`: the target is met above its level."""
    values = [value for _, value, _ in readings]
    low, high = min([*values, target]), max([*values, target])
    span = (high - low) or Decimal(1)
    first, last = readings[0][0], readings[-1][0]
    days = (last - first).days or 1

    def height(value: Decimal) -> float:
        return round(float(82 - (value - low) / span * 64), 1)

    alone = len({day for day, *_ in readings}) == 1
    points = tuple(
        Point(
            50.0 if alone else round(4 + 92 * (day - first).days / days, 1),
            height(value),
            missed,
            f"{day}: {value:f}",
        )
        for day, value, missed in readings
    )
    return Line(points, height(target), least)
