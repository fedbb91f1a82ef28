"""What the terms can hold under a path: the model, asked by the keys of the file.

A `*` in a path stands for any one entry of a map or list: `milestones.*.due`.
"""

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Literal,
    NamedTuple,
    TypeGuard,
    Union,
    get_args,
    get_origin,
)

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from closer.library.proof import prefixes
from closer.terms import kinds
from closer.terms.model import Terms

_PARTY = get_args(kinds.Party)[1]
_PRINTED_WHOLE = frozenset({"closer.terms.values", "closer.terms.rhythms"})
"""Modules of values without keys; so is every class that is read from a text."""


class Kinds(NamedTuple):
    """What may stand at a path: the kinds of value, and whether nothing may."""

    hints: tuple[object, ...]
    may_be_absent: bool


class NoSuchPath(NamedTuple):
    """A path that the terms cannot have: the key that failed, and what was near."""

    key: str
    near: str

    @property
    def hint(self) -> str:
        """A question for the key that was probably meant, or nothing."""
        return f"Did you mean `{self.near}`? " if self.near else ""


def kinds_at(path: str) -> Kinds | NoSuchPath:
    """Return what may stand at a path, as far as its last key goes."""
    found = _at(path)
    return found if isinstance(found, NoSuchPath) else found[-1]


def absentees(path: str) -> list[str]:
    """Return those beginnings of a path which some deals leave out, the path too."""
    found = _at(path)
    if isinstance(found, NoSuchPath):
        return []
    steps = zip(prefixes(path), found, strict=True)
    return [prefix for prefix, kind in steps if kind.may_be_absent]


@cache
def _at(path: str) -> list[Kinds] | NoSuchPath:
    here: tuple[object, ...] = (Terms,)
    found: list[Kinds] = []
    for key in path.split("."):
        inner = [kind for hint in here for kind in _under(hint, key)]
        if not inner:
            known = [name for hint in here for name in _keys(hint)]
            from difflib import get_close_matches  # noqa: PLC0415 - only when a word is wrong

            near = get_close_matches(key, known, n=1)
            return NoSuchPath(key, near[0] if near else "")
        here = tuple(hint for kind in inner for hint in kind.hints)
        found.append(Kinds(here, any(kind.may_be_absent for kind in inner)))
    return found


def _under(hint: object, key: str) -> list[Kinds]:
    """Return what stands under one key of a value of this kind."""
    if _is_section(hint):
        field = _fields(hint).get(key)
        return [_kinds_of(field)] if field else []
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (dict, Mapping):
        return [Kinds(_members(inner[1]), key != "*")]
    if origin is tuple and (key == "*" or key.isdigit()):
        return [Kinds(_members(inner[0]), key != "*")]
    return []


def _kinds_of(field: FieldInfo) -> Kinds:
    hints = _members(field.type)
    absent = NoneType in hints or bool in hints
    if field.default is not NODEFAULT:
        absent = absent or field.default in (None, False, "", ())
    elif field.default_factory is not NODEFAULT:
        absent = absent or field.default_factory in (dict, list, tuple)
    return Kinds(tuple(hint for hint in hints if hint is not NoneType), absent)


def _members(hint: object) -> tuple[object, ...]:
    """Return the kinds that a union joins."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(one for member in get_args(hint) for one in _members(member))
    return (hint,)


def _is_section(hint: object) -> TypeGuard[type[Struct]]:
    return (
        isinstance(hint, type)
        and issubclass(hint, Struct)
        and hint.__module__ not in _PRINTED_WHOLE
        and not hasattr(hint, "read")
    )


@cache
def _fields(section: type[Struct]) -> dict[str, FieldInfo]:
    return {field.encode_name: field for field in fields(section)}


def _keys(hint: object) -> list[str]:
    return list(_fields(hint)) if _is_section(hint) else []


def is_party(path: str) -> bool:
    """Whether what stands at a path names a party."""
    found = kinds_at(path)
    return isinstance(found, Kinds) and any(
        get_origin(hint) is Annotated and _PARTY in get_args(hint)
        for hint in found.hints
    )


def is_repeated(path: str) -> bool:
    """Whether a map or list stands at a path."""
    found = kinds_at(path)
    return isinstance(found, Kinds) and any(
        get_origin(hint) in (dict, Mapping, tuple) for hint in found.hints
    )


def is_section(path: str) -> bool:
    """Whether what stands at a path has keys of its own and cannot be printed."""
    found = kinds_at(path)
    return isinstance(found, Kinds) and any(
        _is_section(hint) or get_origin(hint) in (dict, Mapping) for hint in found.hints
    )


def words_at(path: str) -> frozenset[str] | None:
    """Return the words of which the value at a path is one, if they are counted."""
    found = kinds_at(path)
    if isinstance(found, NoSuchPath):
        return None
    words: set[str] = set()
    for hint in found.hints:
        if hint is bool:
            words.update(("yes", "no"))
        elif get_origin(hint) is Literal:
            words.update(str(word) for word in get_args(hint))
        else:
            return None
    return frozenset(words)


class Model(Struct, frozen=True):
    """What the model of the terms proves of every deal of some contract types."""

    types: frozenset[str]

    def values(self, path: str) -> frozenset[str] | None:
        """Return all values that a path can have, or None where anything goes."""
        return self.types if path == "contract" else words_at(path)

    def certain(self, path: str) -> bool:
        """Whether a path is there wherever the path above it is."""
        found = kinds_at(path)
        return isinstance(found, Kinds) and not found.may_be_absent
