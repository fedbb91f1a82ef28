"""Change any one scalar of a sample's contract in place: it is detected and named."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from edited import BODY, controls, edited, parts, set_value

from closer.cli import folders
from closer.cli.deal import Stage, accepted, read_deal, read_library
from closer.cli.verify import ours
from closer.drafting.checks import EXEMPT, leaves
from closer.drafting.trace import Traced, traced
from closer.formats import word
from closer.formats.readback import Baseline, read_back
from closer.formats.returned import ViewOf
from closer.formats.typography import curled
from closer.formats.wordxml import provision_bookmarks

ROOT = Path(__file__).parents[2]
FAST = ("garage-remodel", "studio-services")
SAMPLES = [
    pytest.param(name, marks=() if name in FAST else pytest.mark.slow)
    for name in sorted(p.parent.name for p in (ROOT / "samples").glob("*/agreed.yaml"))
]


@pytest.fixture(scope="module", params=SAMPLES)
def made(request: pytest.FixtureRequest) -> tuple[bytes, Baseline, tuple[Traced, ...]]:
    """The final contract of a sample, what it is held against, and its trace."""
    library = read_library()
    deal = read_deal([ROOT / "samples" / request.param / "agreed.yaml"])
    stage: Stage = accepted(deal, library)[-1]
    document = replace(stage.draft.document, draft=False, open_points=())
    house = folders.shipped("templates") / "word" / "house.docx"
    rows = traced(stage.agreed, stage.draft, library.phrases["references"])
    return word.write(document, house), ours(stage, library, document), rows


def _other(text: str) -> str:
    """Return a text with one figure, or else one word, changed."""
    found = re.search(r"\d", text)
    if found:
        figure = (int(found[0]) + 1) % 10
        return f"{text[: found.start()]}{figure}{text[found.end() :]}"
    *before, _ = text.split()
    return " ".join([*before, "otherwise"])


def _named(view: ViewOf) -> Iterator[str]:
    for reading in view.readings:
        yield reading.path
    for change in view.changes:
        yield from change.terms


def test_the_contract_as_it_was_written_differs_in_nothing(
    made: tuple[bytes, Baseline, tuple[Traced, ...]],
) -> None:
    docx, base, _ = made
    report = read_back(docx, base)
    assert not report.differs
    assert report.made_from == "these terms"
    assert report.alike == 1


def test_every_value_changed_in_one_place_is_named_with_both_readings(
    made: tuple[bytes, Baseline, tuple[Traced, ...]],
) -> None:
    docx, base, rows = made
    body = parts(docx)[BODY].decode()
    stands = dict.fromkeys(row.path for row in rows if row.how == "stands")
    assert len(stands) > 40
    for path in stands:
        found = controls(body, path) or controls(body, path.rpartition(".")[0])
        assert found, path
        name = path if controls(body, path) else path.rpartition(".")[0]
        old = found[-1][2].replace("&amp;", "&")
        new = _other(old)
        changed = edited(docx, set_value(name, new, which=slice(-1, None)))
        report = read_back(changed, base)
        readings = {each.path: each for each in report.accepted.readings}
        assert set(readings) == {name}, (path, readings)
        assert readings[name].theirs == " ".join(new.split())
        assert report.accepted.changes == ()


def test_every_choice_whose_sentence_is_changed_is_named_with_its_provision(
    made: tuple[bytes, Baseline, tuple[Traced, ...]],
) -> None:
    docx, base, rows = made
    body = parts(docx)[BODY].decode()
    chose = [row for row in rows if row.how != "stands"]
    assert len(chose) > 9
    for row in chose:
        start, old = _word_of(row, body)
        after = f"{body[:start]}never{body[start + len(old) :]}"
        report = read_back(edited(docx, lambda _, text=after: text), base)
        assert report.accepted.changes or report.accepted.readings, row
        places = {change.place for change in report.accepted.changes}
        places |= {reading.place for reading in report.accepted.readings}
        named = set(_named(report.accepted))
        assert row.path in named or any(p and p in row.place for p in places), row


def test_every_scalar_of_the_terms_stands_in_the_contract_or_chose_words_of_it(
    made: tuple[bytes, Baseline, tuple[Traced, ...]], request: pytest.FixtureRequest
) -> None:
    sample = request.node.callspec.params["made"]
    agreed = read_deal([ROOT / "samples" / sample / "agreed.yaml"]).agreed
    tried = {row.path for row in made[2]}
    for path in leaves(agreed.canonical):
        if path.partition(".")[0] not in EXEMPT:
            assert path in tried or path.rpartition(".")[0] in tried, path


def _word_of(row: Traced, body: str) -> tuple[int, str]:
    """Return a long word of a sentence, and where it stands in its provision."""
    pieces = curled(row.sentence).split()
    home = max(0, body.find(f'w:name="{provision_bookmarks([row.home])[row.home]}"'))
    end = body.find('w:name="_Cl_', home + 1)
    for stop in (end, len(body)):
        for size in range(7, 0, -1):
            for at in range(len(pieces) - size + 1):
                some = pieces[at : at + size]
                text = r"[\s\u00a0]".join(map(re.escape, some))
                found = re.compile(rf"(?<![\w]){text}(?![\w])").search(body, home, stop)
                if found:
                    longest = max(some, key=len)
                    return body.index(longest, found.start()), longest
    raise AssertionError(row)
