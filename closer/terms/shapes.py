"""The shape that the model gives to each place of a file.

The model is walked by its annotations, lazily and once: the reader, the change file
and the JSON Schema all ask the same shapes, so that none of them can know a key that
another does not.
"""

import types
import typing
from functools import cache
from typing import Literal

from msgspec import NODEFAULT, Struct, structs

from closer.terms.disputes import Steps
from closer.terms.kinds import Identifier
from closer.terms.scalars import KINDS, Kind

FREE = object
"""The annotation of what any text, list or map may stand for."""

_WRITTEN_BY_THE_READER: dict[type, str] = {Steps: "order"}
"""Fields that are no key of the file: they hold the order of the keys beside them."""


class Shape(Struct, frozen=True):
    """What may stand at one place: one value, a list, a map of entries, a section."""

    kind: Kind | None = None
    choices: tuple[str, ...] = ()
    item: "Shape | None" = None
    entry: "Shape | None" = None
    ids: bool = False
    section: type[Struct] | None = None
    free: bool = False

    @property
    def scalar(self) -> bool:
        """Whether one value may stand here."""
        return bool(self.kind or self.choices)

    @property
    def wanted(self) -> str:
        """What is wanted here, in words."""
        words = []
        if self.section or self.entry:
            words.append("a section with keys of its own")
        if self.item:
            words.append("a list")
        if self.scalar:
            words.append("a single value")
        return " or ".join(words)


class Field(Struct, frozen=True):
    """One key of a section; `name` is the key in the file, `attribute` in Python."""

    name: str
    attribute: str
    shape: Shape
    required: bool
    description: str = ""


@cache
def fields_of(section: type[Struct]) -> dict[str, Field]:
    """Return the keys of a section in the order of the model."""
    found = {}
    for field in structs.fields(section):
        if _WRITTEN_BY_THE_READER.get(section) == field.name:
            continue
        required = field.required and field.default is NODEFAULT
        found[field.encode_name] = Field(
            field.encode_name,
            field.name,
            shape_of(field.type),
            required,
            _described(field.type),
        )
    return found


def order_kept(section: type[Struct]) -> str | None:
    """Return the field that holds the order of the keys, where a section has one."""
    return _WRITTEN_BY_THE_READER.get(section)


def _described(annotation: object) -> str:
    if annotation in KINDS:
        return ""
    for meta in getattr(annotation, "__metadata__", ()):
        if getattr(meta, "description", None):
            return str(meta.description)
    return ""


def shape_of(annotation: object) -> Shape:
    """Return the shape of one annotation; of a union, all that it allows."""
    if annotation is FREE:
        return Shape(free=True)
    if kind := _kind(annotation):
        return Shape(kind=kind)
    origin, inside = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return Shape(choices=inside)
    if origin is tuple:
        return Shape(item=shape_of(inside[0]))
    if origin is dict:
        return Shape(entry=shape_of(inside[1]), ids=inside[0] is Identifier)
    if origin in (typing.Union, types.UnionType):
        return _union(tuple(part for part in inside if part is not type(None)))
    if origin is typing.Annotated:
        return shape_of(inside[0])
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return Shape(section=annotation)
    raise TypeError(f"the model asks for {annotation!r}, which no kind reads")


def _kind(annotation: object) -> Kind | None:
    kind = KINDS.get(annotation)
    if kind is None and typing.get_origin(annotation) is typing.Annotated:
        return KINDS.get(typing.get_args(annotation)[0])
    return kind


def _union(parts: tuple[object, ...]) -> Shape:
    whole = _either(parts)
    if kind := _kind(whole):
        return Shape(kind=kind)
    choices: tuple[str, ...] = ()
    others = []
    for part in parts:
        if typing.get_origin(part) is Literal:
            choices += typing.get_args(part)
        else:
            others.append(part)
    if not others:
        return Shape(choices=choices)
    whole = _either(tuple(others))
    if len(others) == 1 or _kind(whole):
        return structs.replace(shape_of(whole), choices=choices)
    return _joined([shape_of(other) for other in others], choices)


def _joined(shapes: list[Shape], choices: tuple[str, ...]) -> Shape:
    """Return one shape that allows what each of several does."""
    found = Shape(choices=choices)
    for shape in shapes:
        given = {f: getattr(shape, f) for f in shape.__struct_fields__}
        found = structs.replace(found, **{f: v for f, v in given.items() if v})
    return found


def _either(parts: tuple[object, ...]) -> object:
    union: object = typing.Union.__getitem__(parts)
    return union


def shape_at(shape: Shape, path: str) -> tuple[Shape | None, str]:
    """Return the shape at a path and, where there is none, the key that is unknown."""
    for key in path.split("."):
        if shape.section:
            field = fields_of(shape.section).get(key)
            if field is None:
                return None, key
            shape = field.shape
        elif shape.entry:
            shape = shape.entry
        else:
            return None, key
    return shape, ""
