"""YAML text as a tree in which every value knows its place.

Built from the events of the parser, not from its objects: so every scalar stays the
text that was written, and what a terms file has no use for (anchors, tags, several
documents) is seen and refused.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

from closer.problems import Place, Problem
from closer.terms.syntax import in_plain_words

Event: TypeAlias = Any
"""An event of either parser; both give what their stubs leave open."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LONGEST_VALUE = 10_000
DEEPEST = 20

_NEVER = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff"
)
_IN_A_FILE = re.compile(rf"[{_NEVER}]|\r(?!\n)")
_IN_A_VALUE = re.compile(rf"[{_NEVER}\t\r]|\{{[{{%#]|[}}%#]\}}")


class ScalarNode(Struct, frozen=True):
    """One value as text; `start` and `end` are its place in the file."""

    text: str
    start: int
    end: int
    line: int
    column: int
    style: str | None = None

    @property
    def block(self) -> bool:
        """Whether it is a text of several lines after `|` or `>`."""
        return self.style in ("|", ">")


class MapNode(Struct, frozen=True):
    """Keys with their values, in the order of the file."""

    entries: dict[str, "Entry"]
    start: int
    end: int
    line: int
    column: int
    flow: bool


class ListNode(Struct, frozen=True):
    """Values in the order of the file."""

    items: tuple["Node", ...]
    start: int
    end: int
    line: int
    column: int
    flow: bool


Node = ScalarNode | MapNode | ListNode


class Entry(Struct, frozen=True):
    """One key of a map with its value."""

    key: ScalarNode
    value: Node

    @property
    def marked(self) -> ScalarNode | MapNode | ListNode:
        """What an editor should show for it: the value, the key of a map or list."""
        if isinstance(self.value, ScalarNode) and self.value.end > self.value.start:
            return self.value
        return self.key


class Source(Struct, frozen=True):
    """A YAML text with the place of every value."""

    file: str
    text: str
    root: MapNode

    def place(self, path: str) -> Place:
        """Return where a path stands, or its nearest parent that is there."""
        line, column = 0, 0
        for found in self._way(path):
            shown = found.marked if isinstance(found, Entry) else found
            line, column = shown.line, shown.column
        return Place(self.file, line + 1, column + 1)

    def has(self, path: str) -> bool:
        """Whether something is written at a path."""
        return self.node(path) is not None

    def node(self, path: str) -> Node | None:
        """Return what is written at a path."""
        found = self.entry(path)
        return found.value if isinstance(found, Entry) else found

    def entry(self, path: str) -> Entry | Node | None:
        """Return the key and value at a path; an item of a list has no key."""
        if not path:
            return self.root
        way = list(self._way(path, whole=True))
        return way[-1] if way else None

    def _way(self, path: str, *, whole: bool = False) -> Iterator[Entry | Node]:
        """Yield what stands at each step of a path; with `whole`, all or nothing."""
        steps: list[Entry | Node] = []
        node: Node = self.root
        while path:
            step = _step(node, path)
            if step is None:
                break
            found, path = step
            node = found.value if isinstance(found, Entry) else found
            steps.append(found)
        if not (whole and path):
            yield from steps


def _step(node: Node, path: str) -> tuple[Entry | Node, str] | None:
    """Take one key from the front of a path; a key may itself hold dots."""
    head, _, rest = path.partition(".")
    if isinstance(node, ListNode) and head.isdecimal() and int(head) < len(node.items):
        return node.items[int(head)], rest
    while isinstance(node, MapNode):
        if head in node.entries:
            return node.entries[head], rest
        if not rest:
            break
        more, _, rest = rest.partition(".")
        head = f"{head}.{more}"
    return None


def compose(text: str, file: str) -> tuple[Source | None, list[Problem]]:
    """Read a YAML text as a tree, with every fault of its form."""
    text = text.removeprefix("\ufeff")
    problems = list(_forbidden(text, file))
    if problems:
        return None, problems
    composer = _Composer(text, file)
    try:
        root = composer.document()
    except yaml.YAMLError as error:
        return None, [*composer.problems, in_plain_words(error, text, file)]
    except _TooDeepError:
        return None, composer.problems
    if isinstance(root, MapNode):
        return Source(file, text, root), composer.problems
    return None, [*composer.problems, _no_map(root, file)]


def _no_map(root: Node | None, file: str) -> Problem:
    line, column = (root.line + 1, root.column + 1) if root else (1, 1)
    return Problem(
        "F05" if root and root.end > root.start else "F01",
        Place(file, line, column),
        "",
        "There are no keys in this file.",
        "Everything that was agreed stands under a key.",
        "Begin with lines like `contract: construction`; `closer demo` writes a file "
        "to start from.",
    )


def _forbidden(text: str, file: str) -> Iterator[Problem]:
    for number, match in enumerate(_IN_A_FILE.finditer(text)):
        if number == 20:
            return
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        yield _bad_character(match[0], Place(file, line, column), "")


def _bad_character(char: str, where: Place, path: str) -> Problem:
    return Problem(
        "F13",
        where,
        path,
        f"The character U+{ord(char[0]):04X} stands here.",
        "It cannot be seen, and a word processor or calendar may refuse or reorder "
        "the text around it.",
        "Delete it.",
    )


class _TooDeepError(Exception):
    """Nesting that no deal has; reading stops there."""


class _Composer:
    """Builds the tree from the parser's events and notes what is refused."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.loader = Loader(text)
        self.problems: list[Problem] = []

    def place(self, mark: Event) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def problem(
        self, code: str, where: Place, path: str, words: tuple[str, ...]
    ) -> None:
        what, why, remedy = words
        self.problems.append(Problem(code, where, path, what, why, remedy))

    def document(self) -> Node | None:
        """Return the one document of the file."""
        self.loader.get_event()
        root: Node | None = None
        first = True
        while not isinstance(event := self.loader.get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                self._start(event, first=first)
                node = self.node(self.loader.get_event(), "", 0)
                root, first = (node, False) if first else (root, False)
        return root

    def _start(self, event: Event, *, first: bool) -> None:
        if not first:
            self._refused(event.start_mark, "", "A second document begins here.")
        elif event.version or event.tags:
            self._refused(event.start_mark, "", "A YAML directive stands here.")

    def _refused(self, mark: Event, path: str, what: str) -> None:
        why = (
            "A terms file is read aloud to the other side: it says each thing plainly."
        )
        self.problem("F15", self.place(mark), path, (what, why, "Write it out."))

    def node(self, event: Event, path: str, depth: int) -> Node:
        """Return the node that begins with an event."""
        if isinstance(event, yaml.AliasEvent):
            self._refused(event.start_mark, path, f"`*{event.anchor}` is an alias.")
            return self._scalar_at(event, f"*{event.anchor}")
        if event.anchor is not None:
            self._refused(event.start_mark, path, f"`&{event.anchor}` is an anchor.")
        if event.tag is not None:
            self._refused(event.start_mark, path, f"`{event.tag}` is a tag.")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if depth == DEEPEST:
            why = f"No deal nests deeper than {DEEPEST} levels."
            words = ("The text is nested too deep here.", why, "Check the brackets.")
            self.problem("F17", self.place(event.start_mark), path, words)
            raise _TooDeepError
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(event, path, depth)
        return self.map(event, path, depth)

    def _scalar_at(self, event: Event, text: str) -> ScalarNode:
        start, end = event.start_mark, event.end_mark.index
        style: str | None = getattr(event, "style", None)
        if style in ("|", ">"):
            end = start.index + len(self.text[start.index : end].rstrip())
        return ScalarNode(text, start.index, end, start.line, start.column, style)

    def scalar(self, event: Event, path: str) -> ScalarNode:
        """Return a value, its text checked for what no value may hold."""
        text: str = event.value
        if len(text) > LONGEST_VALUE:
            what = f"This value has {len(text):,} characters."
            why = f"A value may have {LONGEST_VALUE:,}; more is a document of its own."
            words = (what, why, "Shorten it, or attach the document.")
            self.problem("F17", self.place(event.start_mark), path, words)
        if match := _IN_A_VALUE.search(text):
            self._bad_mark(match[0], self.place(event.start_mark), path)
        return self._scalar_at(event, text)

    def _bad_mark(self, mark: str, where: Place, path: str) -> None:
        if len(mark) == 1:
            self.problems.append(_bad_character(mark, where, path))
            return
        what, why = f"`{mark}` stands in this value.", "It is a mark of Word templates."
        remedy = "Write the value without it: in words, or with other brackets."
        self.problem("F13", where, path, (what, why, remedy))

    def items(self, event: Event, path: str, depth: int) -> ListNode:
        """Return a list."""
        start = event.start_mark
        items: list[Node] = []
        while not isinstance(inner := self.loader.get_event(), yaml.SequenceEndEvent):
            at = f"{path}.{len(items)}" if path else str(len(items))
            items.append(self.node(inner, at, depth + 1))
        flow = bool(event.flow_style)
        closed: Event = inner.end_mark
        end = closed.index if flow or not items else items[-1].end
        return ListNode(tuple(items), start.index, end, start.line, start.column, flow)

    def map(self, event: Event, path: str, depth: int) -> MapNode:
        """Return a map; of a key that is given twice, the first."""
        start, entries, end = event.start_mark, dict[str, Entry](), 0
        while not isinstance(inner := self.loader.get_event(), yaml.MappingEndEvent):
            key = self.key(inner, path, depth)
            at = f"{path}.{key.text}" if path else key.text
            value = self.node(self.loader.get_event(), at, depth + 1)
            end = value.end
            if key.text in entries:
                self._twice(key, entries[key.text].key, at)
            else:
                entries[key.text] = Entry(key, value)
        flow = bool(event.flow_style)
        closed: Event = inner.end_mark
        end = closed.index if flow or not entries else end
        return MapNode(entries, start.index, end, start.line, start.column, flow)

    def key(self, event: Event, path: str, depth: int) -> ScalarNode:
        """Return a key, which is a plain word."""
        node = self.node(event, path, depth + 1)
        before = self.text[: node.start].rpartition("\n")[2].rstrip(" ")
        if before.endswith("?"):
            self._refused(event.start_mark, path, "`?` begins a key here.")
        if not isinstance(node, ScalarNode):
            self._refused(event.start_mark, path, "A key is not a plain word here.")
            return self._scalar_at(event, "")
        if node.text == "<<" and not node.style:
            self._refused(event.start_mark, path, "`<<` is a merge key.")
        return node

    def _twice(self, key: ScalarNode, first: ScalarNode, path: str) -> None:
        what = f"`{key.text}` is given twice, first in line {first.line + 1}."
        why = "Which of the two was agreed?"
        words = (what, why, "Keep one of them.")
        where = Place(self.file, key.line + 1, key.column + 1)
        self.problem("F02", where, path, words)
