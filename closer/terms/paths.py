"""Paths into the terms, as files and messages name things: `milestones.backyard`."""

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct


def value_at(root: object, path: str) -> object:
    """Return the value at a dotted path, or None where the terms have none there."""
    value: object = root
    for key in path.split("."):
        value = child(value, key)
        if value is None:
            return None
    return value


def within(path: str, whole: str) -> bool:
    """Whether a path is another one, or leads inside what stands there."""
    return f"{path}.".startswith(f"{whole}.")


def touches(one: str, other: str) -> bool:
    """Whether one of two paths leads inside what stands at the other."""
    return within(one, other) or within(other, one)


def child(value: object, key: str) -> object:
    """Return what stands under one key or index, or None."""
    if isinstance(value, Struct):
        name = _attributes(type(value)).get(key)
        return getattr(value, name) if name else None
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, tuple) and key.isdigit() and int(key) < len(value):
        item: object = value[int(key)]
        return item
    return None


@cache
def _attributes(kind: type[Struct]) -> dict[str, str]:
    """Return the attribute of each key; the types of the fields need not be known."""
    keys: tuple[str, ...] = kind.__struct_encode_fields__
    return dict(zip(keys, kind.__struct_fields__, strict=True))


def fields_in(section: Struct) -> Iterator[tuple[str, object]]:
    """Yield what a section holds, each with its key, whether it was agreed or not."""
    for key, name in _attributes(type(section)).items():
        yield key, getattr(section, name)


def entries(value: object) -> Iterator[tuple[str, object]]:
    """Yield the entries of a map or list, each with its key."""
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from ((str(index), item) for index, item in enumerate(value))
