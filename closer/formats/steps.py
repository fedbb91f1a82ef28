"""The simple tags of a house style as plain data: print, repeat, choose.

Jinja reads a template; what it finds is kept as these steps, so that filling the
template needs no Jinja and runs no code. A template that asks for more than the steps
can say is left to Jinja.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Xml:
    """WordprocessingML that goes into a template as it is."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __html__(self) -> str:
        return self.text

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


class Text(Struct, frozen=True, tag="t", array_like=True):
    """What stands in the template as it is."""

    text: str


class Print(Struct, frozen=True, tag="p", array_like=True):
    """`{{ a.b }}`: a value, escaped unless it is WordprocessingML."""

    path: tuple[str, ...]


class Repeat(Struct, frozen=True, tag="r", array_like=True):
    """`{% for name in a.b %}`: the steps for each entry of a list."""

    name: str
    path: tuple[str, ...]
    steps: tuple["Step", ...]


class Choose(Struct, frozen=True, tag="c", array_like=True):
    """`{% if a.b %}`: these steps, or those if there is nothing."""

    path: tuple[str, ...]
    steps: tuple["Step", ...]
    otherwise: tuple["Step", ...]


Step = Text | Print | Repeat | Choose


class Missing(KeyError):
    """A tag names what nobody gave."""


def filled(steps: tuple[Step, ...], values: Mapping[str, object]) -> str:
    """Return what the steps make of some values."""
    out: list[str] = []
    _fill(steps, values, out)
    return "".join(out)


def _fill(
    steps: tuple[Step, ...], values: Mapping[str, object], out: list[str]
) -> None:
    for step in steps:
        match step:
            case Text():
                out.append(step.text)
            case Print():
                out.append(_print(_value(step.path, values)))
            case Repeat():
                entries = _value(step.path, values)
                for entry in entries:  # type: ignore[attr-defined]
                    _fill(step.steps, {**values, step.name: entry}, out)
            case Choose():
                kept = step.steps if _value(step.path, values) else step.otherwise
                _fill(kept, values, out)


def _value(path: tuple[str, ...], values: Mapping[str, object]) -> object:
    value: object = values
    for name in path:
        if not isinstance(value, dict) or name not in value:
            raise Missing(path)
        value = value[name]
    return value


def _print(value: object) -> str:
    if isinstance(value, Xml):
        return value.text
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} cannot be printed")
    return (
        value.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace('"', "&#34;")
    )


class _NotSimple(Exception):
    pass


def simple(template: Any) -> tuple[Step, ...] | None:  # noqa: ANN401
    """Return the steps of a template that Jinja has read; None if it needs Jinja."""
    try:
        return _simple(template.body)
    except _NotSimple:
        return None


def _simple(nodes: list[Any]) -> tuple[Step, ...]:
    from jinja2 import nodes as jinja  # noqa: PLC0415

    steps: list[Step] = []
    for node in nodes:
        if isinstance(node, jinja.Output):
            steps += [_output(each) for each in node.nodes]
        elif isinstance(node, jinja.If):
            later = [*node.elif_, *node.else_] if node.elif_ else node.else_
            if node.elif_:
                raise _NotSimple
            steps.append(Choose(_path(node.test), _simple(node.body), _simple(later)))
        elif isinstance(node, jinja.For):
            steps.append(_repeat(node))
        else:
            raise _NotSimple
    return tuple(steps)


def _repeat(node: Any) -> Repeat:  # noqa: ANN401
    if (
        node.else_
        or node.test
        or node.recursive
        or type(node.target).__name__ != "Name"
    ):
        raise _NotSimple
    return Repeat(node.target.name, _path(node.iter), _simple(node.body))


def _output(node: Any) -> Step:  # noqa: ANN401
    if type(node).__name__ == "TemplateData":
        return Text(node.data)
    return Print(_path(node))


def _path(node: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return `a.b.c` as names; anything else, and `loop`, is not simple."""
    kind = type(node).__name__
    if kind == "Name" and node.name != "loop":
        return (node.name,)
    if kind == "Getattr":
        return (*_path(node.node), node.attr)
    raise _NotSimple
