from collections.abc import Sequence
from pathlib import Path

import pytest

from closer.cli.amend import outcome
from closer.cli.deal import Deal, accepted, read_deal, read_library
from closer.cli.instrument import Amending, gathered, given
from closer.cli.schedule import follow_up
from closer.drafting.amendment import amendment
from closer.drafting.comparison import compare
from closer.drafting.conformed import omitted_words
from closer.drafting.document import Document, Paragraph, plain
from closer.drafting.phrases import Phrases
from closer.drafting.selection import roles_of
from closer.library.instruments import load_instrument
from closer.library.loading import Library
from closer.terms.moments import Facts

ROOT = Path(__file__).parent.parent.parent
GARAGE = ROOT / "samples" / "garage-remodel"
HURRICANE = [GARAGE / "agreed.yaml", GARAGE / "change-1-hurricane.yaml"]
STUDIO = ROOT / "samples" / "studio-services"
SECOND = """
amends: HOM-2026-014
effective: 2026-11-02
because:
  - The Client asks for a later handover.
changes:
  milestones.backyard.due: later by 1 week
  contingencies.weather: {threshold: 30 mm of rain in a day, relief: day for day,
                          counts: calendar days, notice: 2 days}
"""


@pytest.fixture(scope="session")
def shipped() -> Library:
    """The library as it is shipped."""
    return read_library()


def _amending(files: Sequence[Path], library: Library) -> Amending:
    deal = read_deal(files)
    earlier = Deal(deal.chain[:-1], deal.changes[:-1], ())
    instrument, _ = load_instrument(ROOT / "templates")
    assert instrument is not None
    stages = accepted(deal, library)
    before = follow_up(earlier, stages[:-1], library, Facts())
    after = follow_up(deal, stages, library, Facts())
    return Amending(deal, library, instrument, stages, (before, after))


def _document(amending: Amending) -> Document:
    terms, library = amending.after.agreed.terms, amending.library
    roles = roles_of(terms, library.types[terms.contract])
    return amendment(
        amending.before.text,
        amending.after.draft.document,
        gathered(amending, {}),
        instrument=amending.instrument,
        phrases=Phrases(library.phrases, terms, roles),
        omitted=omitted_words(library.phrases, terms.language),
    )


def _sentences(document: Document) -> list[str]:
    return [
        plain(block.spans)
        for provision in document.articles[0].provisions
        for block in provision.blocks
        if isinstance(block, Paragraph)
    ]


def test_the_hurricane_gives_eight_days_and_fourteen_are_agreed(
    shipped: Library,
) -> None:
    answer = given(_amending(HURRICANE, shipped))
    assert answer is not None
    (backyard,) = answer.extended
    assert (backyard.given, backyard.agreed, backyard.beyond) == (8, 14, 6)


def test_the_hurricane_changes_each_place_by_its_name(shipped: Library) -> None:
    document = _document(_amending(HURRICANE, shipped))
    assert document.title == "First Amendment to Garage and Backyard Remodel Agreement"
    said = _sentences(document)
    assert any(
        sentence.startswith(
            "In the first sentence of section 6.1, “USD\u00a048,500.00”"
        )
        and sentence.endswith("is replaced with “USD\u00a050,150.00”.")
        for sentence in said
    )
    assert any("is deleted; its number stays" in sentence for sentence in said)
    assert any("the row “Backyard complete”" in sentence for sentence in said)


def test_what_only_the_calendar_knows_is_no_part_of_the_instrument(
    shipped: Library,
) -> None:
    amending = _amending(HURRICANE, shipped)
    days = str(_document(amending).annexes[0])
    asked = [
        entry.title
        for entry in amending.schedules[1].entries
        if entry.term.startswith("follow_up") or entry.kind == "chase"
    ]
    assert asked
    assert not any(title in days for title in asked)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(HURRICANE, id="garage"),
        pytest.param(
            [STUDIO / "agreed.yaml", STUDIO / "change-1-fee.yaml"], id="studio"
        ),
    ],
)
def test_the_conformed_contract_differs_from_the_redraft_in_nothing(
    shipped: Library, files: Sequence[Path]
) -> None:
    after = accepted(read_deal(files), shipped)[-1]
    assert compare(after.text, after.draft.document) == ()


def test_a_second_amendment_names_the_first_and_revives_what_it_emptied(
    shipped: Library, tmp_path: Path
) -> None:
    second = tmp_path / "change-2.yaml"
    second.write_text(SECOND, encoding="utf-8")
    amending = _amending([*HURRICANE, second], shipped)
    document = _document(amending)
    assert document.title.startswith("Second Amendment")
    told = (
        "The Agreement was changed by the First Amendment, effective October 5, 2026."
    )
    assert told in [plain(recital) for recital in document.background]
    anew = [s for s in _sentences(document) if "replaced with the following" in s]
    assert anew[0].startswith("Section 7.")
    assert compare(amending.after.text, amending.after.draft.document) == ()


def test_an_amendment_is_the_same_bytes_each_time(shipped: Library) -> None:
    deal = read_deal(HURRICANE)
    stages = accepted(deal, shipped)
    assert outcome(deal, stages, shipped) == outcome(deal, stages, shipped)
