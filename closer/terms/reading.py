"""Reads a file of terms: text to typed values, every problem at once.

The codes of what can be wrong with the form of a file:

F01 syntax · F02 key given twice · F03 unknown key · F04 missing key · F05 wrong shape
F06 not one of the choices · F07 unreadable date · F08 unreadable sum, share or rate
F09 unreadable period · F10 unreadable moment · F11 unreadable rhythm · F12 another
unreadable value · F13 forbidden character or mark · F14 impossible id · F15 part of
YAML that is refused · F16 nothing written · F17 too long or too deep

and, in a change file (`changes.py`): F30 amends other terms · F31 path that no terms
have · F32 nothing stands there · F33 cannot be changed · F34 cannot be temporary
F35 cannot be moved · F36 changes nothing · F37 two changes of one thing · F38 days out
of order · F39 how a circumstance ended · F40 removal with a rule, of no contingency.
"""

from typing import NamedTuple, TypeVar

from msgspec import Struct

from closer.problems import Place, Problem
from closer.terms.model import Terms
from closer.terms.scalars import KINDS, Kind, identifier
from closer.terms.shapes import Field, Shape, fields_of, order_kept, shape_of
from closer.terms.source import (
    Entry,
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    Source,
    compose,
)
from closer.terms.values import Unreadable

Section = TypeVar("Section", bound=Struct)


class Agreed(NamedTuple):
    """Terms with the text they were read from.

    `canonical` holds the keys in the order of the file and every value in the one form
    that digests and comparisons use; nothing is defaulted in it.
    """

    terms: Terms
    source: Source
    canonical: dict[str, object]


class Read(NamedTuple):
    """A value with its canonical form."""

    value: object
    canonical: object


def read_terms(text: str, file: str) -> tuple[Agreed | None, list[Problem]]:
    """Read agreed terms, or say everything that is wrong with their form."""
    source, problems = compose(text, file)
    if source is None:
        return None, problems
    return read_source(source, problems)


def read_source(
    source: Source, problems: list[Problem]
) -> tuple[Agreed | None, list[Problem]]:
    """Read the terms of a text already composed; `problems` are those of its YAML."""
    if source.has("amends") and source.has("changes"):
        return None, [*problems, mistaken(source, "amends", "a change, not terms")]
    terms, canonical, found = read_section(source, Terms)
    found = in_order(problems + found)
    if terms is None or found:
        return None, found
    return Agreed(terms, source, canonical), []


def mistaken(source: Source, key: str, what: str) -> Problem:
    """Return what to say of a change where terms are wanted, or the other way round."""
    return Problem(
        "F05",
        source.place(key),
        "",
        f"This file is {what}.",
        "A change says what becomes of the terms that it is read with.",
        "Name the terms first, then each change: closer check agreed.yaml change.yaml.",
    )


def read_section(
    source: Source, section: type[Section], currency: str | None = None
) -> tuple[Section | None, dict[str, object], list[Problem]]:
    """Read a whole file as one section; its `currency`, if it has one, goes first."""
    reader = _Reader(source, currency)
    read = reader.read(source.root, shape_of(section), "")
    if read is None or reader.problems or not isinstance(read.value, section):
        return None, {}, reader.problems
    canonical = read.canonical if isinstance(read.canonical, dict) else {}
    return read.value, canonical, []


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return problems as they follow in the file."""
    return sorted(problems, key=lambda p: (p.where.line, p.where.column, p.code))


def nearest(word: str, known: list[str]) -> str | None:
    """Return the known word that was probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when a word is wrong

    return next(iter(get_close_matches(word, known, 1, cutoff=0.6)), None)


class _Reader:
    """Walks tree and shapes together, and notes what does not fit."""

    def __init__(self, source: Source, currency: str | None) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.currency = currency
        self.guessed = False
        self._currency_first()

    def _currency_first(self) -> None:
        entry = self.source.root.entries.get("currency")
        if entry is None or not isinstance(entry.value, ScalarNode):
            return
        self.currency = entry.value.text
        try:
            KINDS_CURRENCY.read(self.currency, None)
        except Unreadable:
            self.currency, self.guessed = None, True

    def problem(
        self, code: str, path: str, words: Unreadable, where: Place | None = None
    ) -> None:
        """Note one problem at the place of its path."""
        where = where or self.source.place(path)
        found = Problem(code, where, path, words.what, words.why, words.remedy)
        self.problems.append(found)

    def read(self, node: Node, shape: Shape, path: str) -> Read | None:
        """Return what a node holds; None and a problem if it does not fit."""
        if shape.free:
            tree = plain(node)
            return Read(tree, tree)
        if isinstance(node, MapNode):
            if shape.section:
                return self.section(node, shape.section, path)
            if shape.entry:
                return self.entries(node, shape, path)
        elif isinstance(node, ListNode):
            if shape.item:
                return self.items(node, shape.item, path)
        elif shape.scalar and (node.text.strip() or node.end == node.start):
            return self.scalar(node, shape, path)
        self._wrong_shape(node, shape, path)
        return None

    def _wrong_shape(self, node: Node, shape: Shape, path: str) -> None:
        name = _name(path)
        if isinstance(node, ScalarNode) and not node.text.strip():
            self._nothing(shape, path)
            return
        found = "a list" if isinstance(node, ListNode) else "a single value"
        if isinstance(node, MapNode):
            found = "keys of its own"
        why = f"What is wanted here is {shape.wanted}."
        words = Unreadable(f"{name} has {found}.", why, _instead(node, shape, path))
        self.problem("F05", path, words)

    def _nothing(self, shape: Shape, path: str) -> None:
        what = f"Nothing is written after {_name(path)}."
        why = "An empty term says neither yes nor no."
        kind = shape.kind
        example = f", like {kind.example}" if kind and kind.pattern else ""
        wanted = "a few words" if kind and kind.name == "text" else shape.wanted
        remedy = f"Write {wanted}{example}; what was not agreed is left out."
        self.problem("F16", path, Unreadable(what, why, remedy))

    def scalar(self, node: ScalarNode, shape: Shape, path: str) -> Read | None:
        """Return one value in its kind."""
        text = node.text.strip()
        if not text:
            self._nothing(shape, path)
            return None
        if text in shape.choices:
            return Read(text, text)
        if shape.kind is None:
            self._no_choice(text, shape, path)
            return None
        try:
            value = shape.kind.read(text, self.currency)
        except Unreadable as words:
            self._unreadable(text, shape, path, words)
            return None
        return Read(value, shape.kind.canonical(value))

    def _no_choice(self, text: str, shape: Shape, path: str) -> None:
        guess = nearest(text, list(shape.choices))
        listed = ", ".join(f"`{choice}`" for choice in shape.choices)
        remedy = f"Did you mean `{guess}`? " if guess else ""
        one = "The only choice is" if len(shape.choices) == 1 else "The choices are"
        why = "No clause says what that would mean."
        words = Unreadable(
            f"{_name(path)} cannot be {text!r}.", why, f"{remedy}{one} {listed}."
        )
        self.problem("F06", path, words)

    def _unreadable(
        self, text: str, shape: Shape, path: str, words: Unreadable
    ) -> None:
        kind = shape.kind
        if kind is None or (self.guessed and kind.code == "F08" and path != "currency"):
            return
        if shape.choices:
            listed = ", ".join(f"`{choice}`" for choice in shape.choices)
            remedy = f"{words.remedy} Or write {listed}."
            words = Unreadable(words.what, words.why, remedy)
        code = kind.code
        if code == "F10" and text[0].isdigit() and " " not in text:
            code = "F07"
        self.problem(code, path, words)

    def items(self, node: ListNode, shape: Shape, path: str) -> Read | None:
        """Return a list, each item in its shape."""
        items = [
            self.read(item, shape, f"{path}.{index}")
            for index, item in enumerate(node.items)
        ]
        found = [item for item in items if item is not None]
        if len(found) < len(items):
            return None
        return Read(
            tuple(item.value for item in found), [item.canonical for item in found]
        )

    def entries(self, node: MapNode, shape: Shape, path: str) -> Read | None:
        """Return a map by id, each entry in its shape."""
        values: dict[str, object] = {}
        canonical: dict[str, object] = {}
        for key, entry in node.entries.items():
            at = f"{path}.{key}"
            if shape.ids:
                self._id(entry, at)
            read = self.read(entry.value, shape.entry or Shape(), at)
            if read is not None:
                values[key], canonical[key] = read
        return Read(values, canonical)

    def _id(self, entry: Entry, path: str) -> None:
        try:
            identifier(entry.key.text)
        except Unreadable as words:
            self.problem("F14", path, words, self._key(entry))

    def _key(self, entry: Entry) -> Place:
        return Place(self.source.file, entry.key.line + 1, entry.key.column + 1)

    def section(self, node: MapNode, section: type[Struct], path: str) -> Read | None:
        """Return a section: its known keys read, unknown and missing ones noted."""
        fields = fields_of(section)
        before = len(self.problems)
        values: dict[str, object] = {}
        canonical: dict[str, object] = {}
        for key, entry in node.entries.items():
            at = f"{path}.{key}" if path else key
            field = fields.get(key)
            if field is None:
                self._unknown(entry, fields, at)
                continue
            read = self.read(entry.value, field.shape, at)
            if read is not None:
                values[field.attribute], canonical[key] = read
        for field in fields.values():
            if field.required and field.name not in node.entries:
                self._missing(field, path)
        if len(self.problems) > before:
            return None
        if order := order_kept(section):
            values[order] = tuple(node.entries)
        return Read(section(**values), canonical)

    def _unknown(self, entry: Entry, fields: dict[str, Field], path: str) -> None:
        key = entry.key.text
        parent = path.removesuffix(key).removesuffix(".")
        section = f"`{parent}`" if parent else "the file"
        empty = isinstance(entry.value, ScalarNode) and not entry.value.text
        guess = nearest(key, list(fields))
        known = ", ".join(f"`{name}`" for name in fields)
        remedy = f"Did you mean `{guess}`?" if guess else f"It knows {known}."
        if empty and not guess:
            remedy = "If it belongs to the value before it, put quotes around that "
            remedy += "value: inside { } a comma begins a new key."
        words = Unreadable(
            f"`{key}` is no key of {section}.",
            "A term that no clause states would be lost.",
            remedy,
        )
        self.problem("F03", path, words, self._key(entry))

    def _missing(self, field: Field, parent: str) -> None:
        path = f"{parent}.{field.name}" if parent else field.name
        where = f"`{parent}`" if parent else "The file"
        example = field.shape.kind.example if field.shape.kind else ""
        if field.shape.choices and not example:
            example = field.shape.choices[0]
        add = f" like `{field.name}: {example}`" if example else f" `{field.name}`"
        words = Unreadable(
            f"{where} has no `{field.name}`.",
            "The contract cannot be written without it.",
            f"Add a line{add}." if example else f"Add{add}.",
        )
        self.problem("F04", path, words, self.source.place(parent))


KINDS_CURRENCY: Kind = next(kind for kind in KINDS.values() if kind.name == "currency")


def plain(node: Node) -> object:
    """Return a node as text, list or map, untyped."""
    if isinstance(node, MapNode):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text.strip()


def _name(path: str) -> str:
    return f"`{path.rpartition('.')[2] if not path[-1:].isdigit() else path}`"


def _instead(node: Node, shape: Shape, path: str) -> str:
    name = path.rpartition(".")[2]
    if shape.section:
        keys = ", ".join(f"`{key}`" for key in fields_of(shape.section))
        return f"Its keys are {keys}."
    if shape.entry:
        return "Give each entry a short id of its own: `garage: …`."
    if shape.item and isinstance(node, ScalarNode):
        return f"Write `{name}: [{node.text.strip()}]`."
    if shape.item:
        return f"Write `{name}: [first, second]`."
    if shape.choices:
        return f"Write one of {', '.join(f'`{choice}`' for choice in shape.choices)}."
    example = shape.kind.example if shape.kind else "a few words"
    return f"Write it on one line, like {example}."
