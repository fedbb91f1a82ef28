"""The JSON Schema of the terms file, for editors that complete and check while typing.

Made from the shapes that the reader itself follows; `python -m closer.terms.schema`
prints it. It lets through whatever the reader takes; only the reader says all that is
wrong.
"""

import json
import sys
from inspect import getdoc

from msgspec import Struct

from closer.terms.model import Terms
from closer.terms.scalars import IDENTIFIER, RESERVED, Kind
from closer.terms.shapes import Shape, fields_of

JSON = dict[str, object]


def schema() -> JSON:
    """Return the schema of the terms file."""
    definitions: dict[str, JSON] = {}
    root = _section(Terms, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The agreed terms of a deal",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _section(section: type[Struct], definitions: dict[str, JSON]) -> JSON:
    fields = fields_of(section)
    properties: dict[str, JSON] = {}
    for name, field in fields.items():
        properties[name] = _shape(field.shape, definitions)
        if field.description:
            properties[name] = {**properties[name], "description": field.description}
    found: JSON = {
        "type": "object",
        "description": (getdoc(section) or "").partition("\n\n")[0].replace("\n", " "),
        "properties": properties,
        "additionalProperties": False,
    }
    if required := [name for name, field in fields.items() if field.required]:
        found["required"] = required
    return found


def _shape(shape: Shape, definitions: dict[str, JSON]) -> JSON:
    forms: list[JSON] = []
    if shape.section:
        forms.append(_reference(shape.section, definitions))
    if shape.entry:
        inner = _shape(shape.entry, definitions)
        forms.append(_entries(inner))
    if shape.item:
        forms.append({"type": "array", "items": _shape(shape.item, definitions)})
    if shape.choices:
        figures = [int(choice) for choice in shape.choices if choice.isdigit()]
        forms.append({"enum": [*shape.choices, *figures]})
    if shape.kind:
        forms.append(_kind(shape.kind, definitions))
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _reference(section: type[Struct], definitions: dict[str, JSON]) -> JSON:
    name = section.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _section(section, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _entries(inner: JSON) -> JSON:
    names: JSON = {"not": {"enum": sorted(RESERVED)}}
    return {
        "type": "object",
        "propertyNames": names,
        "patternProperties": {f"^{IDENTIFIER.pattern}$": inner},
        "additionalProperties": False,
    }


def _kind(kind: Kind, definitions: dict[str, JSON]) -> JSON:
    if kind.name == "yes or no":
        return {"enum": ["yes", "no"]}
    name = kind.name.replace(" ", "-")
    found: JSON = {"type": ["string", "number"] if kind.number else "string"}
    if kind.description:
        found["description"] = kind.description
    if kind.pattern:
        found["pattern"] = rf"^\s*({kind.pattern})\s*$"
    found["examples"] = [kind.example]
    definitions[name] = found
    return {"$ref": f"#/$defs/{name}"}


def text() -> str:
    """Return the schema as the file `terms.schema.json` holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":  # pragma: no cover - one line, run by hand
    sys.stdout.write(text())
