"""Of any change: exactly what it names differs, and the text around it stays."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_changes import VALUES, made

from closer.terms.changes import (
    amended,
    between,
    differences,
    terms_text,
)
from closer.terms.days import business_days
from closer.terms.differences import leaves
from closer.terms.digest import digest
from closer.terms.reading import Agreed, read_terms
from closer.terms.shifting import shifted
from closer.terms.source import compose
from closer.terms.splicing import with_value, without
from closer.terms.values import Period, read_moment

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "samples/garage-remodel/agreed.yaml").read_text(encoding="utf-8")


def deal(text: str = TEXT) -> Agreed:
    found, problems = read_terms(text, "agreed.yaml")
    assert found is not None, problems
    return found


BEFORE = deal()


@st.composite
def change_files(draw: st.DrawFn) -> dict[str, str]:
    paths = draw(
        st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=6, unique=True)
    )
    paths = [p for p in paths if not any(p.startswith(f"{q}.") for q in paths)]
    if "intellectual_property.results" in paths:
        paths.append("intellectual_property.on")
    known = {**VALUES, "intellectual_property.on": ["creation"]}
    return {path: draw(st.sampled_from(known[path])) for path in paths}


@settings(max_examples=40)
@given(change_files())
def test_exactly_what_a_change_names_differs(changes: dict[str, str]) -> None:
    after = made(BEFORE, changes)
    found = {difference.path for difference in differences(BEFORE, after)}
    for path in found:
        assert any(path == own or path.startswith(f"{own}.") for own in changes)
    for own in changes:
        assert any(path == own or path.startswith(f"{own}.") for path in found)
    for difference in differences(BEFORE, after):
        assert leaves(after.canonical).get(difference.path) == difference.after
        assert leaves(BEFORE.canonical).get(difference.path) == difference.before


@settings(max_examples=40)
@given(change_files())
def test_the_text_of_the_result_is_the_result(changes: dict[str, str]) -> None:
    after = made(BEFORE, changes)
    again = deal(terms_text(after))
    assert again.terms == after.terms
    assert digest(again) == digest(after)


@settings(max_examples=40)
@given(change_files())
def test_a_change_and_its_reverse_give_back_the_terms(changes: dict[str, str]) -> None:
    after = made(BEFORE, changes)
    back, problems = between(after, BEFORE, date(2026, 10, 6))
    assert back is not None, problems
    again, problems = amended(after, back)
    assert again is not None, problems
    assert differences(BEFORE, again) == []


@settings(max_examples=40)
@given(change_files())
def test_what_two_files_differ_by_leads_from_one_to_the_other(
    changes: dict[str, str],
) -> None:
    after = deal(terms_text(made(BEFORE, changes)))
    found, problems = between(BEFORE, after, date(2026, 10, 5))
    assert found is not None, problems
    reached, problems = amended(BEFORE, found)
    assert reached is not None, problems
    assert differences(after, reached) == []


@settings(max_examples=40)
@given(change_files(), st.randoms(use_true_random=False))
def test_changes_are_made_together_whatever_their_order(
    changes: dict[str, str], random: st.randoms
) -> None:
    items = list(changes.items())
    random.shuffle(items)
    one, other = made(BEFORE, changes), made(BEFORE, dict(items))
    assert differences(one, other) == []


def test_terms_do_not_differ_from_themselves() -> None:
    assert differences(BEFORE, BEFORE) == []
    assert differences(BEFORE, deal()) == []


SOURCE = BEFORE.source
PATHS = [path for path in leaves(BEFORE.canonical) if SOURCE.has(path)]


@given(st.sampled_from(PATHS), st.sampled_from(["x", "a, b: c # d", "long " * 30]))
def test_a_new_value_leaves_every_other_letter(path: str, value: str) -> None:
    node = SOURCE.node(path)
    assert node is not None
    text = with_value(SOURCE, path, value)
    assert text.startswith(TEXT[: node.start].rstrip())
    assert text.endswith(TEXT[node.end :])
    again, problems = compose(text, "x")
    assert again is not None, problems
    assert all(again.has(other) for other in PATHS)


@given(st.sampled_from(PATHS))
def test_a_removal_leaves_every_other_line_and_comment(path: str) -> None:
    text = without(SOURCE, path)
    again, problems = compose(text, "x")
    assert again is not None, problems
    assert not again.has(path)
    assert [other for other in PATHS if not again.has(other)] == [path]
    lines = TEXT.splitlines()
    gone = [n for n, line in enumerate(lines) if line not in text.splitlines()]
    assert gone == list(range(gone[0], gone[-1] + 1)) if gone else True
    assert all(lines[n].startswith((" ", "\t")) for n in gone[1:])


@given(
    st.sampled_from(
        ["2026-10-02", "garage", "4 weeks after garage", "1 month before x"]
    ),
    st.integers(1, 20),
    st.sampled_from(["day", "week", "month", "business day"]),
)
def test_later_and_then_earlier_by_the_same_is_nothing(
    was: str, number: int, unit: str
) -> None:
    if was[0] == "2" and unit in ("month", "business day"):
        return
    moment, period = read_moment(was), Period(((number, unit),))  # type: ignore[arg-type]
    calendar = business_days(None)
    there = shifted(moment, period, "later", calendar)
    back = shifted(there, period, "earlier", calendar)
    assert str(back) in (was, was.replace("4 weeks", "28 days"))


@pytest.mark.parametrize("unit", ["day", "week"])
@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(1, 100))
def test_a_date_is_moved_by_days_of_the_calendar(
    unit: str, day: date, number: int
) -> None:
    moved = shifted(
        day,
        Period(((number, unit),)),  # type: ignore[arg-type]
        "later",
        business_days(None),
    )
    assert moved == day + timedelta(number * (7 if unit == "week" else 1))
