"""One thing in a text is changed, every other letter stays."""

from inspect import cleandoc

import pytest

from closer.terms.reading import plain
from closer.terms.source import Source, compose
from closer.terms.splicing import with_item, with_value, without, written

DEAL = (
    cleandoc(
        """
    # head
    price: {total: USD 5, tax: "none",   # why
            due: end}   # flow
    garage:   # in braces or not
      # inside
      story: |  # told
        long
        and longer

      due: 2026-10-02   # tail
      # after
    causes:
    - storm
    - flood   # the second
    terms: >-
       folded
    alone:
      only: 1
    """
    )
    + "\n"
)


def source(text: str = DEAL) -> Source:
    found, problems = compose(text, "agreed.yaml")
    assert found is not None, problems
    assert problems == []
    return found


def change(before: str, old: str, new: str) -> str:
    assert before.count(old) == 1
    return before.replace(old, new)


PUT = [
    ("garage.due", "signing", ("due: 2026-10-02", "due: signing")),
    ("garage.due", "a: b", ("due: 2026-10-02", 'due: "a: b"')),
    ("price.total", "USD 1,000", ("USD 5", '"USD 1,000"')),
    ("price.tax", "half", ('"none"', "half")),
    ("price.more", ["a", "b, c"], ("due: end}", 'due: end, more: [a, "b, c"]}')),
    ("garage.more", {"k": "v"}, ("# tail\n", "# tail\n  more: {k: v}\n")),
    ("garage.story", "short", ("|  # told\n    long\n    and longer", "short  # told")),
    ("causes", ["war"], (":\n- storm\n- flood   # the second\n", ": [war]\n")),
    ("terms", "plain", (">-\n   folded", "plain")),
    ("alone", "gone, too", (":\n  only: 1\n", ": gone, too\n")),
    ("new.deep.er", "1", ("  only: 1\n", "  only: 1\nnew: {deep: {er: 1}}\n")),
]


@pytest.mark.parametrize(
    ("path", "value", "edit"), [pytest.param(*row, id=row[0]) for row in PUT]
)
def test_a_value_is_put_where_it_belongs(
    path: str, value: object, edit: tuple[str, str]
) -> None:
    text = with_value(source(), path, value)
    assert text == change(DEAL, *edit)
    node = source(text).node(path)
    assert node is not None
    assert plain(node) == value


TAKEN = [
    ("price.total", ("total: USD 5, ", "")),
    ("price.tax", (', tax: "none",   # why', ", # why")),
    ("price.due", (",   # why\n        due: end}", "   # why\n        }")),
    ("garage.due", ("  due: 2026-10-02   # tail\n", "")),
    ("garage.story", ("  story: |  # told\n    long\n    and longer\n", "")),
    ("causes", ("causes:\n- storm\n- flood   # the second\n", "")),
    ("alone.only", ("alone:\n  only: 1\n", "")),
]


@pytest.mark.parametrize(
    ("path", "edit"), [pytest.param(*row, id=row[0]) for row in TAKEN]
)
def test_a_key_is_taken_out_with_its_lines(path: str, edit: tuple[str, str]) -> None:
    text = without(source(), path)
    assert text == change(DEAL, *edit)
    assert not source(text).has(path)


def test_the_line_ends_of_windows_stay() -> None:
    text = "a: 1\r\nb:\r\n  c: 2"
    assert with_value(source(text), "b.d", "3") == "a: 1\r\nb:\r\n  c: 2\r\n  d: 3\r\n"
    assert with_value(source(text), "b", "3") == "a: 1\r\nb: 3\r\n"


def test_a_key_with_nothing_after_it_takes_a_value() -> None:
    assert with_value(source("a:\nb: 1\n"), "a", "x") == "a: x\nb: 1\n"
    assert with_value(source("a: {b: , c: d}\n"), "a.b", "x") == "a: {b: x , c: d}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p: {a: 1   # one\n  , b: 2}\n", "p: {   # one\n   b: 2}\n"),
        ("{p: {a: 1}, q: 2}\n", "{q: 2}\n"),
        ("p: {a: 1, b: 2,}\n", "p: {b: 2,}\n"),
        ("p: {a: 1, a2: 2}\n", "p: {a2: 2}\n"),
    ],
)
def test_braces_with_comments_and_commas_everywhere_lose_a_key(
    before: str, after: str
) -> None:
    assert without(source(before), "p.a") == after


def test_the_last_key_of_all_leaves_empty_braces() -> None:
    assert without(source("{a: 1}\n"), "a") == "{}\n"


def test_an_empty_map_takes_a_key() -> None:
    assert with_value(source("a: {}\n"), "a.b", "1") == "a: {b: 1}\n"


def test_a_file_in_braces_stays_one() -> None:
    json = '{"a": 1, "b": {"c": "x"}}'
    assert with_value(source(json), "b.d", "y") == '{"a": 1, "b": {"c": "x", d: y}}'
    assert without(source(json), "a") == '{"b": {"c": "x"}}'
    assert with_value(source('{"a":1}'), "a", "x") == '{"a": x}'


def test_an_item_of_a_list_is_changed_alone() -> None:
    assert with_value(source(), "causes.0", "war") == change(DEAL, "- storm", "- war")
    assert with_value(source("a: [b, c]\n"), "a.1", "d, e") == 'a: [b, "d, e"]\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "a: 1\n\nlog:\n  - {k: v}\n"),
        ("a: 1\nlog:\n- b\n", "a: 1\nlog:\n- b\n- {k: v}\n"),
        ("log:\n  - b   # c\na: 1\n", "log:\n  - b   # c\n  - {k: v}\na: 1\n"),
        ("log: [b]\na: 1\n", "log: [b, {k: v}]\na: 1\n"),
        ("log: []\n", "log: [{k: v}]\n"),
        ("{a: 1}\n", "{a: 1, log: [{k: v}]}\n"),
        ("a: 1\n...\n", "a: 1\nlog:\n  - {k: v}\n...\n"),
    ],
)
def test_an_item_is_written_last(before: str, after: str) -> None:
    assert with_item(source(before), "log", {"k": "v"}) == after


@pytest.mark.parametrize(
    ("value", "block", "flow"),
    [
        ("USD 1,000.00", "USD 1,000.00", '"USD 1,000.00"'),
        ("Tampa [Florida]", "Tampa [Florida]", '"Tampa [Florida]"'),
        ("it's 10:00", "it's 10:00", "it's 10:00"),
        ("a: b", '"a: b"', '"a: b"'),
        ("a #b", '"a #b"', '"a #b"'),
        ("- a", '"- a"', '"- a"'),
        ('say "x" \\', 'say "x" \\', 'say "x" \\'),
        ('"x"', '"\\"x\\""', '"\\"x\\""'),
        ("a\nb", '"a\\nb"', '"a\\nb"'),
        ("a\x07b", '"a\\u0007b"', '"a\\u0007b"'),
        ("", '""', '""'),
    ],
)
def test_quotes_are_put_only_where_they_must_be(
    value: str, block: str, flow: str
) -> None:
    assert (written(value, flow=False), written(value)) == (block, flow)
