import pytest

from closer.library.conditions import All, Present
from closer.library.prose import (
    Blank,
    ClauseBlock,
    Defines,
    Part,
    Refers,
    Text,
    Uses,
    parse_inline,
    parse_prose,
)

WORDS = ("Party", "Business Day", "Services", "Class")


def blocks(text: str) -> tuple[ClauseBlock, ...]:
    found, problems = parse_prose(text, "a.clause", 1, WORDS)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('a ""Word"" b', (Text("a "), Defines("Word"), Text(" b"))),
        ('""[it.role]""', (Defines("[it.role]"),)),
        ("<Party>", (Uses("Party", "Party"),)),
        ("<Parties>", (Uses("Party", "Parties"),)),
        ("<Party's>", (Uses("Party", "Party's"),)),
        ("<Parties'>", (Uses("Party", "Parties'"),)),
        ("<Business Days>", (Uses("Business Day", "Business Days"),)),
        ("<Classes>", (Uses("Class", "Classes"),)),
        ("<Services>", (Uses("Services", "Services"),)),
        ("<Strangers>", (Uses("Strangers", "Strangers"),)),
        ("{late-payment}", (Refers("late-payment"),)),
        ("{previous}", (Refers("previous"),)),
        ("[price.total]", (Blank("price.total"),)),
        ("[a it.kind]", (Blank("it.kind", article=True),)),
        ("[any time.exclude]", (Blank("time.exclude", joined="or"),)),
        ("no **NO** no", (Text("no "), Text("NO", strong=True), Text(" no"))),
        (
            "**A <Party>**",
            (Text("A ", strong=True), Uses("Party", "Party")),
        ),
        (r"\<a\> \[b\] \{c\} \\ \*", (Text(r"<a> [b] {c} \ *"),)),
        ('say "no"', (Text('say "no"'),)),
        ("2 * 3", (Text("2 * 3"),)),
        ("", ()),
    ],
)
def test_a_mark_is_read(text: str, parts: tuple[Part, ...]) -> None:
    assert parse_inline(text, words=WORDS) == parts


def test_paragraphs_items_and_items_below_are_told_apart() -> None:
    text = "Each side:\n- pays; and\n  - in time,\n  - in full;\n- waits.\n\nThe end."
    assert [(b.kind, b.line, b.parts) for b in blocks(text)] == [
        ("text", 1, (Text("Each side:"),)),
        ("item", 2, (Text("pays; and"),)),
        ("subitem", 3, (Text("in time,"),)),
        ("subitem", 4, (Text("in full;"),)),
        ("item", 5, (Text("waits."),)),
        ("text", 7, (Text("The end."),)),
    ]


def test_lines_of_a_paragraph_are_joined_by_a_space() -> None:
    assert [b.parts for b in blocks("one\ntwo\n- three\n  four")] == [
        (Text("one two"),),
        (Text("three four"),),
    ]


def test_a_condition_applies_to_the_next_block_only() -> None:
    first, second, third = blocks("? a\none\n\ntwo\n? b\n? c\n- three")
    assert first.when == Present("a")
    assert second.when is None
    assert third.when == All((Present("b"), Present("c")))


def test_a_repetition_applies_to_the_next_block_only() -> None:
    first, second = blocks("* milestones\n? it.delivers\n- [it.title]\n- else")
    assert (first.each, first.when) == ("milestones", Present("it.delivers"))
    assert (second.each, second.when) == (None, None)


def test_a_table_stands_alone_on_its_line() -> None:
    first, second = blocks("See:\n[table milestones]")
    assert (first.kind, second.kind, second.table) == ("text", "table", "milestones")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("ab <Cd", "L01", 1, 4, id="a_use_that_is_not_closed"),
        pytest.param("a\nb [c", "L01", 2, 3, id="a_blank_that_is_not_closed"),
        pytest.param("a {b", "L01", 1, 3, id="a_reference_that_is_not_closed"),
        pytest.param('a ""B', "L01", 1, 3, id="a_definition_that_is_not_closed"),
        pytest.param("a ]", "L01", 1, 3, id="a_mark_that_never_began"),
        pytest.param(r"a \b", "L01", 1, 3, id="a_backslash_before_a_letter"),
        pytest.param("a \\", "L01", 1, 3, id="a_backslash_at_the_end"),
        pytest.param("a <>", "L02", 1, 3, id="a_use_of_nothing"),
        pytest.param("a <word>", "L02", 1, 3, id="a_word_without_a_capital"),
        pytest.param('a """"', "L02", 1, 3, id="a_definition_of_nothing"),
        pytest.param("a {}", "L02", 1, 3, id="a_reference_to_nothing"),
        pytest.param("a {B c}", "L02", 1, 3, id="a_reference_to_no_id"),
        pytest.param("a []", "L03", 1, 3, id="an_empty_blank"),
        pytest.param("a [the b]", "L03", 1, 3, id="an_unknown_modifier"),
        pytest.param("a [b!]", "L03", 1, 3, id="a_blank_that_is_no_path"),
        pytest.param("a [table b]", "L03", 1, 3, id="a_table_inside_a_line"),
        pytest.param("a **b", "L04", 1, 3, id="strong_words_without_an_end"),
        pytest.param("a\n\n? b c\nd", "L05", 3, 3, id="an_unreadable_condition"),
        pytest.param("a\n-", "L06", 2, 1, id="an_item_without_text"),
        pytest.param("a\n - b", "L06", 2, 2, id="an_item_indented_by_one"),
        pytest.param("a\n\n? b", "L06", 3, 1, id="a_condition_of_nothing"),
        pytest.param("* \na", "L06", 1, 3, id="a_repetition_of_nothing"),
        pytest.param("* a\n* b\nc", "L06", 2, 3, id="two_repetitions"),
        pytest.param("\n\n", "L06", 3, 1, id="no_text_at_all"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    _, problems = parse_prose(text, "a.clause", 1)
    assert [(p.code, *p.where) for p in problems] == [(code, "a.clause", line, column)]
    assert all(p.what and p.why and p.remedy for p in problems)


def test_all_problems_are_told_at_once() -> None:
    _, problems = parse_prose("a <b\n\nc [d\n? e f\n- g", "a.clause", 1)
    assert [p.code for p in problems] == ["L01", "L01", "L05"]
