import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from closer.terms.days import (
    BusinessDays,
    business_days,
    counted,
    holiday_names,
    plus,
    weekend_names,
)
from closer.terms.model import Time
from closer.terms.places import NoDay, NoHolidayData, UnknownPlace, holiday_list
from closer.terms.values import Period

VECTORS = {
    vector["id"]: vector
    for vector in json.loads(
        (Path(__file__).parent / "date_vectors.json").read_text("utf-8")
    )
}

NOT_OUR_RULE = {
    "mon-11": "an annuity falls on the last day of the month of filing whatever the "
    "day; terms name that day themselves",
}


def after(period: str, start: str, agreed: Time | None = None) -> date:
    agreed = agreed or Time()
    day = date.fromisoformat(start)
    return counted(
        Period.read(period), day, "after", business_days(agreed), agreed
    ).date


def before(period: str, end: str, agreed: Time | None = None) -> date:
    agreed = agreed or Time()
    day = date.fromisoformat(end)
    return counted(
        Period.read(period), day, "before", business_days(agreed), agreed
    ).date


def by_rule(name: str) -> date:
    """Count a vector with the settings of `time` that say its rule."""
    given = VECTORS[name]["input"]
    start = given.get("start") or given.get("event") or given.get("due") or given["d"]
    day = date.fromisoformat(start)
    extra = tuple(date.fromisoformat(one) for one in given.get("holidays", ()))
    if name in ("cpr-1", "cpr-5", "cpr-7"):
        clear = Time(holidays=("GB-ENG",), clear_days=True)
        unit = "business days" if name == "cpr-1" else "days"
        return before(f"{given['n']} {unit}", start, clear)
    if name == "frcp-1":
        calendar = business_days(Time(holidays=("US",)))
        return calendar.roll(after("30 days", start), "following").date
    if name.startswith("can-"):
        calendar = business_days(Time(holidays="weekends only", extra=extra))
        return calendar.roll(after(f"{given['n']} days", start), "following").date
    if name.startswith("ca-"):
        calendar = business_days(Time(holidays="weekends only", extra=extra))
        if "n" in given:
            return calendar.add(day, given["n"]).date
        return calendar.roll(day, "preceding").date
    if name.startswith("ql-"):
        calendar = business_days(Time(holidays=("ZA",)))
        how = VECTORS[name]["rule"].partition(",")[0]
        rolls = {
            "Following": "following",
            "ModifiedFollowing": "modified following",
            "Preceding": "preceding",
            "Unadjusted": "none",
        }
        moved = plus(day, Period.read("1 month"), given["n"])
        return calendar.roll(moved, rolls[how]).date  # type: ignore[arg-type]
    if name == "mon-7":
        return plus(day, Period.read("1 month"), 4)
    if name == "mon-19":
        return after("3 months", start, Time(count_trigger_day=True))
    return after(f"{given['n']} {given.get('unit', 'days')}", start)


@pytest.mark.parametrize("name", [name for name in VECTORS if name not in NOT_OUR_RULE])
def test_published_examples_come_out_as_published(name: str) -> None:
    assert by_rule(name).isoformat() == VECTORS[name]["expected"]


def test_every_published_example_is_counted_or_named_with_its_reason() -> None:
    assert set(NOT_OUR_RULE) < set(VECTORS)
    assert len(VECTORS) == 29


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2027-02-28", "3 months", "2027-05-28"),
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2026-01-31", "2 months", "2026-03-31"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "1 year and 6 months", "2025-08-29"),
        ("2026-01-31", "1 month and 1 day", "2026-03-01"),
        ("2026-08-03", "72 hours", "2026-08-06"),
        ("2026-08-07", "72 hours", "2026-08-10"),
        ("2026-08-03", "49 hours", "2026-08-06"),
        ("2026-08-03", "0 days", "2026-08-03"),
    ],
)
def test_periods_run_by_corresponding_dates(
    start: str, period: str, expected: str
) -> None:
    assert after(period, start).isoformat() == expected


def test_months_are_counted_before_days_and_business_days_last() -> None:
    agreed = Time(holidays="weekends only")
    assert after("1 month and 2 business days", "2026-01-31", agreed) == date(
        2026, 3, 3
    )


def test_the_arithmetic_is_shown_as_a_sentence() -> None:
    day = counted(
        Period.read("60 days"), date(2028, 1, 31), "before", business_days(None), None
    )
    assert day.date == date(2027, 12, 2)
    assert day.steps == (
        "60 days before 31 January 2028 is 2 December 2027, a Thursday.",
    )


def test_counting_business_days_names_the_holidays_passed_over() -> None:
    agreed = Time(holidays=("US",))
    day = counted(
        Period.read("10 business days"),
        date(2026, 10, 2),
        "after",
        business_days(agreed),
        agreed,
    )
    assert day.date == date(2026, 10, 19)
    assert day.steps == (
        (
            "10 business days after 2 October 2026 is 19 October 2026, a Monday. "
            "Passed over: 12 October 2026, Columbus Day."
        ),
    )


@pytest.mark.parametrize(
    ("period", "start", "expected"),
    [
        ("10 days", "2026-08-03", "2026-08-12"),
        ("3 months", "2012-01-17", "2012-04-16"),
        ("3 business days", "2026-08-03", "2026-08-05"),
        ("3 business days", "2026-08-01", "2026-08-05"),
        ("1 business day", "2026-08-03", "2026-08-03"),
    ],
)
def test_count_trigger_day_makes_the_starting_day_the_first(
    period: str, start: str, expected: str
) -> None:
    agreed = Time(holidays="weekends only", count_trigger_day=True)
    assert after(period, start, agreed).isoformat() == expected


def test_clear_days_leave_out_both_ends_before_an_event_only() -> None:
    agreed = Time(holidays="weekends only", clear_days=True)
    assert before("7 days", "2017-03-30", agreed) == date(2017, 3, 22)
    assert before("3 business days", "2023-10-20", agreed) == date(2023, 10, 16)
    assert after("7 days", "2017-03-30", agreed) == date(2017, 4, 6)


def test_clear_days_are_said_in_the_steps() -> None:
    agreed = Time(holidays="weekends only", clear_days=True)
    calendar = business_days(agreed)
    day = counted(Period.read("7 days"), date(2017, 3, 30), "before", calendar, agreed)
    assert day.steps[0].startswith("7 days, both ends left out, before 30 March 2017")


@pytest.mark.parametrize(
    ("day", "how", "expected"),
    [
        ("2026-09-05", "none", "2026-09-05"),
        ("2026-09-05", "following", "2026-09-08"),
        ("2026-09-05", "preceding", "2026-09-04"),
        ("2026-10-31", "following", "2026-11-02"),
        ("2026-10-31", "modified following", "2026-10-30"),
        ("2026-09-05", "modified following", "2026-09-08"),
        ("2026-09-04", "following", "2026-09-04"),
    ],
)
def test_rolls_move_a_day_as_agreed(day: str, how: str, expected: str) -> None:
    calendar = business_days(Time(holidays=("US",)))
    rolled = calendar.roll(date.fromisoformat(day), how)  # type: ignore[arg-type]
    assert rolled.date.isoformat() == expected
    assert bool(rolled.steps) == (day != expected)


def test_a_roll_says_why_the_day_moved() -> None:
    rolled = business_days(Time(holidays=("US",))).roll(date(2026, 9, 5), "following")
    assert rolled.steps == (
        (
            "5 September 2026 is a Saturday; the next business day is "
            "8 September 2026, a Tuesday. Passed over: 7 September 2026, Labor Day."
        ),
    )


@pytest.mark.parametrize(
    ("place", "day", "reason"),
    [
        ("US", "2026-07-03", "Independence Day (observed)"),
        ("XFED", "2026-07-03", None),
        ("XNYS", "2026-04-03", "Good Friday"),
        ("US", "2026-04-03", None),
        ("XECB", "2026-04-03", "Good Friday"),
        ("GB-ENG", "2026-12-28", "Boxing Day (observed)"),
        ("DE-BY", "2026-01-06", "Epiphany"),
        ("DE", "2026-01-06", None),
        ("US-FL", "2026-10-12", None),
        ("US", "2026-10-12", "Columbus Day"),
    ],
)
def test_holidays_are_those_of_the_place(
    place: str, day: str, reason: str | None
) -> None:
    calendar = business_days(Time(holidays=(place,)))  # type: ignore[arg-type]
    assert calendar.why_not(date.fromisoformat(day)) == reason


def test_one_country_loaded_alone_has_the_days_of_the_whole_library() -> None:
    import holidays  # noqa: PLC0415

    for place, whole in (
        ("US", holidays.country_holidays("US", years=2027)),
        ("US-NY", holidays.country_holidays("US", subdiv="NY", years=2027)),
        ("PR", holidays.country_holidays("PR", years=2027)),
        ("XNYS", holidays.financial_holidays("XNYS", years=2027)),
    ):
        assert set(holiday_list(place).year(2027)) == set(whole)


def test_names_of_holidays_do_not_follow_the_language_of_the_machine() -> None:
    code = (
        "from closer.terms.places import holiday_list;"
        "print(sorted(holiday_list('DE-BY').year(2027).items()))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"LANGUAGE": language, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for language in ("th", "de")
    }
    assert len(seen) == 1
    assert "Epiphany" in seen.pop()


def test_the_weekend_is_that_of_the_place_unless_it_was_agreed() -> None:
    israel = Time(holidays=("IL",))
    assert weekend_names(israel) == ("Friday", "Saturday")
    assert business_days(israel).why_not(date(2026, 8, 7)) == "Friday"
    assert business_days(israel).why_not(date(2026, 8, 9)) is None
    agreed = Time(holidays=("IL",), weekend=("Saturday", "Sunday"))
    assert business_days(agreed).why_not(date(2026, 8, 9)) == "Sunday"
    assert weekend_names(agreed) == ("Saturday", "Sunday")


def test_with_two_places_a_business_day_is_open_in_all_or_in_any_as_agreed() -> None:
    both = Time(holidays=("US", "GB-ENG"))
    assert business_days(both).why_not(date(2026, 8, 31)) == (
        "Late Summer Bank Holiday in GB-ENG"
    )
    either = Time(holidays=("US", "GB-ENG"), open_in="any")
    assert business_days(either).why_not(date(2026, 8, 31)) is None
    assert business_days(either).why_not(date(2026, 12, 25)) == "Christmas Day in US"


def test_exclude_and_extra_change_the_list() -> None:
    agreed = Time(
        holidays=("US",), exclude=("columbus day",), extra=(date(2026, 10, 13),)
    )
    calendar = business_days(agreed)
    assert calendar.why_not(date(2026, 10, 12)) is None
    assert calendar.why_not(date(2026, 10, 13)) == "a day agreed to be no business day"
    assert "Columbus Day" not in holiday_names(agreed, [2026])


def test_excluding_a_holiday_excludes_the_day_on_which_it_is_observed() -> None:
    calendar = business_days(Time(holidays=("US",), exclude=("Independence Day",)))
    assert calendar.why_not(date(2026, 7, 3)) is None


def test_holidays_are_named_once_each_in_calendar_order() -> None:
    names = holiday_names(Time(holidays=("US",)), range(2026, 2029))
    assert names == (
        "New Year's Day",
        "Martin Luther King Jr. Day",
        "Washington's Birthday",
        "Memorial Day",
        "Juneteenth National Independence Day",
        "Independence Day",
        "Labor Day",
        "Columbus Day",
        "Veterans Day",
        "Thanksgiving Day",
        "Christmas Day",
    )


def test_no_holidays_are_named_where_only_weekends_were_agreed() -> None:
    assert holiday_names(Time(holidays="weekends only"), [2026]) == ()


def test_holidays_open_in_any_place_are_those_on_which_all_are_closed() -> None:
    names = holiday_names(Time(holidays=("US", "GB-ENG"), open_in="any"), [2026])
    assert "Christmas Day" in names
    assert "Columbus Day" not in names


@pytest.mark.parametrize(
    ("place", "nearest"),
    [("UK", "GB"), ("US-FLA", "US-FL"), ("XFEX", "XFED"), ("GB-ENGLAND", "GB-ENG")],
)
def test_an_unknown_place_is_refused_with_the_nearest(place: str, nearest: str) -> None:
    with pytest.raises(UnknownPlace) as error:
        holiday_list(place)
    assert error.value.nearest == nearest


@pytest.mark.parametrize(
    ("place", "day"),
    [("US", "2150-03-01"), ("IN", "2040-03-02"), ("XECB", "1990-03-01")],
)
def test_a_year_that_the_library_does_not_know_is_no_guess(
    place: str, day: str
) -> None:
    calendar = business_days(Time(holidays=(place,)))  # type: ignore[arg-type]
    with pytest.raises(NoHolidayData) as error:
        calendar.why_not(date.fromisoformat(day))
    assert error.value.place == place
    assert error.value.year == int(day[:4])


def test_a_calendar_without_business_days_is_no_endless_search() -> None:
    never = BusinessDays(
        Time(
            weekend=(
                "Monday",
                "Tuesday",
                "Wednesday",
                "Thursday",
                "Friday",
                "Saturday",
                "Sunday",
            )
        )
    )
    with pytest.raises(NoDay):
        never.add(date(2026, 8, 3), 1)


@pytest.mark.parametrize(
    "period", ["90 years", "36000 days", "1100 months", "800000 hours"]
)
def test_a_period_that_leaves_the_calendar_is_refused(period: str) -> None:
    with pytest.raises(NoDay):
        plus(date(2026, 8, 3), Period.read(period), 100)


def test_counting_plain_days_imports_no_holidays() -> None:
    code = (
        "import sys; from datetime import date; import closer.terms.moments;"
        "from closer.terms.days import *; from closer.terms.values import Period;"
        "counted(Period.read('30 days'), date(2026, 8, 3), 'after',"
        " business_days(None), None);"
        "print([n for n in ('holidays', 'dateutil', 'yaml') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
