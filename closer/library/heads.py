"""TOML as the library writes it: keys of known kinds, with the place of each.

The head of a clause and the templates are read with the same few questions; what is
missing, misspelt or of the wrong kind becomes a problem where it stands.
"""

import re
from collections.abc import Collection, Mapping
from typing import TypeVar

from closer.library.conditions import Condition, parse_condition
from closer.library.marks import Fault, Part, parse_inline
from closer.problems import Place, Problem
from closer.terms.values import Unreadable

_Kind = TypeVar("_Kind", str, int, bool)
_KINDS: Mapping[type, str] = {
    str: "text in quotation marks",
    int: "a whole number",
    bool: "true or false",
    list: "a list in brackets",
    dict: "a table of its own",
}
_PATH = re.compile(r"[a-z_][\w-]*(?:\.[\w-]+)*")


class Head:
    """One table of a TOML text, and the problems found while asking for its keys."""

    def __init__(
        self,
        data: Mapping[str, object],
        source: "Written",
        keys: Collection[str],
        inside: str = "",
    ) -> None:
        """`keys`: all that may stand here; `inside`: what to call the table."""
        self.data = data
        self.source = source
        for key in data:
            if key not in keys:
                self._unknown(key, keys, inside)

    def _unknown(self, key: str, keys: Collection[str], inside: str) -> None:
        from difflib import get_close_matches  # noqa: PLC0415 - only when a word is wrong

        near = get_close_matches(key, keys, n=1)
        known = f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(keys)}."
        where = f" in {inside}" if inside else ""
        self.problem(
            key, f"`{key}` is no key{where}.", "Nothing would ever read it.", known
        )

    def text(self, key: str, *, needed: str = "") -> str:
        """Return a text; `needed`: why one has to be there."""
        value = self._value(key, str)
        if needed and self._is_missing(key, value):
            self.problem(key, f"`{key}` is missing.", needed, f'Write {key} = "…".')
        return value or ""

    def number(self, key: str, default: int = 0, *, needed: str = "") -> int:
        """Return a whole number; `needed`: why one has to be there."""
        value = self._value(key, int)
        if needed and self._is_missing(key, value):
            self.problem(key, f"`{key}` is missing.", needed, f"Write {key} = 1.")
        return default if value is None else value

    def flag(self, key: str) -> bool:
        """Return whether something is so; no where nothing is said."""
        return bool(self._value(key, bool))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.data.get(key, [])
        if isinstance(values, list) and all(isinstance(v, str) for v in values):
            return tuple(values)
        self._wrong(key, list)
        return ()

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts."""
        values = self.data.get(key, [])
        if isinstance(values, list) and all(
            isinstance(group, list) and all(isinstance(each, str) for each in group)
            for group in values
        ):
            return tuple(tuple(group) for group in values)
        self._wrong(key, list)
        return ()

    def mapping(self, key: str) -> dict[str, str]:
        """Return a table of texts, in the order of the file."""
        values = self.data.get(key, {})
        if isinstance(values, dict) and all(
            isinstance(value, str) for value in values.values()
        ):
            return dict(values)
        self._wrong(key, dict)
        return {}

    def tables(self, key: str, keys: Collection[str]) -> list["Head"]:
        """Return the tables written as `[[key]]`."""
        values = self.data.get(key, [])
        if isinstance(values, list) and all(isinstance(v, dict) for v in values):
            return [Head(value, self.source, keys, f"[[{key}]]") for value in values]
        self._wrong(key, list)
        return []

    def condition(self, key: str) -> Condition | None:
        """Return the condition under a key, where there is one."""
        text = self.text(key)
        if not text and key not in self.data:
            return None
        try:
            return parse_condition(text)
        except Unreadable as error:
            where = self.source.place(text, key)
            problem = Problem("L05", where, key, error.what, error.why, error.remedy)
            self.source.problems.append(problem)
            return None

    def path(self, key: str, *, needed: str = "") -> str | None:
        """Return the path of a map or list under a key, where there is one."""
        text = self.text(key, needed=needed)
        if text and not _PATH.fullmatch(text):
            self.problem(
                key,
                f"{text!r} is no path.",
                "Only a map or list of the terms can be repeated over.",
                "Write a path like milestones or price.payments.",
            )
            return None
        return text or None

    def prose(self, key: str, words: Collection[str]) -> tuple[Part, ...]:
        """Return the prose under a key."""
        text = self.text(key)
        return self.source.prose(text, key, words)

    def _is_missing(self, key: str, value: str | int | None) -> bool:
        """Whether nothing was written; what is of the wrong kind is told already."""
        return key not in self.data if value is None else not str(value).strip()

    def _value(self, key: str, kind: type[_Kind]) -> _Kind | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
            return value
        self._wrong(key, kind)
        return None

    def _wrong(self, key: str, kind: type) -> None:
        self.problem(
            key,
            f"`{key}` is not {_KINDS[kind]}.",
            "It cannot be read as what it is for.",
            f"Write {_KINDS[kind]}.",
        )

    def problem(self, key: str, what: str, why: str, remedy: str) -> None:
        """Add a problem at the line of a key."""
        where = self.source.place("", key)
        self.source.problems.append(Problem("L08", where, key, what, why, remedy))


class Written:
    """A TOML text as it stands in a file, and the problems found in it."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.text = text
        self.file = file
        self.problems = problems

    def read(self) -> dict[str, object] | None:
        """Return the data, or nothing where the text is no TOML."""
        import tomllib  # noqa: PLC0415 - what was understood before needs none

        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            what, _, place = str(error).partition(" (at ")
            numbers = re.findall(r"\d+", place) or ["1", "1"]
            line, column = (int(number) for number in (numbers * 2)[:2])
            where = Place(self.file, line, column)
            self.problems.append(
                Problem(
                    "L07",
                    where,
                    "",
                    f"This is no TOML: {what}.",
                    "Nothing in the file can be read.",
                    "Write keys like `order = 30`, texts in quotation marks.",
                )
            )
            return None

    def place(self, content: str, key: str = "") -> Place:
        """Return where some content stands, or else its key, or else the file."""
        offset = self.text.find(content) if content else -1
        if offset < 0 and key:
            match = re.search(rf"(?m)^\s*\[*{re.escape(key)}\b", self.text)
            offset = match.start() if match else -1
        return self.at(max(offset, 0))

    def at(self, offset: int) -> Place:
        """Return the line and column of an offset."""
        line = self.text.count("\n", 0, offset) + 1
        column = offset - self.text.rfind("\n", 0, offset)
        return Place(self.file, line, column)

    def prose(self, text: str, key: str, words: Collection[str]) -> tuple[Part, ...]:
        """Read a run of prose that stands somewhere in the text."""
        faults: list[Fault] = []
        parts = parse_inline(text, faults, words)
        for fault in faults:
            base = self.text.find(text)
            where = self.at(base + fault.offset) if base >= 0 else self.place("", key)
            self.problems.append(
                Problem(fault.code, where, key, fault.what, fault.why, fault.remedy)
            )
        return parts
