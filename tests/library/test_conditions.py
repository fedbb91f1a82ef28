from collections.abc import Mapping
from datetime import time
from decimal import Decimal

import pytest

from closer.library.conditions import (
    All,
    AnyOf,
    Condition,
    Equals,
    Not,
    Present,
    parse_condition,
)
from closer.library.proof import implies, possible
from closer.terms.amounts import Share
from closer.terms.values import Unreadable


def holds(condition: str, values: Mapping[str, object]) -> bool:
    return parse_condition(condition).holds(values.get)


@pytest.mark.parametrize(
    ("value", "there"),
    [
        pytest.param(None, False, id="what_is_left_out_is_not_there"),
        pytest.param(False, False, id="a_no_is_not_there"),
        pytest.param("no", False, id="a_no_in_words_is_not_there"),
        pytest.param((), False, id="an_empty_list_is_not_there"),
        pytest.param({}, False, id="an_empty_map_is_not_there"),
        pytest.param("", False, id="an_empty_text_is_not_there"),
        pytest.param(True, True, id="a_yes_is_there"),
        pytest.param(0, True, id="a_zero_is_there"),
        pytest.param("no rain", True, id="a_text_is_there"),
        pytest.param(Share(Decimal(0)), True, id="a_share_of_nothing_is_there"),
    ],
)
def test_presence(value: object, there: bool) -> None:  # noqa: FBT001
    assert holds("a.b", {"a.b": value}) is there
    assert holds("not a.b", {"a.b": value}) is not there


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("a = x", "x"),
        ('a = "two words"', "two words"),
        ("a in (x, y)", "y"),
        ('a in ("x", "y z")', "y z"),
        ("a = yes", True),
        ("a = no", False),
        ("a = 3", 3),
        ("a = 5%", Share(Decimal(5))),
        ('a = "17:00"', time(17)),
    ],
)
def test_a_value_is_compared_as_it_is_written(condition: str, value: object) -> None:
    assert holds(condition, {"a": value})
    assert not holds(condition, {"a": "another"})
    assert not holds(condition, {})


def test_and_binds_tighter_than_or() -> None:
    a, b, c = (Present(name) for name in "abc")
    assert parse_condition("a or b and c") == AnyOf((a, All((b, c))))
    assert parse_condition("a and b or c") == AnyOf((All((a, b)), c))


def test_not_takes_the_very_next_thing() -> None:
    both = All((Not(Equals("a", ("x",))), Present("b")))
    assert parse_condition("not a = x and b") == both


def test_a_condition_knows_its_paths() -> None:
    condition = parse_condition("a.b and not c or d in (x, y)")
    assert list(condition.paths()) == ["a.b", "c", "d"]


def test_it_is_spelt_out_as_an_entry() -> None:
    condition = parse_condition("it.x and not it.y = z or items or it in (q)")
    assert list(condition.under("items.*").paths()) == [
        "items.*.x",
        "items.*.y",
        "items",
        "items.*",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "and",
        "a and",
        "a b",
        "a = ",
        'a = ""',
        "a = and",
        "a in x",
        "a in (x",
        "a in ()",
        "(a or b) and c",
        "a == b",
        "a > 3",
        "a; b",
        'a = "x',
        "A.b",
        "a..b",
        "len(a)",
    ],
)
def test_nothing_else_is_a_condition(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        parse_condition(text)
    assert error.value.what
    assert error.value.why
    assert error.value.remedy


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        pytest.param("a.b.c", "a.b", id="a_path_needs_the_path_above"),
        pytest.param("a.b.c", "a", id="a_path_needs_all_paths_above"),
        pytest.param("a.b = x", "a.b", id="a_value_is_there"),
        pytest.param("a.b = x", "a", id="a_value_needs_the_path_above"),
        pytest.param("a = x", "not a = y", id="there_is_one_value"),
        pytest.param("a = x", "a in (x, y)", id="one_value_is_one_of_two"),
        pytest.param("not a", "not a.b", id="nothing_has_no_parts"),
        pytest.param("a and b", "b", id="both_is_each"),
        pytest.param("b", "a or b", id="one_is_one_of_two"),
        pytest.param("a or b.c", "a or b", id="case_by_case"),
        pytest.param("a = no", "not a", id="a_no_is_not_there"),
        pytest.param("a.b = no", "a", id="a_no_needs_the_path_above"),
        pytest.param("a and not a", "b", id="what_cannot_be_proves_anything"),
    ],
)
def test_what_follows(given: str, wanted: str) -> None:
    assert implies(parse_condition(given), parse_condition(wanted))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        pytest.param("a", "a.b", id="a_path_needs_not_the_path_below"),
        pytest.param("a.b", "a.c", id="nor_the_path_beside"),
        pytest.param("a.b", "a.b = x", id="what_is_there_has_any_value"),
        pytest.param("a in (x, y)", "a = x", id="one_of_two_may_be_the_other"),
        pytest.param("a or b", "a", id="one_of_two_may_be_the_other_path"),
        pytest.param("not a.b", "not a", id="a_part_may_be_missing"),
        pytest.param("ab", "a", id="a_path_is_no_prefix_by_its_letters"),
        pytest.param("not a", "a = no", id="what_is_left_out_says_no_no"),
    ],
)
def test_what_does_not_follow(given: str, wanted: str) -> None:
    assert not implies(parse_condition(given), parse_condition(wanted))


class Small:
    """A model with one field of two values, which always stands in its section."""

    def values(self, path: str) -> frozenset[str] | None:
        return frozenset({"x", "y"}) if path == "a.b" else None

    def certain(self, path: str) -> bool:
        return path == "a.b"


def test_the_model_proves_more() -> None:
    given, wanted = parse_condition("a and not a.b = x"), parse_condition("a.b = y")
    assert not implies(given, wanted)
    assert implies(given, wanted, Small())


def test_the_model_refuses_a_value_that_cannot_be() -> None:
    condition: Condition = parse_condition("a.b = z")
    assert possible(condition)
    assert not possible(condition, Small())
