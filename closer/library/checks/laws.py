"""A deal held against what is known of laws and seats: it warns, it never forbids."""

from collections.abc import Iterator, Mapping
from datetime import date

from closer.library.shapes import Library
from closer.problems import Problem
from closer.terms.days import plus
from closer.terms.paths import value_at
from closer.terms.places import NoDay
from closer.terms.reading import Agreed
from closer.terms.values import Period

_STEPS = "dispute_resolution.steps"
_OUTSIDE = "outside-the-convention"
_NINETY = 90
Law = Mapping[str, object]


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def law_of(library: Library, said: str) -> tuple[str, Law] | None:
    """Return the law that a text names, by its name or one of its spellings."""
    plain = plain_name(said)
    for name, law in library.laws.items():
        names = [name, *_texts(law.get("names"))]
        if plain in [each.casefold() for each in names]:
            return name, law
    return None


def plain_name(said: str) -> str:
    """Return how a law is named, without what people write around it."""
    plain = " ".join(said.replace(",", " ").split()).casefold().removeprefix("the ")
    return plain.removeprefix("laws of ").removeprefix("law of ").removeprefix("the ")


def _named_in(library: Library, said: str) -> tuple[str, Law] | None:
    """Return the law of a seat: a city of it, or its own name in the text."""
    for name, law in library.laws.items():
        if name != _OUTSIDE and name.casefold() in said.casefold():
            return name, law
    for name, law in library.laws.items():
        cities = [city.casefold() for city in _texts(law.get("seats"))]
        if name != _OUTSIDE and said.partition(",")[0].casefold() in cities:
            return name, law
    return None


def _warn(
    agreed: Agreed, code: str, path: str, what: str, why: str, do: str
) -> Problem:
    return Problem(code, agreed.source.place(path), path, what, why, do)


def promises_hold_under_the_law(agreed: Agreed, library: Library) -> Iterator[Problem]:
    """Warn of promises that the governing law often does not enforce."""
    disputes = agreed.terms.dispute_resolution
    known = law_of(library, disputes.governing_law) if disputes else None
    if known is None:
        return
    name, law = known
    rules = _texts(law.get("rules"))
    as_of = f"(as of {law.get('as_of')}); ask someone who knows {name}."
    types = _texts(law.get("reminder_in")) or [agreed.terms.contract]
    if agreed.terms.contract not in types or not _renews_long(agreed, law):
        rules = [rule for rule in rules if rule != "renewal reminder"]
    for rule, code, path, remedy in _PROMISES:
        if rule in rules and value_at(agreed.terms, path) not in (None, "kept"):
            what = f"{_WORDS[rule]} in {name} {as_of}"
            why = "What a court does not enforce protects nobody."
            yield _warn(agreed, code, path, what, why, remedy)
    rate = agreed.terms.price.late_interest if agreed.terms.price else None
    if "yearly rate" in rules and rate and rate.per != "year":
        what = f"Interest {rate} may be cut where no yearly rate stands beside it, in "
        why = "A court may allow a few per cent a year instead."
        path = "price.late_interest"
        do = "Write the rate per year, like 12% per year."
        yield _warn(agreed, "T01", path, f"{what}{name} {as_of}", why, do)
    if "notice bar" in rules:
        yield from _notice_bars(agreed, name, as_of)
    if "claim bar" in rules:
        yield from _claim_bar(agreed, name, law, as_of)


def _renews_long(agreed: Agreed, law: Law) -> bool:
    """Whether a renewal is longer than the longest for which no reminder is asked."""
    over, duration = law.get("reminder_over"), agreed.terms.duration
    if over is None or duration is None or duration.renewal is None:
        return True
    longest = plus(_SOME_DAY, Period.read(str(over)))
    try:
        return plus(_SOME_DAY, duration.renewal.for_) > longest
    except NoDay:
        return True


_SOME_DAY = date(2001, 2, 1)
_WORDS = {
    "renewal reminder": "A renewal of which the provider did not remind the customer "
    "in time is often not enforced",
    "standstill before dispute": "A pause of limitation that is agreed before the "
    "dispute is often not enforced",
    "jury waiver": "A jury waiver before the dispute is often not enforced",
    "non-compete": "A non-compete is often not enforced",
}
_PROMISES = (
    (
        "standstill before dispute",
        "P24",
        "dispute_resolution.pauses_limitation",
        "Keep it, and sign a standstill as soon as a dispute has arisen.",
    ),
    (
        "renewal reminder",
        "R01",
        "duration.renewal",
        "Let the provider send a reminder before the last day for notice.",
    ),
    (
        "jury waiver",
        "P25",
        f"{_STEPS}.court.jury",
        "Write jury: kept, or agree on arbitration.",
    ),
    (
        "non-compete",
        "K10",
        "restraints.non_compete",
        "Protect secrets and customers by confidentiality and non-solicitation.",
    ),
)


def _notice_bars(agreed: Agreed, law: str, as_of: str) -> Iterator[Problem]:
    """Warn of each contingency whose short notice would cost the whole relief."""
    risks = agreed.terms.contingencies
    for name in risks.__struct_fields__ if risks else ():
        row = getattr(risks, name)
        notice = getattr(row, "notice", None)
        strict = getattr(row, "late_notice", "") == "relief lost"
        if strict and isinstance(notice, Period) and _short(notice):
            path = f"contingencies.{name}.late_notice"
            what = f"A short notice that bars a claim is often not enforced in {law} "
            why = "The relief may be owed although nobody gave notice in time."
            do = "Write late_notice: relief from notice only."
            yield _warn(agreed, "C15", path, what + as_of, why, do)


def _claim_bar(agreed: Agreed, name: str, law: Law, as_of: str) -> Iterator[Problem]:
    """Warn of an agreed time for claims that the law does not let be so short."""
    disputes = agreed.terms.dispute_resolution
    within = disputes.claims_within if disputes else None
    least = law.get("claim_bar_under")
    if within is None:
        return
    if least and plus(_SOME_DAY, within) >= plus(_SOME_DAY, Period.read(str(least))):
        return
    short = f"A time for claims shorter than {least}" if least else "A time for claims"
    what = f"{short}, agreed beforehand, is often not enforced in {name} {as_of}"
    why = "A claim that was given up as too late may still be brought, by either side."
    path = "dispute_resolution.claims_within"
    yield _warn(agreed, "P42", path, what, why, "Leave it out, or make it longer.")


def _short(notice: Period) -> bool:
    per = {"hour": 0, "day": 1, "business day": 1, "week": 7, "month": 30, "year": 365}
    return sum(number * per[unit] for number, unit in notice.parts) < _NINETY


def the_seat_is_known(agreed: Agreed, library: Library) -> Iterator[Problem]:
    """Warn of a seat under another law, or where an award may be worth nothing."""
    disputes = agreed.terms.dispute_resolution
    arbitration = disputes.steps.arbitration if disputes and disputes.steps else None
    if disputes is None or arbitration is None or not arbitration.seat:
        return
    if not library.laws:
        return
    seat = arbitration.seat
    path = f"{_STEPS}.arbitration.seat"
    outside = _texts(library.laws.get(_OUTSIDE, {}).get("seats"))
    if any(place.casefold() in seat.casefold() for place in outside):
        what = f"{seat} may lie outside the New York Convention on arbitral awards."
        why = "An award made there may not be enforced where the other side has assets."
        yield _warn(agreed, "P26", path, what, why, "Choose a seat in another country.")
    of_seat = _named_in(library, seat)
    contract = law_of(library, disputes.governing_law)
    foreign = of_seat is None or contract is None or of_seat[0] != contract[0]
    said = disputes.governing_law.casefold() in seat.casefold()
    if arbitration.law is None and foreign and not said:
        what = f"The seat is {seat}, and the contract has the law of another place."
        why = "Which law governs the agreement to arbitrate would be disputed first."
        do = f"Add law: the law of {seat.rpartition(',')[2].strip()}, or another."
        yield _warn(agreed, "P16", f"{_STEPS}.arbitration", what, why, do)
    if disputes.small_claims and of_seat and of_seat[1].get("country") != "US":
        what = f"small_claims with a seat in {seat} means something else there."
        why = "Small-claims courts are an American thing; elsewhere the words mislead."
        do = "Leave small_claims out, or list what goes to court under not_covered."
        yield _warn(agreed, "P30", "dispute_resolution.small_claims", what, why, do)


_WITH_CIVIL_JURIES = ("US", "CA")


def a_jury_is_there_to_speak_of(agreed: Agreed, library: Library) -> Iterator[Problem]:
    """Warn of words on a jury under a law that knows none in such a case."""
    disputes = agreed.terms.dispute_resolution
    court = disputes.steps.court if disputes and disputes.steps else None
    known = law_of(library, disputes.governing_law) if disputes else None
    if court is None or court.jury is None or known is None:
        return
    name, law = known
    if law.get("country") not in _WITH_CIVIL_JURIES:
        what = f"Words on a jury have hardly a sense under the law of {name}."
        why = "A contract case is decided there by judges; the words mislead."
        do = "Leave jury out."
        yield _warn(agreed, "P30", f"{_STEPS}.court.jury", what, why, do)


CHECKS = (promises_hold_under_the_law, the_seat_is_known, a_jury_is_there_to_speak_of)
