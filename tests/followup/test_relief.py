from datetime import date

import pytest

from closer.followup.relief import Relief, relief
from closer.terms.change import Circumstance, NoticeGiven
from closer.terms.moments import Days
from closer.terms.reading import read_terms

DEAL = """
contract: construction
title: Remodel Agreement
reference: HOM-1
effective: 2026-08-03
currency: USD
time: {holidays: [US]}
parties:
  client: {name: Whitfield LLC, kind: company, address: Tampa,
           notices: {email: a@x.example}}
  contractor: {name: Gulf LLC, kind: company, address: Tampa,
               notices: {email: b@x.example}}
milestones:
  garage: {title: Garage complete, owner: contractor, due: DUE}
  shed: {title: Shed complete, owner: contractor, due: 2026-12-01,
         exposed_to: [weather]}
contingencies:
  force_majeure: {causes: [hurricane], notice: 5 days, relief: day for day,
                  end_after: {days: 60, by: either} FIELDS}
  weather: {threshold: 25 mm, beyond: 4 days a month, relief: day for day,
            notice: 2 days}
  owner_delay: {notice: 5 days, relief: time and cost}
"""
STORM = {
    "under": "contingencies.force_majeure",
    "what": "Hurricane Imelda closed the site",
    "began": date(2026, 9, 24),
    "last_day_lost": date(2026, 10, 1),
    "notice": NoticeGiven(given=date(2026, 9, 25), by="contractor", how="email"),
    "affects": ("milestones.garage",),
}


def _days(fields: str = "", due: str = "2026-10-02") -> Days:
    text = DEAL.replace("FIELDS", f", {fields}" if fields else "").replace("DUE", due)
    agreed, problems = read_terms(text, "agreed.yaml")
    assert agreed is not None, [str(problem) for problem in problems]
    return Days(agreed.terms)


def _given(fields: str = "", **other: object) -> Relief:
    days = _days(fields)
    circumstance = Circumstance(**{**STORM, **other})  # type: ignore[arg-type]
    after = _days(fields, "2026-10-16")
    return relief(days.terms, circumstance, days, after=after)


def _late(how: str = "email") -> NoticeGiven:
    return NoticeGiven(given=date(2026, 9, 30), by="contractor", how=how)  # type: ignore[arg-type]


def test_calendar_days_count_with_the_first_and_the_last() -> None:
    answer = _given()
    assert [str(day.date) for day in answer.lost] == [
        *(f"2026-09-{day}" for day in range(24, 31)),
        "2026-10-01",
    ]
    assert answer.given == 8


def test_what_was_agreed_beyond_the_contract_is_told() -> None:
    (garage,) = _given().extended
    assert (garage.title, garage.given, garage.agreed, garage.beyond) == (
        "Garage complete",
        8,
        14,
        6,
    )


def test_working_days_leave_out_weekends_and_say_why() -> None:
    answer = _given("counts: working days")
    assert answer.given == 6
    assert [(day.weekday, day.counted) for day in answer.lost[2:4]] == [
        ("Saturday", False),
        ("Sunday", False),
    ]
    assert answer.lost[2].why_not == "Saturday"


def test_a_holiday_that_is_no_working_day_is_named() -> None:
    answer = _given(
        "counts: working days, late_notice: no effect",
        began=date(2026, 9, 4),
        last_day_lost=date(2026, 9, 8),
    )
    assert answer.lost[3].why_not == "Labor Day"
    assert answer.given == 2


def test_work_resumed_means_that_the_day_before_was_the_last_one_lost() -> None:
    answer = _given(last_day_lost=None, work_resumed=date(2026, 10, 2))
    assert answer.given == 8


def test_a_notice_in_time_is_told_with_its_days() -> None:
    notice = _given().notice
    assert (notice.clock, notice.last, notice.received, notice.in_time) == (
        date(2026, 9, 24),
        date(2026, 9, 29),
        date(2026, 9, 25),
        True,
    )
    assert notice.steps


def test_a_notice_on_a_weekend_counts_from_the_next_business_day() -> None:
    notice = NoticeGiven(given=date(2026, 9, 26), by="contractor", how="email")
    assert _given(notice=notice).notice.received == date(2026, 9, 28)


def test_a_notice_by_post_counts_when_it_is_deemed_received() -> None:
    answer = _given("notice_from: began", notice=_late("post"))
    assert answer.notice.received == date(2026, 10, 7)
    assert answer.notice.in_time is False


@pytest.mark.parametrize(
    ("late_notice", "effect", "given"),
    [
        pytest.param("no effect", "full", 8, id="which_does_no_harm"),
        pytest.param("relief lost", "lost", 0, id="which_loses_everything"),
        pytest.param("relief from notice only", "from notice", 2, id="which_cuts_days"),
    ],
)
def test_a_late_notice_does_what_the_parties_agreed(
    late_notice: str, effect: str, given: int
) -> None:
    answer = _given(f"notice_from: began, late_notice: {late_notice}", notice=_late())
    assert (answer.effect, answer.given) == (effect, given)


def test_days_before_a_late_notice_say_that_they_lie_before_it() -> None:
    answer = _given("notice_from: began", notice=_late())
    assert [day.reason for day in answer.lost] == ["before notice"] * 6 + ["", ""]


def test_a_late_notice_is_undetermined_where_nobody_says_who_knew_when() -> None:
    answer = _given(notice=_late())
    assert answer.notice.in_time is None
    assert answer.given is None
    assert answer.undetermined == ("circumstance.aware",)


def test_a_notice_that_nobody_states_makes_the_answer_undetermined() -> None:
    answer = _given(notice=None)
    assert answer.effect == "undetermined"
    assert answer.undetermined == ("circumstance.notice.given",)
    assert answer.notice.last == date(2026, 9, 29)


def test_a_missing_notice_does_not_matter_where_late_notice_has_no_effect() -> None:
    assert _given("late_notice: no effect", notice=None).given == 8


def test_an_end_that_nobody_states_is_named_and_never_guessed() -> None:
    answer = _given(last_day_lost=None)
    assert (answer.given, answer.lost) == (None, ())
    assert answer.undetermined == ("circumstance.last_day_lost",)


def test_days_that_count_only_beyond_a_measure_in_words_are_undetermined() -> None:
    answer = _given(under="contingencies.weather", affects=("milestones.shed",))
    assert answer.undetermined == ("contingencies.weather.beyond",)
    assert answer.given is None


def test_a_milestone_that_is_not_exposed_gets_nothing() -> None:
    (shed,) = _given(affects=("milestones.shed",)).extended
    assert (shed.exposed, shed.given) == (False, 0)


def test_where_only_critical_days_count_the_milestones_moved_must_be_named() -> None:
    assert _given(affects=()).undetermined == ("circumstance.affects",)


def test_relief_in_time_and_cost_says_so() -> None:
    answer = _given(under="contingencies.owner_delay")
    assert (answer.cost, answer.given) == (True, 8)


def test_a_contingency_without_relief_gives_no_day() -> None:
    days = _days()
    terms = days.terms
    none = type(terms)(
        **{
            name: getattr(terms, name)
            for name in terms.__struct_fields__
            if name != "contingencies"
        }
    )
    answer = relief(none, Circumstance(**STORM), days)  # type: ignore[arg-type]
    assert answer.undetermined == ("contingencies.force_majeure",)


def test_the_day_after_which_the_contract_may_end_is_told() -> None:
    assert _given().long_stop == date(2026, 11, 22)


def test_where_the_clock_runs_from_knowledge_the_day_of_it_decides() -> None:
    unsure = _given(notice=_late())
    assert unsure.notice.in_time is None
    assert unsure.undetermined == ("circumstance.aware",)
    known = _given(notice=_late(), aware=date(2026, 9, 26))
    assert known.notice.clock == date(2026, 9, 26)
    assert known.notice.in_time
    assert known.given == 8
