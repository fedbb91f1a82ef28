"""The house style as it is filled: its own docxtpl tags, read strictly.

docxtpl turns what Word saved into a Jinja source. That costs more than everything else
in a draft and depends on the template alone, so its result can be kept in a folder of
the user's: plain data, checked when it is read, never code.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from closer.formats import files, tags
from closer.formats.faults import BrokenTemplateError, finding
from closer.formats.steps import Missing, Step, Xml, filled

_EDITION = b"1"


class Part(Struct, frozen=True, array_like=True):
    """A part with tags: its Jinja source, and its steps if they are simple ones."""

    name: str
    source: str
    steps: tuple[Step, ...] | None

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the part with every tag filled."""
        if self.steps is None:
            return by_jinja(self, values)
        try:
            return filled(self.steps, values)
        except Missing as missing:
            name = ".".join(missing.args[0])
            remedy = f"Correct the name. Known are: {', '.join(sorted(values))}."
            what = f"The tag {{{{ {name} }}}} names nothing."
            problem = finding("template-unknown-name", self.name, what, remedy)
            raise BrokenTemplateError([problem]) from missing


class Template(Struct, frozen=True, array_like=True):
    """A house style, ready to be filled: parts with tags, and parts as they are."""

    key: str
    parts: tuple[Part, ...]
    fixed: dict[str, bytes]

    def fill(self, values: Mapping[str, object]) -> dict[str, str]:
        """Return the parts with tags, filled; a name that is not known stops it."""
        return {part.name: part.fill(values) for part in self.parts}


def load(path: Path, cache: Path | None = None) -> Template:
    """Read a template, from `cache` if it lies there unchanged."""
    data = path.read_bytes()
    key = sha256(b"\0".join((_EDITION, _docxtpl(), data))).hexdigest()
    if cache is None:
        return _read(data, key, path.name)
    place = cache / f"house-style-{key[:24]}.bin"
    found = kept(place, key)
    if found is None:
        found = _read(data, key, path.name)
        _keep(place, found)
    return found


def _docxtpl() -> bytes:
    """Return what identifies the installed docxtpl, without importing it."""
    from importlib.util import find_spec  # noqa: PLC0415

    spec = find_spec("docxtpl")
    if spec is None or spec.origin is None:  # pragma: no cover - a broken install
        raise ModuleNotFoundError("docxtpl")
    return Path(spec.origin).read_bytes()


def kept(place: Path, key: str) -> Template | None:
    """Return the kept template; None if anything about it is odd."""
    data = files.own(place)
    if data is None:
        return None
    try:
        found = msgspec.msgpack.decode(data, type=Template)
    except (msgspec.MsgspecError, ValueError):
        return None
    return found if found.key == key else None


def _keep(place: Path, template: Template) -> None:
    """Keep a template for the next time; a folder that refuses is no fault."""
    with suppress(OSError):
        files.write_own(place, msgspec.msgpack.encode(template))


def _read(data: bytes, key: str, file: str) -> Template:
    """Let docxtpl turn the parts with tags into Jinja sources."""
    import io  # noqa: PLC0415 - the way of the first time only
    from zipfile import BadZipFile  # noqa: PLC0415

    import docxtpl  # noqa: PLC0415

    try:
        word = docxtpl.DocxTemplate(io.BytesIO(data))
        sources = dict(_sources(word, file))
        fixed = files.unpacked(data)
    except (BadZipFile, KeyError, ValueError) as error:
        remedy = "Save it in Word as a .docx file."
        problem = finding("template-unreadable", file, f"{error}.", remedy)
        raise BrokenTemplateError([problem]) from error
    parts = tuple(
        Part(name, source, _steps(source, f"{file}:{name}"))
        for name, source in sources.items()
    )
    return Template(key, parts, {n: d for n, d in fixed.items() if n not in sources})


def _sources(word: Any, file: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield name and Jinja source of the parts that docxtpl fills."""
    document = word.get_docx()
    parts = [("word/document.xml", word.xml_to_string(document.element))]
    for uri in (word.HEADER_URI, word.FOOTER_URI):
        for _, part in word.get_headers_footers(uri):
            parts.append((str(part.partname).lstrip("/"), word.get_part_xml(part)))
    problems = [p for name, xml in parts for p in tags.findings(xml, f"{file}:{name}")]
    if problems:
        raise BrokenTemplateError(problems)
    for name, xml in parts:
        yield name, word.patch_xml(xml)


def environment() -> Any:  # noqa: ANN401
    """Return the environment in which nothing is guessed and nothing runs."""
    from jinja2 import StrictUndefined  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_printable,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    return environment


def _printable(value: object) -> object:
    from jinja2 import Undefined  # noqa: PLC0415

    if isinstance(value, str | Xml | Undefined):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"{type(value).__name__} cannot be printed")


def _steps(source: str, file: str) -> tuple[Step, ...] | None:
    from jinja2 import TemplateError  # noqa: PLC0415

    from closer.formats.steps import simple  # noqa: PLC0415

    try:
        return simple(environment().parse(source))
    except TemplateError as error:
        raise BrokenTemplateError([_tag(file, error, source)]) from error


def by_jinja(part: Part, values: Mapping[str, object]) -> str:
    """Fill a part by Jinja itself: what simple steps must agree with."""
    from jinja2 import TemplateError  # noqa: PLC0415

    try:
        return str(environment().from_string(part.source).render(values))
    except (TemplateError, TypeError, ValueError) as error:
        raise BrokenTemplateError([_tag(part.name, error, part.source)]) from error


def _tag(file: str, error: Exception, source: str) -> Any:  # noqa: ANN401
    """Return the problem of a tag, with the words around it if the line is known."""
    import re  # noqa: PLC0415

    line = getattr(error, "lineno", None)
    lines = source.splitlines()
    around = ""
    if line and len(lines) > 1:  # pragma: no cover - one-line sources tell no place
        around = re.sub(r"<[^>]+>", "", lines[min(line, len(lines)) - 1])[:80]
    what = f"A tag cannot be filled: {error}." + (f" Near: {around}" if around else "")
    return finding("template-tag", file, what, "Correct the tag in Word.")
