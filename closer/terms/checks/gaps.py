"""Warnings of what parties forget: it is allowed, and it is regretted."""

from collections.abc import Iterator
from datetime import date

from closer.problems import Problem
from closer.terms.checks.finding import found, walk
from closer.terms.model import Terms
from closer.terms.reading import Agreed
from closer.terms.values import Period

_STEPS = "dispute_resolution.steps"
_LATE = "contingencies.late_completion"


def steps_leave_room_for_urgent_relief(agreed: Agreed) -> Iterator[Problem]:
    """Warn of steps that must come first and leave no way to a court in a hurry."""
    disputes = agreed.terms.dispute_resolution
    steps = disputes.steps if disputes else None
    if disputes is None or steps is None or disputes.urgent_relief:
        return
    if disputes.steps_are == "precondition" and len(steps.order) > 1:
        yield found(
            agreed,
            "P14",
            "dispute_resolution.steps",
            "Nobody may ask a court for urgent relief before the steps have ended.",
            "What must be stopped today cannot wait for a mediation.",
            "Add urgent_relief: yes.",
        )


def the_law_of_the_arbitration_is_named(agreed: Agreed) -> Iterator[Problem]:
    """Warn where seat and governing law lie apart and nothing says which law rules."""
    disputes = agreed.terms.dispute_resolution
    arbitration = disputes.steps.arbitration if disputes and disputes.steps else None
    if disputes is None or arbitration is None or not arbitration.seat:
        return
    law = disputes.governing_law.casefold().removeprefix("the state of ")
    law = law.removeprefix("the law of ").removeprefix("the laws of ")
    if arbitration.law is None and law not in arbitration.seat.casefold():
        yield found(
            agreed,
            "P16",
            f"{_STEPS}.arbitration",
            f"The seat is {arbitration.seat}, the governing law "
            f"{disputes.governing_law}; nothing says which law the arbitration "
            "agreement has.",
            "Courts have answered that question in three different ways.",
            f"Add law: {disputes.governing_law}, or the law of the seat.",
        )


def an_arbitration_across_borders_has_a_language(agreed: Agreed) -> Iterator[Problem]:
    """Warn of parties of several countries who name no language."""
    disputes = agreed.terms.dispute_resolution
    arbitration = disputes.steps.arbitration if disputes and disputes.steps else None
    countries = {
        party.address.rpartition(",")[2].strip().casefold()
        for party in agreed.terms.parties.values()
        if "," in party.address
    }
    if arbitration and arbitration.language is None and len(countries) > 1:
        yield found(
            agreed,
            "P17",
            f"{_STEPS}.arbitration",
            "The parties are in different countries, and the arbitration has no "
            "language.",
            "Each side would file in its own.",
            "Add language: English.",
        )


def a_consumer_keeps_the_small_claims_court(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a consumer who must arbitrate even the smallest claim."""
    disputes = agreed.terms.dispute_resolution
    arbitration = disputes.steps.arbitration if disputes and disputes.steps else None
    if arbitration and disputes and not disputes.small_claims and _consumer(agreed):
        yield found(
            agreed,
            "P27",
            f"{_STEPS}.arbitration",
            "A consumer must arbitrate, and not even small claims are left out.",
            "Rules for consumers keep the small claims court open.",
            "Add small_claims: yes, and have the clause read by who knows the place.",
        )


def _consumer(agreed: Agreed) -> bool:
    return any(p.acts_as == "consumer" for p in agreed.terms.parties.values())


def renewal_of_a_consumer_is_told(agreed: Agreed) -> Iterator[Problem]:
    """Warn of an automatic renewal against a consumer."""
    duration = agreed.terms.duration
    if duration and duration.renewal and _consumer(agreed):
        yield found(
            agreed,
            "R01",
            "duration.renewal",
            "The contract of a consumer renews itself.",
            "Many places want a reminder before it does, or the renewal is void.",
            "Ask someone who knows the law of the place; keep the calendar's reminder.",
        )


def delay_damages_leave_room_for_time(agreed: Agreed) -> Iterator[Problem]:
    """Warn of damages for delay where nothing gives more time."""
    risks = agreed.terms.contingencies
    late = risks.late_completion if risks else None
    if risks is None or late is None:
        return
    others = (
        risks.force_majeure,
        risks.weather,
        risks.owner_delay,
        risks.site_conditions,
    )
    if all(one is None or one.relief == "none" for one in others):
        yield found(
            agreed,
            "C04",
            _LATE,
            "Delay costs damages, and nothing gives more time.",
            "If the other side causes the delay, the day may cease to bind at all.",
            "Add owner_delay or force_majeure with relief: day for day.",
        )
    if late.sole_remedy == "for delay" and late.cap is None:
        yield found(
            agreed,
            "C05",
            f"{_LATE}.sole_remedy",
            "Damages for delay are the sole remedy and have no cap.",
            "Then they bound nothing, for either side.",
            "Add cap: 5%, or sole_remedy: no.",
        )


def insurance_is_shown(agreed: Agreed) -> Iterator[Problem]:
    """Warn of insurance of which nobody ever sees a certificate."""
    insurance = agreed.terms.insurance
    if insurance and insurance.certificate is None:
        yield found(
            agreed,
            "C10",
            "insurance",
            "Nothing says when the certificate of insurance is handed over.",
            "An insurance that nobody has seen is found missing after the loss.",
            "Add certificate: 5 days before effective.",
        )


def months_are_counted_from_days_that_all_have(agreed: Agreed) -> Iterator[Problem]:
    """Warn of months counted from a day that shorter months do not have."""
    effective = agreed.terms.effective
    if not isinstance(effective, date) or effective.day < _LAST_OF_ALL:
        return
    path = _first_in_months(agreed.terms)
    if path is not None:
        yield found(
            agreed,
            "D09",
            "effective",
            f"Months are counted ({path}) from day {effective.day}, which some months "
            "do not have.",
            "The count then ends on the last day of a short month; say so aloud once.",
            "Begin on day 28 or earlier, or keep it knowingly.",
        )


_LAST_OF_ALL = 29


def _first_in_months(terms: Terms) -> str | None:
    for path, value in walk(terms.duration, "duration"):
        parts = value.parts if isinstance(value, Period) else ()
        if any(unit in ("month", "quarter") for _, unit in parts):
            return path
    return None


CHECKS = (
    steps_leave_room_for_urgent_relief,
    the_law_of_the_arbitration_is_named,
    an_arbitration_across_borders_has_a_language,
    a_consumer_keeps_the_small_claims_court,
    renewal_of_a_consumer_is_told,
    delay_damages_leave_room_for_time,
    insurance_is_shown,
    months_are_counted_from_days_that_all_have,
)
