"""The YAML text: places, what is refused, and both parsers alike."""

from inspect import cleandoc

import pytest
import yaml

from closer.terms import source as under_test
from closer.terms.source import Source, compose

LOADERS = [
    pytest.param(yaml.SafeLoader, id="in Python"),
    pytest.param(under_test.Loader, id="the fastest there is"),
]


@pytest.fixture(params=LOADERS)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "Loader", request.param)


def read(text: str) -> Source:
    source, problems = compose(text, "agreed.yaml")
    assert source is not None
    assert problems == []
    return source


def codes(text: str) -> list[str]:
    return [f"{p.code} {p.where.line}:{p.where.column}" for p in compose(text, "x")[1]]


DEAL = cleandoc(
    """
    # a comment
    title: Garage   # and another
    milestones:
      garage: {due: 2026-10-02, title: "Garage: done"}
      backyard:
        due: 4 weeks after garage
    causes:
      - storm
      - |
        a long
        story
    """
)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param("", "agreed.yaml:1:1", id="the file itself"),
        pytest.param("title", "agreed.yaml:2:8", id="a value"),
        pytest.param("milestones", "agreed.yaml:3:1", id="a section, at its key"),
        pytest.param("milestones.garage.title", "agreed.yaml:4:36", id="in braces"),
        pytest.param("milestones.backyard.due", "agreed.yaml:6:10", id="deep down"),
        pytest.param("milestones.backyard.owner", "agreed.yaml:5:3", id="not there"),
        pytest.param("milestones.patio.due", "agreed.yaml:3:1", id="parent not there"),
        pytest.param("price.total", "agreed.yaml:1:1", id="nothing of it there"),
        pytest.param("causes.1", "agreed.yaml:9:5", id="an item of a list"),
        pytest.param("causes.7", "agreed.yaml:7:1", id="no such item"),
    ],
)
def test_every_value_has_its_place(path: str, place: str) -> None:
    assert str(read(DEAL).place(path)) == place


@pytest.mark.usefixtures("loader")
def test_only_what_is_written_is_there() -> None:
    source = read(DEAL)
    assert source.has("milestones.garage.due")
    assert source.has("causes.1")
    assert not source.has("milestones.patio")
    assert not source.has("milestones.garage.due.day")


@pytest.mark.usefixtures("loader")
def test_keys_with_dots_have_places_too() -> None:
    source = read("changes:\n  price.total: 5\n  price.payments.a: {due: b}\n")
    assert str(source.place("changes.price.total")) == "agreed.yaml:2:16"
    assert str(source.place("changes.price.payments.a.due")) == "agreed.yaml:3:27"
    assert not source.has("changes.price")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a: &x 1\n", ["F15 1:4"], id="an anchor"),
        pytest.param("a: *x\n", ["F15 1:4"], id="an alias"),
        pytest.param("a: !!int 1\n", ["F15 1:4"], id="a tag"),
        pytest.param("a: !own {b: 1}\n", ["F15 1:4"], id="a tag of one's own"),
        pytest.param("a: {<<: 1}\n", ["F15 1:5"], id="a merge key"),
        pytest.param("a: 1\n---\nb: 2\n", ["F15 2:1"], id="a second document"),
        pytest.param("%YAML 1.1\n---\na: 1\n", ["F15 1:1"], id="a directive"),
        pytest.param("? a\n: 1\n", ["F15 1:3"], id="a question mark"),
        pytest.param("a: {[b]: 1}\n", ["F15 1:5"], id="a list as a key"),
        pytest.param("a: 1\na: 2\na: 3\n", ["F02 2:1", "F02 3:1"], id="a key thrice"),
        pytest.param("a: {b: 1, b: 2}\n", ["F02 1:11"], id="a key twice in braces"),
        pytest.param("", ["F01 1:1"], id="an empty file"),
        pytest.param("# nothing\n", ["F01 1:1"], id="a comment alone"),
        pytest.param("- a\n- b\n", ["F05 1:1"], id="a list"),
        pytest.param("a:\n\tb: 1\n", ["F01 2:1"], id="a tab"),
        pytest.param("a: b: c\n", ["F01 1:5"], id="two colons"),
        pytest.param("a: \x07\n", ["F13 1:4"], id="a bell"),
        pytest.param("a: b\rc: d\n", ["F13 1:5"], id="half a line end"),
        pytest.param("a: x\u2028y\n\nb: \u202e", ["F13 1:5", "F13 3:4"], id="unseen"),
        pytest.param('a: "\\u202e"\n', ["F13 1:4"], id="unseen, by an escape"),
        pytest.param('a: "x\\ty"\n', ["F13 1:4"], id="a tab in a value"),
        pytest.param("a: " + "[" * 21 + "]" * 21, ["F17 1:23"], id="too deep"),
        pytest.param("a: " + "x" * 10_001, ["F17 1:4"], id="too long"),
    ],
)
def test_what_a_deal_has_no_use_for_is_refused(text: str, found: list[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize("mark", ["{{", "}}", "{%", "%}", "{#", "#}"])
def test_each_mark_of_a_template_is_refused(mark: str) -> None:
    assert codes(f"a: 'before {mark} after'\n") == ["F13 1:4"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: {b: {c: {d: 1}}}\n", id="braces of the file itself"),
        pytest.param('a: x < y & z > [w] "quoted" it\'s\n', id="marks of Word's XML"),
        pytest.param("a: Ünïcode, 日本語 and \U0001f600\n", id="all scripts"),
        pytest.param("a: " + "x" * 10_000, id="a long value"),
        pytest.param("a: b\r\nc: d\r\n", id="the line ends of Windows"),
        pytest.param("\ufeffa: b\n", id="the mark that Windows begins files with"),
        pytest.param("---\na: b\n...\n", id="the marks of one document"),
        pytest.param("a: who knows?\nb: {c: what?, d: e}\n", id="questions"),
    ],
)
def test_what_people_write_is_data(text: str) -> None:
    assert codes(text) == []


def test_control_characters_of_a_file_that_is_no_text_are_told_twenty_times() -> None:
    assert len(codes("\x00" * 1000)) == 20


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [b\nc: d\n", "bracket"),
        ('a: "b\nc: d\n', "never closed"),
        ("a:\n  b: 1\n c: 2\n", "neighbours"),
        ("a: b: c\n", "second `: `"),
        ("a: @b\n", "cannot begin with this character"),
        ('a: "\\q"\n', "backslash"),
        ("a: - b\n", "`- ` cannot stand here"),
        ("a:\n\tb: 1\n", "tab"),
    ],
)
def test_a_syntax_error_is_said_in_plain_words(text: str, words: str) -> None:
    _, (problem,) = compose(text, "agreed.yaml")
    assert problem.code == "F01"
    assert words in problem.what


def test_a_mistake_in_the_syntax_does_not_hide_what_was_seen_before_it() -> None:
    assert codes("a: 1\na: 2\nb: [\n")[0] == "F02 2:1"
