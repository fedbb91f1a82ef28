"""How an amendment, and every other instrument, is worded: `templates/amendments`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from closer.library.conditions import Condition
from closer.library.heads import Head, Written
from closer.library.prose import ClauseBlock, Part, parse_inline, parse_prose
from closer.library.shapes import CoverLine
from closer.problems import Place, Problem

Patterns = Mapping[str, str | tuple[str, ...]]


class Section(Struct, frozen=True, kw_only=True):
    """A provision that every amendment of its kind has, when its condition holds."""

    article: str
    id: str
    heading: str
    when: Condition | None
    blocks: tuple[ClauseBlock, ...]


class InstrumentAnnex(Struct, frozen=True, kw_only=True):
    """An annex of the amendment itself, numbered apart from those it amends."""

    id: str
    heading: str
    when: Condition | None
    blocks: tuple[ClauseBlock, ...]


class TableHead(Struct, frozen=True, kw_only=True):
    """The frame of a table whose rows are computed."""

    header: tuple[str, ...]
    widths: tuple[int, ...]


class Instrument(Struct, frozen=True, kw_only=True):
    """Every word of an instrument that is not the parties' own.

    `names` says how each kind of instrument is called, `ordinals` how they count.
    """

    ordinals: tuple[str, ...]
    names: Mapping[str, Patterns]
    preamble: tuple[ClauseBlock, ...]
    background: tuple[ClauseBlock, ...]
    lead_in: tuple[ClauseBlock, ...]
    closing: tuple[ClauseBlock, ...]
    cover: tuple[CoverLine, ...]
    articles: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    annexes: tuple[InstrumentAnnex, ...]
    tables: Mapping[str, TableHead]
    place: Patterns
    value: Patterns
    heading: Patterns
    operative: Patterns


_PROSE = ("preamble", "background", "lead-in", "closing")
_PATTERNS = ("place", "value", "heading", "operative")
_KEYS = (
    *_PROSE,
    "ordinals",
    "names",
    *_PATTERNS,
    "cover",
    "articles",
    "sections",
    "annexes",
    "tables",
)


def load_instrument(
    templates: Path, kind: str = "amendment"
) -> tuple[Instrument | None, list[Problem]]:
    """Read the wording of a kind of instrument from the folder of templates.

    What the file of another kind than an amendment does not say is said as there.
    """
    path = templates / "amendments" / "amendment.toml"
    own = path.with_name(f"{kind}.toml")
    for needed in (path, own):
        if not needed.is_file():
            return None, [_missing(needed)]
    text = path.read_text(encoding="utf-8")
    if own == path:
        return read_instrument(text, str(path))
    problems: list[Problem] = []
    otherwise = Written(text, str(path), problems).read()
    if otherwise is None:
        return None, problems
    return read_instrument(own.read_text(encoding="utf-8"), str(own), otherwise)


def read_instrument(
    text: str, file: str, otherwise: Mapping[str, object] = MappingProxyType({})
) -> tuple[Instrument | None, list[Problem]]:
    """Read the wording of an instrument, with all that is wrong in it.

    `otherwise`: the tables of the wording from which this one takes what it lacks.
    """
    problems: list[Problem] = []
    source = Written(text, file, problems)
    data = source.read()
    if data is None:
        return None, problems
    together = {key: _over(otherwise.get(key), value) for key, value in data.items()}
    head = Head({**otherwise, **together}, source, _KEYS)
    reading = _Reading(head, source, has_other=bool(otherwise))
    return reading.instrument(), problems


def _over(base: object, own: object) -> object:
    """Return what stands where one file says more than another: tables are joined."""
    joins = isinstance(base, dict) and isinstance(own, dict)
    return {**base, **own} if joins else own  # type: ignore[dict-item]


class _Reading:
    """Reads one file of wording part by part."""

    def __init__(self, head: Head, source: Written, *, has_other: bool) -> None:
        """`has_other`: it may leave out what the wording of amendments says."""
        self.head = head
        self.source = source
        self.has_other = has_other

    def instrument(self) -> Instrument:
        head = self.head
        return Instrument(
            ordinals=head.texts("ordinals"),
            names=self._names(),
            preamble=self._prose(head, "preamble"),
            background=self._prose(head, "background"),
            lead_in=self._prose(head, "lead-in"),
            closing=self._prose(head, "closing"),
            cover=tuple(
                CoverLine(row.text("label"), self._run(row), row.condition("when"))
                for row in head.tables("cover", ("label", "text", "when"))
            ),
            articles=tuple(
                (row.text("id"), row.text("heading"))
                for row in head.tables("articles", ("id", "heading"))
            ),
            sections=tuple(self._sections()),
            annexes=tuple(self._annexes()),
            tables=self._tables(),
            place=self._patterns("place"),
            value=self._patterns("value"),
            heading=self._patterns("heading"),
            operative=self._patterns("operative"),
        )

    def _prose(self, head: Head, key: str) -> tuple[ClauseBlock, ...]:
        whole = "An amendment cannot be written without it."
        text = head.text(key, needed="" if self.has_other else whole)
        line = self.source.place(text).line
        blocks, problems = parse_prose(text, self.source.file, line)
        self.source.problems.extend(problems)
        return blocks

    def _run(self, head: Head) -> tuple[Part, ...]:
        return parse_inline(head.text("text"))

    def _sections(self) -> list[Section]:
        keys = ("article", "id", "heading", "when", "text")
        return [
            Section(
                article=row.text("article"),
                id=row.text("id"),
                heading=row.text("heading"),
                when=row.condition("when"),
                blocks=self._prose(row, "text"),
            )
            for row in self.head.tables("sections", keys)
        ]

    def _annexes(self) -> list[InstrumentAnnex]:
        keys = ("id", "heading", "when", "text")
        return [
            InstrumentAnnex(
                id=row.text("id"),
                heading=row.text("heading"),
                when=row.condition("when"),
                blocks=self._prose(row, "text"),
            )
            for row in self.head.tables("annexes", keys)
        ]

    def _tables(self) -> dict[str, TableHead]:
        tables = self.head.data.get("tables", {})
        heads = tables.items() if isinstance(tables, dict) else ()
        return {
            name: TableHead(header=tuple(one["header"]), widths=tuple(one["widths"]))
            for name, one in heads
        }

    def _names(self) -> dict[str, Patterns]:
        names = self.head.data.get("names", {})
        kinds = names.items() if isinstance(names, dict) else ()
        return {
            kind: {key: _pattern(value) for key, value in patterns.items()}
            for kind, patterns in kinds
        }

    def _patterns(self, key: str) -> dict[str, str | tuple[str, ...]]:
        data = self.head.data.get(key, {})
        patterns = data.items() if isinstance(data, dict) else ()
        return {name: _pattern(value) for name, value in patterns}


def _pattern(value: object) -> str | tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else str(value)


def load_reasons(
    templates: Path,
) -> tuple[Mapping[str, Mapping[str, object]] | None, list[Problem]]:
    """Read the wording of the page that tells why an amendment says what it says."""
    return load_wording(templates, "reasons")


def load_wording(
    templates: Path, name: str
) -> tuple[Mapping[str, Mapping[str, object]] | None, list[Problem]]:
    """Read a file of wording beside that of amendments, section by section."""
    path = templates / "amendments" / f"{name}.toml"
    if not path.is_file():
        return None, [_missing(path)]
    problems: list[Problem] = []
    data = Written(path.read_text(encoding="utf-8"), str(path), problems).read()
    sections = {} if data is None else data
    return {
        name: section for name, section in sections.items() if isinstance(section, dict)
    }, problems


def _missing(path: Path) -> Problem:
    return Problem(
        "L09",
        Place(str(path), 1, 1),
        "",
        f"The wording of amendments is missing: {path.name}.",
        "Without it no amendment can be written.",
        "Put the file back where it was.",
    )
