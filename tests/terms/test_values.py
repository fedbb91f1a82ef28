"""Single values: what is read, how it is written back, what is refused and why."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest

from closer.terms.values import (
    Anchor,
    Extreme,
    Money,
    Offset,
    Period,
    Rate,
    Rest,
    Sending,
    Share,
    Unreadable,
    read_amount,
    read_cap,
    read_date,
    read_moment,
    read_time,
)

READ: list[tuple[Callable[[str], object], str, str]] = [
    (Money.read, "USD 48,500.00", "USD 48500.00"),
    (Money.read, "usd 48500", "USD 48500.00"),
    (Money.read, "EUR1,000.5", "EUR 1000.50"),
    (Money.read, "JPY 1,000", "JPY 1000"),
    (Money.read, "IQD 1.234", "IQD 1.234"),
    (Money.read, "USD 0", "USD 0.00"),
    (Share.read, "10%", "10%"),
    (Share.read, "2.50 %", "2.5%"),
    (Share.read, "100.00%", "100%"),
    (Share.read, "0.000001%", "0.000001%"),
    (read_amount, "rest", "rest"),
    (read_amount, "45 %", "45%"),
    (read_amount, "USD 5", "USD 5.00"),
    (read_cap, "5%", "5%"),
    (Period.read, "1 days", "1 day"),
    (Period.read, "10  business days", "10 business days"),
    (Period.read, "6 months and 1 year", "1 year and 6 months"),
    (Period.read, "10 business days and 2 weeks", "2 weeks and 10 business days"),
    (Period.read, "72 hours", "72 hours"),
    (read_date, " 2026-08-03 ", "2026-08-03"),
    (read_date, "2028-02-29", "2028-02-29"),
    (read_time, "17:00", "17:00:00"),
    (read_moment, "2026-08-03", "2026-08-03"),
    (read_moment, "garage", "garage"),
    (read_moment, "garage.accepted", "garage.accepted"),
    (read_moment, "1 week after signing", "1 week after signing"),
    (
        read_moment,
        "1 year and 6 months before end",
        "1 year and 6 months before end",
    ),
    (
        read_moment,
        "the  later of 2 weeks after garage and 2026-08-03",
        "the later of 2 weeks after garage and 2026-08-03",
    ),
    (
        read_moment,
        "1 day after the earlier of the later of a and b and c",
        "1 day after the earlier of the later of a and b and c",
    ),
    (Sending.read, "post within 1 weeks", "post within 1 week"),
    (Rate.read, "1% per month", "1% per month"),
    (Rate.read, "USD 150 per calendar day", "USD 150.00 per calendar day"),
]


@pytest.mark.parametrize(
    ("read", "written", "canonical"),
    [pytest.param(*row, id=row[1]) for row in READ],
)
def test_a_value_has_one_canonical_form_that_reads_back(
    read: Callable[[str], object], written: str, canonical: str
) -> None:
    value = read(written)
    assert str(value) == canonical
    if not isinstance(value, time):
        assert read(canonical) == value


def test_a_bare_figure_is_in_the_currency_of_the_deal() -> None:
    assert Money.read("48,500", "EUR") == Money("EUR", Decimal("48500.00"))
    assert Rate.read("150 per day", "EUR").amount == Money("EUR", Decimal("150.00"))
    assert read_amount("5", "EUR") == Money("EUR", Decimal("5.00"))
    assert Rest.read(" rest ") == Rest()


def test_a_moment_is_kept_as_it_was_written() -> None:
    garage = Offset(Period(((4, "week"),)), "after", Anchor("garage", "met"))
    assert read_moment("4 weeks after garage.met") == garage
    both = Extreme("later", (date(2026, 8, 3), Anchor("signing")))
    assert read_moment("the later of 2026-08-03 and signing") == both


REFUSED: list[tuple[Callable[[str], object], str, str]] = [
    (Money.read, "48500", "has no currency"),
    (Money.read, "USD", "no sum"),
    (Money.read, "$ 5", "no sum"),
    (Money.read, "USD 5 million", "no sum"),
    (Money.read, "USD \u0665", "no sum"),
    (Money.read, "XYZ 5", "no ISO 4217 currency"),
    (Money.read, "USD 1.234", "decimal places"),
    (Money.read, "JPY 1.5", "decimal places"),
    (Money.read, "USD 1,00", "commas"),
    (Money.read, "USD ,100", "commas"),
    (Money.read, "USD 1,0000", "commas"),
    (Money.read, "USD -5", "below zero"),
    (Money.read, "USD " + "9" * 40, "no sum"),
    (Share.read, "10", "no share"),
    (Share.read, "-1%", "no share"),
    (Share.read, "9" * 30 + "%", "no share"),
    (Share.read, "0.0000001%", "no share"),
    (Rest.read, "the rest", "rest"),
    (Period.read, "30", "no unit"),
    (Period.read, "a month", "no period"),
    (Period.read, "1.5 months", "no period"),
    (Period.read, "10 working days", "no period"),
    (Period.read, "5 business weeks", "no period"),
    (Period.read, "5 days or so", "no period"),
    (Period.read, "5 days and", "no period"),
    (Period.read, "", "no period"),
    (Period.read, "² days", "no period"),
    (Period.read, "101 years", "a hundred years"),
    (Period.read, "99999 days", "a hundred years"),
    (read_date, "3/8/26", "several dates"),
    (read_date, "03.08.2026", "several dates"),
    (read_date, "2026-13-01", "no day of the calendar"),
    (read_date, "2026-02-30", "no day of the calendar"),
    (read_date, "3 August 2026", "date in words"),
    (read_date, "0226-08-03", "another age"),
    (read_date, "9999-12-31", "another age"),
    (read_moment, "", "no moment"),
    (read_moment, "2 weeks", "does not say from when"),
    (read_moment, "2 weeks after", "no moment"),
    (read_moment, "after garage", "no moment"),
    (read_moment, "garage.done", "no moment"),
    (read_moment, "signing.met", "no moment"),
    (read_moment, "Garage", "no moment"),
    (read_moment, "2026-08-03 or so", "no moment"),
    (read_moment, "the later of garage", "no moment"),
    (read_moment, "the later garage and end", "no moment"),
    (read_moment, "3/8/26", "several dates"),
    (read_moment, "1 day after " * 800 + "end", "too many other moments"),
    (read_moment, "the later of " * 600 + "end", "too many other moments"),
    (read_time, "5pm", "no time of day"),
    (read_time, "24:00", "no time of day"),
    (read_time, "9:00", "no time of day"),
    (Sending.read, "pigeon within 2 days", "no way of sending"),
    (Sending.read, "courier", "no period"),
    (Rate.read, "1%", "no rate"),
    (Rate.read, "1% per fortnight", "no rate"),
    (Rate.read, "much per day", "no sum"),
]


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [pytest.param(*row, id=f"{row[2]} · {row[1][:30]}") for row in REFUSED],
)
def test_what_is_refused_says_why_and_what_to_write(
    read: Callable[[str], object], text: str, words: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert words in caught.value.what
    assert caught.value.remedy


def test_another_currency_than_that_of_the_deal_is_refused() -> None:
    with pytest.raises(Unreadable, match="not in EUR"):
        Money.read("USD 5", "EUR")
