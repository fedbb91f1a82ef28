"""What must hold of any prose and of any condition."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from closer.library.conditions import (
    ABSENT,
    NO,
    OTHER,
    All,
    AnyOf,
    Condition,
    Equals,
    Not,
    Present,
    parse_condition,
)
from closer.library.marks import Fault
from closer.library.proof import implies, possible
from closer.library.prose import (
    Blank,
    Defines,
    Part,
    Refers,
    Text,
    Uses,
    parse_inline,
    parse_prose,
)

QUICK = settings(max_examples=100, derandomize=True, deadline=None)

PLAIN = st.text(
    st.characters(exclude_characters='\\"<>{}[]*\n\r', exclude_categories=("Cs",))
)


@QUICK
@given(PLAIN)
def test_text_without_marks_is_untouched(text: str) -> None:
    faults: list[Fault] = []
    assert parse_inline(text, faults) == ((Text(text),) if text else ())
    assert faults == []


PARTS = st.one_of(
    PLAIN.filter(bool).map(Text),
    st.sampled_from(["Party", "Business Day"]).map(lambda word: Uses(word, word)),
    st.sampled_from(["Price", "[it.role]"]).map(Defines),
    st.sampled_from(["previous", "late-payment"]).map(Refers),
    st.builds(
        Blank,
        st.sampled_from(["price.total", "it"]),
        article=st.just(value=False),
        joined=st.sampled_from(["and", "or"]),
    ),
    st.just(Blank("it.kind", article=True)),
)


def written(part: Part) -> str:
    """Write a part as a clause file has it."""
    match part:
        case Text():
            return part.text
        case Uses():
            return f"<{part.printed}>"
        case Defines():
            return f'""{part.word}""'
        case Refers():
            return f"{{{part.target}}}"
        case Blank():
            how = "a " if part.article else "any " if part.joined == "or" else ""
            return f"[{how}{part.path}]"


@QUICK
@given(st.lists(PARTS))
def test_joining_the_parts_gives_the_text(parts: list[Part]) -> None:
    text = "".join(written(part) for part in parts)
    faults: list[Fault] = []
    read = parse_inline(text, faults)
    assert faults == []
    assert "".join(written(part) for part in read) == text


@QUICK
@given(st.text(st.sampled_from('ab A\\"<>{}[]*?-.\n')))
def test_any_text_is_read_or_has_a_problem_inside_it(text: str) -> None:
    blocks, problems = parse_prose(text, "a.clause", 1)
    assert blocks or problems
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 2


PATHS = ("a", "a.b", "a.b.c", "d")
VALUES = ("x", "y", NO)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(
        st.sampled_from(PATHS).map(Present),
        st.builds(
            Equals,
            st.sampled_from(PATHS),
            st.lists(st.sampled_from(VALUES), min_size=1, max_size=2).map(tuple),
        ),
    ),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(tuple).map(All),
        st.lists(inner, max_size=3).map(tuple).map(AnyOf),
    ),
    max_leaves=6,
)


def deals() -> list[dict[str, str]]:
    """Return every deal there can be over the four paths."""
    states = (ABSENT, OTHER, *VALUES)
    every = (dict(zip(PATHS, deal, strict=True)) for deal in product(states, repeat=4))
    return [
        deal
        for deal in every
        if all(
            not deal[path] or deal[path.rpartition(".")[0]] not in (ABSENT, NO)
            for path in ("a.b", "a.b.c")
        )
    ]


DEALS = deals()


def holds(condition: Condition, deal: dict[str, str]) -> bool:
    """Ask a condition about a deal as drafting does, by the values of the terms."""
    values = {ABSENT: None, NO: False}
    return condition.holds(lambda path: values.get(deal[path], deal[path]))


@QUICK
@given(CONDITIONS, CONDITIONS)
def test_what_follows_is_what_holds_in_every_deal(
    first: Condition, second: Condition
) -> None:
    by_force = all(holds(second, deal) for deal in DEALS if holds(first, deal))
    assert implies(first, second) is by_force


@QUICK
@given(CONDITIONS)
def test_what_is_possible_holds_in_some_deal(condition: Condition) -> None:
    assert possible(condition) is any(holds(condition, deal) for deal in DEALS)


ATOMS = st.one_of(
    st.sampled_from(PATHS).map(Present),
    st.builds(
        Equals,
        st.sampled_from(PATHS),
        st.lists(st.sampled_from(["x", "two words"]), min_size=1).map(tuple),
    ),
)
SINGLES = st.one_of(ATOMS, ATOMS.map(Not))


def spelt(condition: Condition) -> str:
    """Write a condition as a clause file has it."""
    match condition:
        case Present():
            return condition.path
        case Equals():
            values = ", ".join(f'"{value}"' for value in condition.values)
            if len(condition.values) == 1:
                return f"{condition.path} = {values}"
            return f"{condition.path} in ({values})"
        case Not():
            return f"not {spelt(condition.of)}"
        case All():
            return " and ".join(spelt(inner) for inner in condition.of)
        case _:
            assert isinstance(condition, AnyOf)
            return " or ".join(spelt(inner) for inner in condition.of)


def joined(kind: type[All | AnyOf], of: list[Condition]) -> Condition:
    """Join conditions, where there is more than one."""
    return of[0] if len(of) == 1 else kind(tuple(of))


@QUICK
@given(st.lists(st.lists(SINGLES, min_size=1, max_size=3), min_size=1, max_size=3))
def test_what_is_written_is_read(choices: list[list[Condition]]) -> None:
    condition = joined(AnyOf, [joined(All, choice) for choice in choices])
    assert parse_condition(spelt(condition)) == condition
