"""What blanks under `deal.` print: facts of the deal that no single term holds."""

from collections.abc import Callable, Mapping
from datetime import date

from closer.drafting.phrases import Phrase, agreed_sum, spelling
from closer.drafting.titles import Around, around
from closer.library.loading import Library
from closer.terms.days import holiday_names
from closer.terms.model import Terms, Time
from closer.terms.moments import Days, Facts
from closer.terms.money import original_price
from closer.terms.values import WEEKDAYS

COVERS: Mapping[str, tuple[str, ...]] = {
    "holidays": ("time.holidays", "time.exclude", "time.extra", "time.open_in"),
    "places": ("time.holidays", "time.open_in"),
    "any_place": ("time.holidays", "time.open_in"),
    "weekend": ("time.weekend", "time.holidays"),
    "institution": ("dispute_resolution.steps.arbitration.institution",),
    "rules": ("dispute_resolution.steps.arbitration.rules",),
    "provider": ("dispute_resolution.steps.mediation.provider",),
    "mediation_rules": (
        "dispute_resolution.steps.mediation.provider",
        "dispute_resolution.steps.mediation.rules",
    ),
}
"""Which terms each fact prints, so that none counts as lost."""


class DealFacts(dict[str, Phrase]):
    """The facts of one deal, each worked out when a blank first asks for it."""

    def __init__(self, terms: Terms, library: Library) -> None:
        super().__init__()
        self._terms = terms
        self._library = library

    def __missing__(self, key: str) -> Phrase:
        answers: dict[str, Callable[[], str]] = {
            "holidays": self._holidays,
            "places": self._places,
            "any_place": lambda: self._places("or"),
            "original_price": self._original_price,
            "weekend": self._weekend,
            "institution": lambda: self._entry("arbitration", "institution", "name"),
            "rules": self._rules,
            "provider": lambda: self._entry("mediation", "provider", "name"),
            "mediation_rules": self._mediation_rules,
            "before_title": lambda: self._around_title.before,
            "after_title": lambda: self._around_title.after,
        }
        phrase = Phrase(answers[key]())
        self[key] = phrase
        return phrase

    @property
    def _around_title(self) -> Around:
        return around(self._terms.title, self._library.phrases)

    @property
    def _time(self) -> Time:
        return self._terms.time or Time()

    def _holidays(self) -> str:
        time = self._time
        names = list(holiday_names(time, self._years()))
        spelled = spelling(self._library.phrases, self._terms.language)
        return self._list([spelled(name) for name in names if name not in time.exclude])

    def _years(self) -> range:
        """Return the years that the contract can touch, one more than it lasts."""
        days = Days(self._terms, Facts())
        start = self._terms.effective
        first = start.year if isinstance(start, date) else None
        end = days.end()
        last = end.date or end.expected
        if first is None:
            return range(_ANY_YEAR, _ANY_YEAR + 2)
        return range(first, (last.year if last else first + 1) + 2)

    def _original_price(self) -> str:
        original = original_price(self._terms)
        if original is None:
            return ""
        return agreed_sum(original, self._terms, self._library.phrases)

    def _places(self, word: str = "and") -> str:
        names = self._library.phrases["places"]
        places = self._time.holidays
        codes = (places,) if isinstance(places, str) else places
        return self._list(
            [
                str(names[code]) if code in names else _place_name(code)
                for code in codes
            ],
            word,
        )

    def _weekend(self) -> str:
        weekend = self._time.weekend or ("Saturday", "Sunday")
        return self._list([day for day in WEEKDAYS if day in weekend])

    def _list(self, names: list[str], joined: str = "and") -> str:
        if len(names) < 2:
            return "".join(names)
        word = self._library.phrases["lists"][joined]
        return f"{', '.join(names[:-1])} {word} {names[-1]}"

    def _entry(self, step: str, key: str, wanted: str) -> str:
        written = self._written(step, key)
        return str(self._library.institutions.get(written, {}).get(wanted, written))

    def _rules(self) -> str:
        institution = self._written("arbitration", "institution")
        entry = self._library.institutions.get(institution)
        subject = self._written("arbitration", "rules")
        if entry is None:
            return subject or self._rules_of("arbitration", institution)
        rules = entry.get("rules", {})
        named = rules.get(subject or "general", subject)  # type: ignore[attr-defined]
        return str(named) or self._rules_of("arbitration", str(entry["name"]))

    def _mediation_rules(self) -> str:
        provider = self._written("mediation", "provider")
        entry = self._library.institutions.get(provider, {})
        named = self._written("mediation", "rules") or entry.get("mediation_rules")
        return str(named) if named else self._rules_of("mediation", provider)

    def _rules_of(self, kind: str, name: str) -> str:
        return str(self._library.phrases["rules"][kind]).format(name=name)

    def _written(self, step: str, key: str) -> str:
        resolution = self._terms.dispute_resolution
        steps = resolution.steps if resolution else None
        value = getattr(getattr(steps, step, None), key, None)
        return "" if value is None else str(value)


_ANY_YEAR = 2026
"""A deal without a first day names the holidays of a sample year: they have names."""


def _place_name(code: str) -> str:
    """Return the name of a country or subdivision in English."""
    from babel import Locale  # noqa: PLC0415 - costs more to import than a check takes

    country, _, subdivision = code.partition("-")
    name = Locale("en").territories.get(country, country)
    return f"{name} ({subdivision})" if subdivision else str(name)
