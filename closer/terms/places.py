"""Public holidays by place, as the `holidays` library knows them.

The library is imported when a business day is really counted, and of its 250 countries
only the one that is asked for: its package of countries imports all of them at once,
which would cost a command more than everything else it does.
"""

import importlib
import importlib.util
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, ClassVar, Protocol

_LABELS = re.compile(r" \((?:observed|estimated|observed, estimated|substitute day)\)")


class NoDay(Exception):
    """A day that cannot be told; caught where problems are listed, never guessed."""

    code = "D33"

    def __init__(self, what: str, why: str, remedy: str) -> None:
        super().__init__(what, why, remedy)
        self.what, self.why, self.remedy = what, why, remedy


class UnknownPlace(NoDay):
    """A place for which there is no list of holidays."""

    code = "D32"

    def __init__(self, place: str, nearest: str) -> None:
        super().__init__(
            f"{place!r} is no place with a known list of holidays.",
            "Business days of an unknown place cannot be counted.",
            f"Did you mean {nearest}? A place is an ISO 3166 code such as US, US-FL or "
            "GB-ENG, or a financial calendar such as XFED or XECB.",
        )
        self.place, self.nearest = place, nearest


class NoHolidayData(NoDay):
    """A year for which the library does not know the holidays of a place."""

    def __init__(self, place: str, year: int) -> None:
        super().__init__(
            f"The holidays of {place} in {year} are not known.",
            "A business day of that year would be a guess.",
            "Name another calendar in time.holidays, or write weekends only and give "
            "the days in time.extra.",
        )
        self.place, self.year = place, year


class Memory(Protocol):
    """Lists that an earlier run looked up: they only ever save time."""

    def recall(self, place: str) -> Mapping[str, object] | None:
        """Return what was kept for a place, or None."""

    def keep(self, place: str, kept: Mapping[str, object]) -> None:
        """Keep the lists of a place."""


class HolidayList:
    """The holidays of one place, a year at a time."""

    memory: ClassVar[Memory | None] = None
    """Set by a command that has a place to keep lists in."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._found: tuple[Any, str | None] | None = None
        self._years: dict[int, dict[date, tuple[str, ...]]] = {}
        self._weekend: frozenset[int] = frozenset()
        if not self._recalled():
            self._weekend = frozenset(self._entity[0].weekend)

    @property
    def _entity(self) -> tuple[Any, str | None]:
        if self._found is None:
            self._found = _entity(self.place)
        return self._found

    @property
    def weekend(self) -> frozenset[int]:
        """The days of the week on which the place rests; 0 is Monday."""
        return self._weekend

    def year(self, year: int) -> Mapping[date, tuple[str, ...]]:
        """Return the holidays of a year with their names."""
        if year not in self._years:
            self._years[year] = self._read(year)
            self._keep()
        return self._years[year]

    def on(self, day: date) -> tuple[str, ...]:
        """Return the names of the holidays that fall on a day."""
        return self.year(day.year).get(day, ())

    def _recalled(self) -> bool:
        kept = self.memory.recall(self.place) if self.memory else None
        if kept is None:
            return False
        years: Any = kept["years"]
        weekend: Any = kept["weekend"]
        self._weekend = frozenset(weekend)
        self._years = {
            int(year): {date.fromisoformat(day): tuple(names) for day, names in listed}
            for year, listed in years.items()
        }
        return True

    def _keep(self) -> None:
        if self.memory is not None:
            self.memory.keep(self.place, self.listed())

    def listed(self, only: Sequence[int] | None = None) -> dict[str, object]:
        """Return what was looked up, or some years of it, as values for a memory."""
        years = {
            str(year): [[str(day), list(names)] for day, names in listed.items()]
            for year, listed in sorted(self._years.items())
            if only is None or year in only
        }
        return {"weekend": sorted(self._weekend), "years": years}

    def _read(self, year: int) -> dict[date, tuple[str, ...]]:
        entity, subdivision = self._entity
        if not entity.start_year <= year <= entity.end_year:
            raise NoHolidayData(self.place, year)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            days = entity(subdiv=subdivision, years=year, language=_english(entity))
        if any("available only" in str(warning.message) for warning in caught):
            raise NoHolidayData(self.place, year)
        return {day: tuple(str(names).split("; ")) for day, names in days.items()}


def plain_name(name: str) -> str:
    """Return the name of a holiday without `(observed)` and the like."""
    return _LABELS.sub("", name)


@cache
def holiday_list(place: str) -> HolidayList:
    """Return the list of a place; raise `UnknownPlace` where there is none."""
    return HolidayList(place)


def _entity(place: str) -> tuple[Any, str | None]:
    country, _, subdivision = place.partition("-")
    found = dict(_known()).get(country)
    if found is None:
        raise UnknownPlace(place, _nearest(place, [code for code, _ in _known()]))
    entity = getattr(_module(*found), country)
    if subdivision and subdivision not in entity.subdivisions:
        parts = [f"{country}-{name}" for name in entity.subdivisions]
        raise UnknownPlace(place, _nearest(place, parts or [country]))
    return entity, subdivision or None


def _known() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each code with the folder and module of the library that hold it."""
    from holidays.registry import COUNTRIES, FINANCIAL  # noqa: PLC0415

    for module, (_, code, *_) in COUNTRIES.items():
        yield code, ("countries", module)
    for module, (_, *codes) in FINANCIAL.items():
        for code in codes:
            if code == codes[0] or re.fullmatch("X[A-Z]{3}", code):
                yield code, ("financial", module)


def _nearest(place: str, codes: list[str]) -> str:
    familiar = {"UK": "GB", "EU": "XECB", "EN": "GB-ENG", "ENG": "GB-ENG"}
    if place.upper() in familiar:
        return familiar[place.upper()]
    wanted = place.upper()

    def likeness(code: str) -> tuple[int, float]:
        pairs = zip(wanted, code, strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        return alike, SequenceMatcher(None, wanted, code).ratio()

    return max(codes, key=likeness)


def _module(folder: str, name: str) -> Any:  # noqa: ANN401 - the library's own module
    """Import one country alone, or by way of the whole package if it has moved."""
    package = importlib.util.find_spec("holidays")
    for root in (package.submodule_search_locations or ()) if package else ():
        path = Path(root) / folder / f"{name}.py"
        spec = importlib.util.spec_from_file_location(f"holidays.{folder}.{name}", path)
        if path.is_file() and spec and spec.loader:
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    return importlib.import_module(f"holidays.{folder}.{name}")


def _english(entity: Any) -> str | None:  # noqa: ANN401 - the library's own class
    """Name the language outright: left open, the library asks the environment."""
    if "en_US" in entity.supported_languages:
        return "en_US"
    language: str | None = entity.default_language
    return language
