"""Paths into the terms, as files and messages name things: `milestones.backyard`."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import fields


def value_at(root: object, path: str) -> object:
    """Return the value at a dotted path, or None where the terms have none there."""
    value: object = root
    for key in path.split("."):
        value = child(value, key)
        if value is None:
            return None
    return value


def child(value: object, key: str) -> object:
    """Return what stands under one key or index, or None."""
    if isinstance(value, Struct):
        name = _attribute(type(value), key)
        return getattr(value, name) if name else None
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, tuple) and key.isdigit() and int(key) < len(value):
        item: object = value[int(key)]
        return item
    return None


_ATTRIBUTES: dict[type, dict[str, str]] = {}


def _attribute(kind: type[Struct], key: str) -> str | None:
    names = _ATTRIBUTES.get(kind)
    if names is None:
        names = {field.encode_name: field.name for field in fields(kind)}
        _ATTRIBUTES[kind] = names
    return names.get(key)


def entries(value: object) -> Iterator[tuple[str, object]]:
    """Yield the entries of a map or list, each with its key."""
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from ((str(index), item) for index, item in enumerate(value))
