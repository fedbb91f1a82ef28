"""Checks on how days are counted: holidays, business days, hours, zone, language."""

from collections.abc import Callable, Iterator
from functools import partial
from zoneinfo import ZoneInfo, available_timezones

from msgspec.structs import replace

from closer.problems import Problem
from closer.terms.checks.finding import found, moments, nearest, told, walk
from closer.terms.days import holiday_names
from closer.terms.model import Terms
from closer.terms.moments import Days, Resolved
from closer.terms.places import NoDay, UnknownPlace, holiday_list, plain_name
from closer.terms.reading import Agreed
from closer.terms.rhythms import Rhythm
from closer.terms.values import Anchor, Extreme, Offset, Period, Rate

_WEEKENDS = "weekends only"


def places_are_known(agreed: Agreed) -> Iterator[Problem]:
    """Hold each place of the list against those whose holidays are known."""
    for path, error in _unknown_places(agreed.terms):
        yield found(agreed, error.code, path, error.what, error.why, error.remedy)


def _unknown_places(terms: Terms) -> Iterator[tuple[str, NoDay]]:
    listed = terms.time.holidays if terms.time else _WEEKENDS
    if listed == _WEEKENDS:
        return
    for index, place in enumerate(listed):
        try:
            holiday_list(place)
        except UnknownPlace as error:
            yield f"time.holidays.{index}", error


def business_days_have_a_list(agreed: Agreed) -> Iterator[Problem]:
    """Refuse business days where nothing says which days are holidays."""
    time = agreed.terms.time
    if time and time.holidays:
        return
    for path, value in walk(agreed.terms):
        if _in_business_days(value) and agreed.source.has(path):
            yield found(
                agreed,
                "D05",
                path,
                "Business days are counted here; nothing says which days those are.",
                "Two calendars give two last days.",
                "Add time: {holidays: [US]} with the place, or weekends only.",
            )


def _in_business_days(value: object) -> bool:
    if isinstance(value, Rhythm):
        return _in_business_days(value.start) or _in_business_days(value.until)
    if isinstance(value, Offset):
        return _in_business_days(value.period) or _in_business_days(value.of)
    if isinstance(value, Extreme):
        return any(_in_business_days(one) for one in value.of)
    if isinstance(value, Rate):
        return value.per == "business day"
    parts = value.parts if isinstance(value, Period) else ()
    return any(unit == "business day" for _, unit in parts)


def excluded_holidays_are_in_the_list(agreed: Agreed) -> Iterator[Problem]:
    """Hold the holidays that count as business days against those of the places."""
    time = agreed.terms.time
    if time is None or not time.exclude or any(_unknown_places(agreed.terms)):
        return
    try:
        kept = holiday_names(replace(time, exclude=()), _years(agreed.terms))
    except NoDay:
        return
    known = {plain_name(name).casefold(): name for name in kept}
    for index, name in enumerate(time.exclude):
        if plain_name(name).casefold() not in known:
            yield found(
                agreed,
                "D39",
                f"time.exclude.{index}",
                f"{name!r} is no holiday of the places listed.",
                "What is left out must be there, or the parties mean another day.",
                nearest(name, list(known.values()))
                + f"The holidays are: {', '.join(kept)}.",
            )


def days_can_be_told(agreed: Agreed) -> Iterator[Problem]:
    """Refuse days in years whose holidays nobody knows yet."""
    if any(_unknown_places(agreed.terms)):
        return
    said = set[str]()
    for path, find in _every_day(agreed.terms):
        try:
            find()
        except NoDay as error:
            if error.what not in said:
                yield found(
                    agreed, error.code, path, error.what, error.why, error.remedy
                )
            said.add(error.what)


def _every_day(terms: Terms) -> Iterator[tuple[str, Callable[[], Resolved]]]:
    days = Days(terms)
    for path, moment in moments(terms):
        yield path, partial(days.resolve, moment, path)
    for key in terms.price.payments if terms.price else ():
        yield f"price.payments.{key}", partial(days.payment, key)
    if terms.duration:
        yield "duration", days.end
        yield "duration.renewal", partial(_notice_of_renewal, days)


def _notice_of_renewal(days: Days) -> Resolved:
    notice = days.non_renewal(1)
    return notice.safe if notice else Resolved(None)


def meetings_at_an_hour_have_a_zone(agreed: Agreed) -> Iterator[Problem]:
    """Ask for a time zone where anything happens at an hour."""
    if agreed.terms.timezone is not None:
        return
    for path, value in walk(agreed.terms):
        if isinstance(value, Rhythm) and value.at:
            yield found(
                agreed,
                "D11",
                path,
                f"This happens at {value.at:%H:%M}, and the deal has no time zone.",
                "On whose clock?",
                "Add timezone: America/New_York, or the zone of the place.",
            )


def the_zone_is_known(agreed: Agreed) -> Iterator[Problem]:
    """Hold the time zone against the tz database."""
    zone = agreed.terms.timezone
    if zone is None:
        return
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        yield found(
            agreed,
            "D34",
            "timezone",
            f"{zone!r} is no time zone.",
            "An hour on an unknown clock cannot be put into a calendar.",
            nearest(zone, sorted(available_timezones()))
            + "Write a name of the tz database, such as America/New_York.",
        )


def the_language_is_english(agreed: Agreed) -> Iterator[Problem]:
    """Refuse a language in which there are no clauses."""
    if not agreed.terms.language.startswith("en-"):
        yield found(
            agreed,
            "N06",
            "language",
            f"There are no clauses in {agreed.terms.language!r}.",
            "A contract cannot be drafted in a language without clauses.",
            "Write en-US or en-GB.",
        )


def _years(terms: Terms) -> range:
    effective = told(partial(Days(terms).resolve, Anchor("effective"), "effective"))
    first = effective.year if effective else 2026
    return range(first, first + 3)


CHECKS = (
    places_are_known,
    business_days_have_a_list,
    excluded_holidays_are_in_the_list,
    days_can_be_told,
    meetings_at_an_hour_have_a_zone,
    the_zone_is_known,
    the_language_is_english,
)
