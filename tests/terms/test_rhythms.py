"""Rhythms, targets and the end of a pause."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest

from closer.terms.rhythms import AfterLastStep, On, Rhythm, Target, length
from closer.terms.values import Offset, Unreadable

READ = [
    "every day",
    "every week",
    "every 2 weeks on Monday at 09:00 for 30 minutes",
    "every month on the first Tuesday",
    "every month on the last Friday at 16:00 for 1 hour",
    "every month on day 15",
    "every quarter on day 31",
    "every year on 1 March",
    "every year on 29 February",
    "every week on Friday from 2026-09-01 until 2026-11-30",
    "every month from 2 weeks after garage until end",
    "every 3 months at 10:00",
]


@pytest.mark.parametrize("text", READ)
def test_a_rhythm_reads_back_as_it_was_written(text: str) -> None:
    assert str(Rhythm.read(text)) == text
    assert Rhythm.read(str(Rhythm.read(text))) == Rhythm.read(text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("every 1 week", "every week"),
        ("every 2 week", "every 2 weeks"),
        ("every  month  on day  3", "every month on day 3"),
        ("every day at 09:00 for 60 minutes", "every day at 09:00 for 1 hour"),
        ("every day at 09:00 for 90 minutes", "every day at 09:00 for 90 minutes"),
        ("every day at 09:00 for 1 minute", "every day at 09:00 for 1 minute"),
    ],
)
def test_a_rhythm_has_one_canonical_form(text: str, canonical: str) -> None:
    assert str(Rhythm.read(text)) == canonical


def test_the_parts_of_a_rhythm_have_their_types() -> None:
    rhythm = Rhythm.read(
        "every 2 months on the second Monday at 09:00 for 2 hours "
        "from 1 week after garage until 2026-11-30"
    )
    assert (rhythm.every, rhythm.unit) == (2, "month")
    assert rhythm.on == On(weekday=0, nth=2)
    assert rhythm.at == time(9)
    assert rhythm.minutes == 120
    assert isinstance(rhythm.start, Offset)
    assert rhythm.until == date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "weekly",
        "every",
        "every weeks",
        "every 0 weeks",
        "every fortnight",
        "every day on Monday",
        "every week on the first Monday",
        "every week on monday",
        "every week on day 3",
        "every month on Monday",
        "every month on day 0",
        "every month on day 32",
        "every month on the fifth Monday",
        "every month on the first day",
        "every year on 30 February",
        "every year on 31 April",
        "every year on 0 May",
        "every month on 1 March",
        "every week at 9am",
        "every week at 25:00",
        "every week at 09:00 for 0 minutes",
        "every week for 30 minutes",
        "every week from soon after garage",
        "every week until 3/8/26",
    ],
)
def test_what_no_calendar_could_keep_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        Rhythm.read(text)
    assert caught.value.remedy


def test_lengths_are_said_in_hours_where_they_are_whole() -> None:
    said = [length(minutes) for minutes in (1, 45, 60, 90, 120)]
    assert said == ["1 minute", "45 minutes", "1 hour", "90 minutes", "2 hours"]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("at least 95%", "at least 95%"),
        ("at least 99.90 %", "at least 99.9%"),
        ("at most 5", "at most 5"),
        ("at most 4 hours", "at most 4 hours"),
        ("at most 4  open punch-list items", "at most 4 open punch-list items"),
    ],
)
def test_a_target_has_one_canonical_form(text: str, canonical: str) -> None:
    target = Target.read(text)
    assert str(target) == canonical
    assert Target.read(canonical) == target


def test_the_parts_of_a_target_have_their_types() -> None:
    assert Target.read("at least 95%") == Target("at least", Decimal(95), "%")
    assert Target.read("at most 4 hours") == Target("at most", Decimal(4), "hours")


REFUSED: list[tuple[Callable[[str], object], str]] = [
    (Target.read, "95%"),
    (Target.read, "at least many"),
    (Target.read, "about 5"),
    (Target.read, "at most -5"),
    (AfterLastStep.read, "30 days"),
    (AfterLastStep.read, "thirty days after the last step"),
    (AfterLastStep.read, "30 days after the first step"),
]


@pytest.mark.parametrize(("read", "text"), REFUSED)
def test_what_could_not_be_missed_or_ended_is_refused(
    read: Callable[[str], object], text: str
) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_a_pause_ends_after_the_last_step() -> None:
    end = AfterLastStep.read("30 days  after the last step")
    assert end.period == "30 days"
    assert AfterLastStep.read(str(end)) == end
