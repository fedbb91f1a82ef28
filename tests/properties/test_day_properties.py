from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from closer.terms.days import business_days, counted, months_later, plus
from closer.terms.model import Duration, Party, Renewal, Terms, Time
from closer.terms.moments import Days
from closer.terms.values import Anchor, Offset, Period

quietly = settings(derandomize=True, max_examples=100, deadline=None)

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
holidays = st.sampled_from(["weekends only", ("US",), ("GB-ENG",), ("US", "DE-BY")])
numbers = st.integers(0, 40)
periods = st.builds(
    lambda months, some_days, business: Period(
        ((months, "month"), (some_days, "day"), (business, "business day"))
    ),
    numbers,
    numbers,
    numbers,
)
times = st.builds(
    Time,
    holidays=holidays,
    open_in=st.sampled_from(["all", "any"]),
    extra=st.lists(days, max_size=3).map(tuple),
    count_trigger_day=st.booleans(),
    clear_days=st.booleans(),
    notice_counts_from=st.sampled_from(["receipt", "dispatch"]),
)


def a_deal(time: Time, effective: date) -> Terms:
    sides = {
        name: Party(name=name, kind="company", address="Tampa")
        for name in ("client", "provider")
    }
    return Terms(
        contract="services",
        title="T",
        reference="R",
        effective=effective,
        time=time,
        parties=sides,
    )


@quietly
@given(times, days)
def test_a_day_rolls_back_to_before_it_and_forward_to_after_it(
    time: Time, day: date
) -> None:
    calendar = business_days(time)
    earlier = calendar.roll(day, "preceding").date
    later = calendar.roll(day, "following").date
    assert earlier <= day <= later
    for rolled in (earlier, later):
        assert calendar.why_not(rolled) is None
        assert calendar.roll(rolled, "following").date == rolled
    between = (earlier + timedelta(n) for n in range(1, (later - earlier).days))
    assert all(calendar.why_not(one) for one in between)


@quietly
@given(times, days)
def test_modified_following_stays_in_the_month(time: Time, day: date) -> None:
    rolled = business_days(time).roll(day, "modified following").date
    assert (rolled.year, rolled.month) == (day.year, day.month)


@quietly
@given(times, days, st.integers(1, 30))
def test_so_many_business_days_later_is_so_many_business_days_away(
    time: Time, day: date, number: int
) -> None:
    calendar = business_days(time)
    reached = calendar.add(day, number).date
    passed = (day + timedelta(n) for n in range(1, (reached - day).days + 1))
    assert sum(calendar.why_not(one) is None for one in passed) == number
    assert calendar.why_not(reached) is None


@quietly
@given(times, days, st.integers(1, 20))
def test_business_days_counted_there_and_back_come_home(
    time: Time, day: date, number: int
) -> None:
    calendar = business_days(time)
    home = calendar.roll(day, "following").date
    assert calendar.add(calendar.add(home, number).date, -number).date == home


@quietly
@given(days, st.integers(-600, 600))
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(
    day: date, months: int
) -> None:
    later = months_later(day, months)
    whole = (later.year - day.year) * 12 + later.month - day.month
    assert whole == months
    if later.day != day.day:
        assert later.day < day.day
        assert (later + timedelta(1)).day == 1


@quietly
@given(days, st.integers(1, 30), st.integers(1, 10))
def test_periods_many_times_over_are_not_chained(
    day: date, months: int, times_over: int
) -> None:
    period = Period(((months, "month"),))
    assert plus(day, period, times_over) == months_later(day, months * times_over)


@quietly
@given(times, days, periods)
def test_what_is_counted_after_a_day_is_never_before_it(
    time: Time, day: date, period: Period
) -> None:
    terms = a_deal(time, day)
    after = Days(terms).resolve(Offset(period, "after", Anchor("effective")), "x")
    before = Days(terms).resolve(Offset(period, "before", Anchor("effective")), "x")
    assert after.date is not None
    assert before.date is not None
    assert before.date <= day <= after.date


@quietly
@given(times, days, periods)
def test_each_step_of_a_count_ends_on_the_day_it_names(
    time: Time, day: date, period: Period
) -> None:
    found = counted(period, day, "after", business_days(time), time)
    if found.steps:
        named = f"{found.date.day} {found.date:%B} {found.date.year}, a {found.date:%A}"
        assert named in found.steps[-1]


@quietly
@given(times, days, periods)
def test_a_notice_is_sent_in_time_and_not_a_business_day_too_early(
    time: Time, day: date, period: Period
) -> None:
    deal = Days(a_deal(time, day))
    notice = deal.notice(deal.resolve(day, "duration.ends"), period)
    strict, safe = notice.strict.date, notice.safe.date
    assert strict is not None
    assert safe is not None
    assert safe <= strict <= day
    assert deal.calendar.why_not(safe) is None
    assert safe == max(notice.sent_by.values())
    for way, sent in notice.sent_by.items():
        assert deal.received(way, sent) <= strict
        assert deal.received(way, deal.calendar.add(sent, 1).date) > strict


@quietly
@given(days, st.sampled_from(["1 month", "6 months", "1 year", "30 days"]))
def test_every_renewal_ends_later_than_the_one_before(day: date, length: str) -> None:
    terms = a_deal(Time(holidays="weekends only"), day)
    agreed = Period.read(length)
    renewal = Renewal(for_=agreed, notice=Period.read("5 days"))
    duration = Duration(lasts=agreed, renewal=renewal)
    deal = Days(replace(terms, duration=duration))
    ends = [deal.end(number).date for number in range(6)]
    assert all(one is not None for one in ends)
    assert ends == sorted(set(ends))  # type: ignore[type-var]
