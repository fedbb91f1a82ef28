"""Changes one thing in a YAML text and leaves every other letter of it alone.

Comments, order, quotes and spacing belong to the people who wrote the file; a program
that rewrites them is not trusted with it twice.
"""

import re

from closer.terms.source import Entry, ListNode, MapNode, ScalarNode, Source

_UNSAFE_START = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]|\.\.\.")
_UNSAFE = re.compile(r": |:$| #|\s$|[^\S ]|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def written(value: object, *, flow: bool = True) -> str:
    """Return a value as YAML on one line; quoted only where it must be."""
    if isinstance(value, dict):
        pairs = (f"{written(key)}: {written(inner)}" for key, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(written(item) for item in value) + "]"
    text = str(value)
    safe = text.strip() and not _UNSAFE_START.match(text) and not _UNSAFE.search(text)
    if safe and not (flow and re.search(r"[,\[\]{}]", text)) and text[0] != " ":
        return text
    return f'"{"".join(_escaped(char) for char in text)}"'


def _escaped(char: str) -> str:
    if _NO_TEXT.match(char) and char not in _ESCAPES:
        return f"\\u{ord(char):04x}"
    return _ESCAPES.get(char, char)


def with_value(source: Source, path: str, value: object) -> str:
    """Return the text with a value in the place of what stands at a path.

    Where nothing stands there, the key is added last in its map, and the maps above it
    that are missing with it.
    """
    if source.has(path):
        return _replaced(source, path, value)
    parent, keys = source.root, path.split(".")
    while len(keys) > 1:
        inner = parent.entries.get(keys[0])
        if inner is None or not isinstance(inner.value, MapNode):
            break
        parent, keys = inner.value, keys[1:]
    for key in reversed(keys[1:]):
        value = {key: value}
    return _added(source.text, parent, keys[0], value)


def _replaced(source: Source, path: str, value: object) -> str:
    text, item = source.text, source.entry(path)
    if isinstance(item, ScalarNode) and not item.block:
        new = written(value, flow=_inside_flow(source, path))
        return text[: item.start] + new + text[item.end :]
    entry = _keyed(source, path)
    node, new = entry.value, written(value, flow=_inside_flow(source, path))
    if isinstance(node, ScalarNode):
        return _for_scalar(text, entry, node, new)
    if node.flow:
        return text[: node.start] + new + text[node.end :]
    colon = text.index(":", entry.key.end) + 1
    first = text.rfind("\n", 0, node.start) + 1
    between, after = text[colon:first], text[_next_line(text, node.end) :]
    return f"{text[:colon]} {new}{between}{after}"


def _keyed(source: Source, path: str) -> Entry:
    entry = source.entry(path)
    if isinstance(entry, Entry):
        return entry
    raise LookupError(f"no key stands at {path}; give the whole list")


def _for_scalar(text: str, entry: Entry, node: ScalarNode, new: str) -> str:
    start, end = node.start, node.end
    if start == end:
        start = end = text.index(":", entry.key.end) + 1
    if text[start - 1] == ":":
        new = f" {new}"
    if node.block:
        header = text[start:end].partition("\n")[0]
        new += "".join(re.findall(r"\s+#.*", header.rstrip("\r")))
    return text[:start] + new + text[end:]


def _inside_flow(source: Source, path: str) -> bool:
    parent = source.node(path.rpartition(".")[0])
    return isinstance(parent, MapNode | ListNode) and parent.flow


def _next_line(text: str, position: int) -> int:
    """Return where the line after a position begins."""
    newline = text.find("\n", position)
    return len(text) if newline < 0 else newline + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _added(text: str, parent: MapNode, key: str, value: object) -> str:
    last = next(reversed(parent.entries.values()), None)
    pair = f"{written(key)}: {written(value, flow=parent.flow)}"
    if last is None:
        at = parent.start + 1
        return text[:at] + pair + text[at:]
    if parent.flow:
        at = max(last.value.end, last.key.end)
        return f"{text[:at]}, {pair}{text[at:]}"
    return _line_after(text, last.value.end, " " * last.key.column + pair)


def _line_after(text: str, position: int, line: str) -> str:
    at, newline = _next_line(text, position), _newline(text)
    before = text[:at] if text[:at].endswith("\n") else text[:at] + newline
    return before + line + newline + text[at:]


def with_item(source: Source, key: str, item: object) -> str:
    """Return the text with an item last in the list at a key of the top."""
    node = source.node(key)
    line = f"- {written(item)}"
    if isinstance(node, ListNode) and node.items:
        if node.flow:
            at = node.items[-1].end
            return f"{source.text[:at]}, {written(item)}{source.text[at:]}"
        return _line_after(source.text, node.end, " " * node.column + line)
    if node is not None or source.root.flow:
        return with_value(source, key, [item])
    text, newline = source.text, _newline(source.text)
    end = max(entry.value.end for entry in source.root.entries.values())
    lines = f"{key}:{newline}  {line}"
    if _skip(text, end) < len(text):
        return _line_after(text, end, lines)
    return f"{text.rstrip()}{newline}{newline}{lines}{newline}"


def without(source: Source, path: str) -> str:
    """Return the text without a key, and without maps that held nothing else."""
    parent_path, _, _ = path.rpartition(".")
    parent = source.node(parent_path)
    while parent_path and isinstance(parent, MapNode) and len(parent.entries) == 1:
        path = parent_path
        parent_path = path.rpartition(".")[0]
        parent = source.node(parent_path)
    entry = _keyed(source, path)
    if isinstance(parent, MapNode) and parent.flow:
        return _without_in_flow(source.text, entry, parent)
    first = source.text.rfind("\n", 0, entry.key.start) + 1
    end = max(entry.value.end, entry.key.end)
    return source.text[:first] + source.text[_next_line(source.text, end) :]


def _without_in_flow(text: str, entry: Entry, parent: MapNode) -> str:
    start, end = entry.key.start, max(entry.value.end, entry.key.end)
    after = _skip(text, end)
    if text[after : after + 1] == ",":
        between = text[end:after]
        rest = after + 1
        if not between.strip():
            rest += len(text[rest:]) - len(text[rest:].lstrip(" "))
            return text[:start] + text[rest:]
        return text[:start] + between + text[rest:]
    inside = list(parent.entries.values())
    if inside[0] is entry:
        return text[:start] + text[end:]
    previous = inside[inside.index(entry) - 1]
    before = max(previous.value.end, previous.key.end)
    comma = _skip(text, before)
    between = text[before:comma] + text[comma + 1 : start]
    kept = between if between.strip() else ""
    return text[:before] + kept + text[end:]


def _skip(text: str, position: int) -> int:
    """Return the next position that is neither space nor comment."""
    while match := re.compile(r"\s+(#[^\n]*)?").match(text, position):
        position = match.end()
    return position
