"""What YAML cannot read, said in plain words at YAML's own line and column."""

import re

import yaml

from closer.problems import Place, Problem

_TABS = "Spaces make the levels of the file; a tab has no agreed width."
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed|could not find expected ':' while reading a",
        "There is a second `: ` in this line, or the line is indented too far.",
        "Put quotes around a value that holds a colon and a space, or align the key.",
    ),
    (
        "could not find expected ':'|did not find expected key",
        "This line is no `key: value`, or does not stand under its neighbours.",
        "Write `key: value` as far from the left as the lines of its section.",
    ),
    (
        r"expected <?block end|expected '-' indicator|did not find expected <docu",
        "This line does not stand under its neighbours.",
        "Give all keys of a section the same distance from the left.",
    ),
    (
        r"expected ',' or '[}\]]'",
        "A bracket that was opened before is not closed here.",
        "Close it, or put a comma between the entries.",
    ),
    (
        "unexpected end of stream|unexpected document",
        "A quote or a bracket that was opened before is never closed.",
        "Close it.",
    ),
    (
        "sequence entries are not allowed",
        "A `- ` cannot stand here.",
        "Begin the list on the line after its key.",
    ),
    (
        "unknown escape|hexdecimal|hexadecimal",
        "A backslash in double quotes means something else than itself.",
        "Write two backslashes, or use single quotes.",
    ),
    (
        "cannot start any token",
        "A value cannot begin with this character.",
        "Put quotes around the value.",
    ),
)


def in_plain_words(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Return a syntax error as a problem that somebody new to YAML understands."""
    raw = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    line, column = _within(text, mark.line, mark.column) if mark else (0, 0)
    what, remedy = _explained(raw)
    why = f"YAML cannot read on from here ({raw})."
    opened = getattr(error, "context_mark", None)
    if opened and opened.line != line:
        why = f"YAML cannot read on from here ({raw}); it began in line "
        why += f"{opened.line + 1}."
    if _indented_by_a_tab(text, line):
        what, why, remedy = "A tab stands before this line.", _TABS, "Use spaces."
    return Problem("F01", Place(file, line + 1, column + 1), "", what, why, remedy)


def _within(text: str, line: int, column: int) -> tuple[int, int]:
    """Return a place that an editor can show: the end of a file is in its last line."""
    lines = text.split("\n")
    if line < len(lines):
        return line, column
    return len(lines) - 1, len(lines[-1])


def _explained(raw: str) -> tuple[str, str]:
    for pattern, what, remedy in _WORDS:
        if re.search(pattern, raw):
            return what, remedy
    return "This is not YAML.", "Compare the line with those around it."


def _indented_by_a_tab(text: str, line: int) -> bool:
    lines = text.split("\n")
    return line < len(lines) and bool(re.match(r"[ ]*\t", lines[line]))
