"""Templates as TOML: the shape of a contract type, of a table, and their prose."""

from collections.abc import Collection, Iterator
from pathlib import PurePath

from closer.library.conditions import Condition
from closer.library.heads import Head, Written
from closer.library.prose import ClauseBlock, Part, parse_prose
from closer.library.shapes import (
    AnnexShape,
    ArticleShape,
    Column,
    ContractType,
    CoverLine,
    TableShape,
)

TYPE_KEYS = (
    "title",
    "roles",
    "sides",
    "words",
    "required",
    "required_any",
    "articles",
    "annexes",
    "labels",
    "cover",
)
TABLE_KEYS = ("each", "columns")

_Cells = tuple[tuple[Condition | None, tuple[Part, ...]], ...]


def words_of_type(data: dict[str, object]) -> Iterator[str]:
    """Yield the words that a contract type itself gives a meaning."""
    roles, words = data.get("roles"), data.get("words")
    if isinstance(roles, dict):
        yield from (str(word) for word in roles.values())
    if isinstance(words, dict):
        yield from words
        yield from (str(word) for word in words.values())


def parse_type(
    source: Written, data: dict[str, object], words: Collection[str]
) -> ContractType:
    """Read a contract type; its file's name is what `contract` says in the terms."""
    head = Head(data, source, TYPE_KEYS, "a contract type")
    contract = ContractType(
        id=PurePath(source.file).stem,
        title=head.text("title", needed="A contract is called by it in lists."),
        roles=head.mapping("roles"),
        sides=head.mapping("sides"),
        words=head.mapping("words"),
        required=head.texts("required"),
        required_any=head.groups("required_any"),
        articles=tuple(
            ArticleShape(each.text("id"), each.text("heading"), each.condition("when"))
            for each in head.tables("articles", ("id", "heading", "when"))
        ),
        annexes=tuple(
            _annex(each, words)
            for each in head.tables("annexes", ("id", "heading", "when", "body"))
        ),
        labels=head.mapping("labels"),
        cover=tuple(
            CoverLine(
                each.text("label"), each.prose("text", words), each.condition("when")
            )
            for each in head.tables("cover", ("label", "text", "when"))
        ),
        file=source.file,
        source=source.text,
    )
    _sides_are_roles(head, contract)
    return contract


def _annex(head: Head, words: Collection[str]) -> AnnexShape:
    body = head.text("body", needed="An annex without text is an empty page.")
    blocks = _blocks(head.source, body, words)
    when = head.condition("when")
    return AnnexShape(head.text("id"), head.text("heading"), when, blocks)


def _blocks(
    source: Written, body: str, words: Collection[str]
) -> tuple[ClauseBlock, ...]:
    first_line = source.place(body).line
    blocks, problems = parse_prose(body, source.file, first_line, words)
    source.problems.extend(problems if body else ())
    return blocks


PLACES = ("first", "second")
"""The sides of a type without roles: any parties, in the order of the terms."""


def _sides_are_roles(head: Head, contract: ContractType) -> None:
    if "roles" not in head.data:
        head.problem(
            "roles",
            "No roles are named.",
            "Nobody could take part in the contract.",
            'Write [roles] and a line for each, like client = "Client", or leave it '
            "empty for a contract of any parties.",
        )
    roles = tuple(contract.roles) or PLACES
    for side, role in contract.sides.items():
        if role not in roles:
            head.problem(
                "sides",
                f"The side {side!r} is {role!r}, which is no role of this type.",
                "The clauses would speak of a party that does not exist.",
                f"Name one of {', '.join(roles)}.",
            )


def parse_table(
    source: Written, data: dict[str, object], words: Collection[str]
) -> TableShape:
    """Read the shape of a table; its file's name is what `[table …]` says."""
    head = Head(data, source, TABLE_KEYS, "a table")
    each = head.path("each", needed="A table has a row for each entry of something.")
    columns = head.tables("columns", ("heading", "text", "width", "figures"))
    return TableShape(
        id=PurePath(source.file).stem,
        each=each or "",
        columns=tuple(_column(column, words) for column in columns),
        file=source.file,
        source=source.text,
    )


def _column(head: Head, words: Collection[str]) -> Column:
    return Column(
        heading=head.text("heading"),
        cells=_cells(head, words),
        width=head.number("width", 1),
        figures=head.flag("figures"),
    )


def _cells(head: Head, words: Collection[str]) -> _Cells:
    choices = head.data.get("text")
    if not isinstance(choices, list):
        return ((None, head.prose("text", words)),)
    inner = [
        Head(choice, head.source, ("when", "text"), "a cell")
        for choice in choices
        if isinstance(choice, dict)
    ]
    return tuple((each.condition("when"), each.prose("text", words)) for each in inner)
