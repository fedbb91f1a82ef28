"""Which line of a contract that came back is which line of ours."""

from closer.formats.aligning import pairs


def both(old: str, new: str) -> list[tuple[str, str]]:
    """Return the lines that belong together, a letter each; `-` is none."""
    return [
        ("-" if i is None else old[i], "-" if j is None else new[j])
        for i, j in pairs(old, new)
    ]


def test_of_two_lines_alike_the_one_that_was_changed_is_told() -> None:
    assert both("aXXb", "aYXb") == [("a", "a"), ("X", "Y"), ("X", "X"), ("b", "b")]
    assert both("aXXb", "aXYb") == [("a", "a"), ("X", "X"), ("X", "Y"), ("b", "b")]
    assert both("aYXb", "aXXb") == [("a", "a"), ("Y", "X"), ("X", "X"), ("b", "b")]


def test_a_line_put_in_and_another_taken_away_elsewhere_stay_two_changes() -> None:
    assert both("abcd", "Zabc") == [
        *[("-", "Z"), ("a", "a"), ("b", "b"), ("c", "c"), ("d", "-")]
    ]


def test_a_line_put_in_beside_others_alike_is_one_more() -> None:
    assert both("aXb", "aXXb") == [("a", "a"), ("X", "X"), ("-", "X"), ("b", "b")]
