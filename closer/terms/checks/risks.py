"""Checks on contingencies: each has its notice, its measure and its end."""

import re
from collections.abc import Iterator
from datetime import date

from closer.problems import Problem
from closer.terms.checks.finding import found
from closer.terms.contingencies import Contingencies, ForceMajeure
from closer.terms.days import plus
from closer.terms.model import Terms
from closer.terms.places import NoDay
from closer.terms.reading import Agreed

_FORCE = "contingencies.force_majeure"
_LATE = "contingencies.late_completion"


def _risks(terms: Terms) -> Contingencies:
    return terms.contingencies or Contingencies()


def force_majeure_is_complete(agreed: Agreed) -> Iterator[Problem]:
    """Warn of force majeure without notice, without end, or that excuses payment."""
    force = _risks(agreed.terms).force_majeure
    if force is None:
        return
    if force.notice is None:
        yield found(
            agreed,
            "C01",
            _FORCE,
            "Force majeure has no notice.",
            "A party could claim relief a year later, when nobody can check it.",
            "Add notice: 5 days.",
        )
    if force.end_after is None:
        yield found(
            agreed,
            "C02",
            _FORCE,
            "Nothing says what happens when force majeure does not end.",
            "The parties could be bound for years to what can no longer be done.",
            "Add end_after: {days: 60, by: either}.",
        )
    if not any("payment" in excluded.casefold() for excluded in force.excludes):
        yield found(
            agreed,
            "C06",
            _FORCE,
            "Force majeure excuses the payment of money too.",
            "A storm seldom stops a bank transfer; lack of money is no force majeure.",
            "Add excludes: [payment of money].",
        )


def the_long_stop_comes_after_the_notice(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a right to end the contract before notice of the reason was due."""
    force = _risks(agreed.terms).force_majeure
    if force and force.end_after and force.end_after.days < _days_of_notice(force):
        yield found(
            agreed,
            "C30",
            f"{_FORCE}.end_after.days",
            f"The contract can be ended after {force.end_after.days} days, before the "
            f"notice of {force.notice} has run.",
            "A party could end it for a reason of which the other need not yet know.",
            "Lengthen end_after or shorten the notice.",
        )


def _days_of_notice(force: ForceMajeure) -> int:
    """Return the fewest calendar days of the notice; business days count as days."""
    if force.notice is None:
        return 0
    start = date(2001, 2, 1)
    business = sum(n for n, unit in force.notice.parts if unit == "business day")
    try:
        return (plus(start, force.notice) - start).days + business
    except NoDay:
        return 10**6


def delay_damages_are_bounded(agreed: Agreed) -> Iterator[Problem]:
    """Warn of damages for delay without a cap."""
    late = _risks(agreed.terms).late_completion
    if late and late.cap is None:
        yield found(
            agreed,
            "C03",
            _LATE,
            "The damages for delay have no cap.",
            "Without one they can outgrow the price, and a court may strike them down.",
            "Add cap: 5%, or a sum.",
        )


def grace_and_what_follows_agree(agreed: Agreed) -> Iterator[Problem]:
    """Hold the days of grace against the day from which damages run."""
    late = _risks(agreed.terms).late_completion
    words = re.search(r"\bday (\d+)\b", late.after_grace or "") if late else None
    if late is None or words is None:
        return
    days = sum(number for number, _ in late.grace.parts) if late.grace else 0
    if late.grace and any(unit != "day" for _, unit in late.grace.parts):
        return
    if int(words[1]) not in (1, days + 1):
        yield found(
            agreed,
            "C31",
            f"{_LATE}.after_grace",
            f"Damages run {late.after_grace}, but the grace is "
            f"{late.grace or 'not given'}.",
            "Two statements of one day that differ are a dispute about that day.",
            f"Write from day {days + 1}, or from day 1 if the grace is lost once it "
            "has passed.",
        )


def weather_can_be_measured(agreed: Agreed) -> Iterator[Problem]:
    """Warn of weather that no station measures, or without a normal month."""
    weather = _risks(agreed.terms).weather
    missing = [
        key
        for key in ("measured_at", "beyond")
        if weather and getattr(weather, key) is None
    ]
    if missing:
        yield found(
            agreed,
            "C13",
            "contingencies.weather",
            f"Nothing says {' or '.join(_WEATHER[key] for key in missing)}.",
            "Without a witness and a normal month every wet day is argued.",
            f"Add {' and '.join(missing)}.",
        )


_WEATHER = {
    "measured_at": "who measures the weather",
    "beyond": "how much bad weather is normal",
}

CHECKS = (
    force_majeure_is_complete,
    the_long_stop_comes_after_the_notice,
    delay_damages_are_bounded,
    grace_and_what_follows_agree,
    weather_can_be_measured,
)
