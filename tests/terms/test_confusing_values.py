import pytest
from a_deal import a_deal

from closer.terms.amounts import Money, Unreadable, read_amount, read_cap
from closer.terms.checks import check
from closer.terms.kinds import Zone
from closer.terms.scalars import KINDS
from closer.terms.values import Period, read_date, read_moment


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("EUR 12.000,00", "EUR 12,000.00"),
        ("1'234'567", "EUR 1,234,567.00"),
        ("48 500,50", "EUR 48,500.50"),
    ],
)
def test_a_sum_with_the_points_of_another_country_is_said_in_ours(
    written: str, meant: str
) -> None:
    with pytest.raises(Unreadable) as error:
        Money.read(written, "EUR")
    assert error.value.remedy.endswith(f": {meant}.")


def test_what_is_no_amount_is_told_all_that_can_stand_there() -> None:
    with pytest.raises(Unreadable) as error:
        read_amount("1/3", "USD")
    assert error.value.remedy == "Write it like USD 48,500.00, 10% or rest."
    with pytest.raises(Unreadable) as error:
        read_cap("one third", "USD")
    assert error.value.remedy == "Write it like USD 48,500.00 or 10%."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 Feb 2026", "2026-02-01"),
        ("February 1, 2026", "2026-02-01"),
        ("2 weeks after 1st March 2026", "2026-03-01"),
        ("the later of 1 March 2026 and signing", "2026-03-01"),
    ],
)
def test_a_date_in_words_is_answered_with_the_date(written: str, meant: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_moment(written)
    assert error.value.remedy == f"Write year, month, day: {meant}."


def test_a_date_in_words_where_only_a_date_can_stand_is_answered_too() -> None:
    with pytest.raises(Unreadable) as error:
        read_date("3 May 2026")
    assert error.value.remedy == "Write year, month, day: 2026-05-03."
    with pytest.raises(Unreadable) as error:
        read_date("30 February 2026")
    assert error.value.what == "'30 February 2026' is no date."


def test_a_period_alone_is_asked_from_when_it_runs() -> None:
    with pytest.raises(Unreadable) as error:
        read_moment("14 days")
    assert error.value.what == "'14 days' does not say from when it is counted."
    assert "14 days after signing" in error.value.remedy


@pytest.mark.parametrize(
    ("written", "zone"),
    [("London", "Europe/London"), ("new york", "America/New_York")],
)
def test_a_city_is_answered_with_its_time_zone(written: str, zone: str) -> None:
    with pytest.raises(Unreadable) as error:
        KINDS[Zone].read(written, None)
    assert error.value.remedy == f"Did you mean {zone}?"
    with pytest.raises(Unreadable, match="no time zone"):
        KINDS[Zone].read("Atlantis", None)


def test_a_known_party_is_not_taken_for_a_role() -> None:
    agreed = a_deal("obligations: {a: {owner: owner, what: pay, due: effective}}")
    [found] = [problem for problem in check(agreed) if problem.code == "N01"]
    assert found.remedy == "Write one of client, provider, both."


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("30 days after invoice", "Write 30 days, the length alone."),
        ("1 month from receipt", "Write 1 month, the length alone."),
        ("10 working days", "Write 10 business days."),
    ],
)
def test_a_length_with_its_beginning_or_in_working_days_is_put_right(
    written: str, remedy: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        Period.read(written)
    assert refused.value.remedy == remedy
