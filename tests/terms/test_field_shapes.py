"""The shapes that the reader, the change file and the schema follow alike."""

from typing import Annotated, Literal

import pytest
from msgspec import Meta

from closer.terms.model import Terms
from closer.terms.scalars import KINDS
from closer.terms.shapes import Shape, fields_of, shape_at, shape_of
from closer.terms.values import Moment, Period


def every_shape(shape: Shape, seen: set[type]) -> list[Shape]:
    inner = [part for part in (shape.item, shape.entry) if part]
    if shape.section and shape.section not in seen:
        seen.add(shape.section)
        inner += [field.shape for field in fields_of(shape.section).values()]
    return [shape, *(found for part in inner for found in every_shape(part, seen))]


def test_every_field_of_the_model_can_be_read() -> None:
    sections: set[type] = set()
    shapes = every_shape(shape_of(Terms), sections)
    assert len(sections) > 30
    for shape in shapes:
        assert shape.wanted, shape


def test_alternatives_become_one_shape() -> None:
    assert shape_of(Moment | None) == Shape(kind=KINDS[Moment])
    either = shape_of(Literal["when sent"] | Period | None)
    assert either == Shape(kind=KINDS[Period], choices=("when sent",))
    listed = shape_of(tuple[Period, ...] | Literal["none"])
    assert listed == Shape(item=Shape(kind=KINDS[Period]), choices=("none",))
    assert shape_of(Annotated[dict[str, int], Meta(description="x")]).entry


def test_a_type_that_nobody_can_read_stops_the_build() -> None:
    with pytest.raises(TypeError, match="no kind reads"):
        shape_of(float)


def test_a_path_has_a_shape_or_a_key_that_is_unknown() -> None:
    found, _ = shape_at(shape_of(Terms), "milestones.any.due")
    assert found == Shape(kind=KINDS[Moment])
    assert shape_at(shape_of(Terms), "milestones.any.day") == (None, "day")
    assert shape_at(shape_of(Terms), "warranty.from.day") == (None, "day")
    assert shape_at(shape_of(Terms), "background.0") == (None, "0")


def test_keys_are_those_of_the_file_not_of_python() -> None:
    section = fields_of(Terms)["warranty"].shape.section
    assert section
    assert list(fields_of(section))[:2] == ["lasts", "from"]
    assert fields_of(section)["from"].attribute == "from_"
