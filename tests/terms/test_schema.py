"""The JSON Schema that is shipped for editors."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from closer.terms import schema
from closer.terms.reading import read_terms

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "closer/terms/terms.schema.json"
SAMPLES = sorted((ROOT / "samples").glob("*/agreed.yaml"))
BROKEN = sorted((ROOT / "samples/broken").glob("f0[3-9]-*.yaml"))
UNSEEN = {
    "f07-no-such-day": "a pattern knows no calendar",
    "f08-other-currency": "a pattern knows no other field",
    "f08-commas-misplaced": "left to the reader, which says why",
}


class _AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2, as editors read it: numbers are numbers, all else is text."""


_AsEditorsRead.yaml_implicit_resolvers = {
    first: [row for row in rows if row[0].endswith((":int", ":float"))]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    wanted = json.loads(SHIPPED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(wanted)
    return jsonschema.Draft202012Validator(wanted)


def test_the_shipped_schema_is_that_of_the_model() -> None:
    fresh = "python -m closer.terms.schema > closer/terms/terms.schema.json"
    assert SHIPPED.read_text(encoding="utf-8") == schema.text(), fresh


@pytest.mark.parametrize("loader", [yaml.BaseLoader, _AsEditorsRead])
@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.parent.name)
def test_every_sample_is_valid(
    file: Path,
    loader: type[yaml.BaseLoader],
    validator: jsonschema.Draft202012Validator,
) -> None:
    deal = yaml.load(file.read_text(encoding="utf-8"), loader)
    assert [error.message for error in validator.iter_errors(deal)] == []


def test_there_are_samples() -> None:
    assert SAMPLES
    assert len(BROKEN) > 10


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_an_editor_sees_what_the_reader_refuses(
    file: Path, validator: jsonschema.Draft202012Validator
) -> None:
    text = file.read_text(encoding="utf-8")
    assert read_terms(text, file.name)[1]
    deal = yaml.load(text, yaml.BaseLoader)
    assert validator.is_valid(deal) == (file.stem in UNSEEN)


def test_ids_that_mean_something_else_are_refused(
    validator: jsonschema.Draft202012Validator,
) -> None:
    text = SAMPLES[0].read_text(encoding="utf-8")
    deal = yaml.load(text, yaml.BaseLoader)
    deal["special_terms"] = {"end": {"heading": "a", "text": "b"}}
    assert not validator.is_valid(deal)
    deal["special_terms"] = {"last": {"heading": "a", "text": "b"}}
    assert validator.is_valid(deal)


def test_sections_and_choices_are_told_to_the_editor() -> None:
    made = schema.schema()
    definitions = made["$defs"]
    assert isinstance(definitions, dict)
    milestone = definitions["Milestone"]
    assert milestone["description"].startswith("An agreed step and its day.")
    assert milestone["required"] == ["title", "owner", "due"]
    assert milestone["additionalProperties"] is False
    assert definitions["Warranty"]["properties"]["from"] == {"$ref": "#/$defs/moment"}
    assert definitions["Time"]["properties"]["open_in"] == {"enum": ["all", "any"]}
    assert "order" not in definitions["Steps"]["properties"]
