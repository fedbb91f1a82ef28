"""Values in the sentences that they fill: articles, whole numbers, spelling."""

from pathlib import Path

import pytest

from closer.drafting.assembly import draft
from closer.drafting.facts import DealFacts
from closer.formats.plaintext import projected
from closer.library.loading import Library
from closer.terms.reading import read_terms

ROOT = Path(__file__).parents[2]


def _drafted(library: Library, sample: str, *edits: tuple[str, str]) -> str:
    """Return the text of a sample's contract after some edits of its terms."""
    text = (ROOT / "samples" / sample / "agreed.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    agreed, problems = read_terms(text, "agreed.yaml")
    assert agreed is not None, problems
    facts = DealFacts(agreed.terms, library)
    made = draft(agreed.terms, library, facts=facts, properties={})
    return projected(made.document)


@pytest.mark.parametrize(
    "kind",
    ["a university", "an uninsured person", "an LLC", "a UK company", "an individual"],
)
def test_an_article_follows_the_sound_of_the_word(library: Library, kind: str) -> None:
    edit = ("kind: limited liability company", f"kind: {kind.partition(' ')[2]}")
    text = _drafted(library, "garage-remodel", edit)
    assert f"Gulf Coast Builders LLC, {kind} formed under" in text


def test_a_whole_number_has_its_thousands_marked(library: Library) -> None:
    edit = ('transfer: "no"', 'transfer: "no"\n    copies: 50000')
    text = _drafted(library, "picturebook-licence", edit)
    assert "It covers at most 50,000 copies." in text


def test_words_of_ours_are_spelt_as_the_language_spells_them(library: Library) -> None:
    american = ("language: en-GB", "language: en-US")
    assert "grant a sublicence" in _drafted(library, "picturebook-licence")
    assert "grant a sublicense" in _drafted(library, "picturebook-licence", american)


def test_words_of_the_user_are_never_respelt(library: Library) -> None:
    edit = ("use: the titles", "use: the sublicence and the titles")
    american = ("language: en-GB", "language: en-US")
    text = _drafted(library, "picturebook-licence", edit, american)
    assert "the sublicence and the titles" in text


def test_a_security_as_a_share_says_of_what(library: Library) -> None:
    bond = (
        "termination:   ",
        (
            "bonds:\n  security: {title: performance bond, by: contractor, "
            "amount: 10%, until: 2027-12-31}\ntermination:   "
        ),
    )
    text = _drafted(library, "garage-remodel", bond)
    assert (
        "a performance bond as security, in the amount of 10% of the Original" in text
    )


def test_joint_persons_stand_in_the_order_of_the_deal_and_are_one_side(
    library: Library,
) -> None:
    signs = "    signatory: {name: Dana Whitfield, title: Member}\n"
    at = 'kind: individual, address: "Tampa, USA"}\n'
    company = 'kind: company, formed_in: Florida, address: "Tampa, USA"}\n'
    robin_and_land = (
        f"    also:\n      robin: {{name: Robin Whitfield, {at}"
        f"      land: {{name: Bayshore Land LLC, {company}"
    )
    also = (signs, signs + robin_and_land)
    text = _drafted(library, "garage-remodel", also)
    parties = text.partition("\nParties\n")[2].partition("\nBackground\n")[0]
    robin, land = parties.index("Robin Whitfield"), parties.index("Bayshore Land")
    assert robin < land
    assert parties.count("the person named before (together, the Client)") == 2


def test_a_jury_is_named_only_where_the_deal_names_it(library: Library) -> None:
    assert " jury" not in _drafted(library, "process-advice")
    kept = (
        'County, Minnesota", exclusive',
        'County, Minnesota", jury: kept, exclusive',
    )
    assert "a right to trial by jury." in _drafted(library, "process-advice", kept)


def test_open_orders_alone_say_who_lists_them(library: Library) -> None:
    text = _drafted(
        library,
        "garage-remodel",
        (
            "termination:   ",
            "exit: {by: contractor, orders: performed}\ntermination:   ",
        ),
    )
    assert "the Contractor shall give the other Party a list of these orders" in text


@pytest.mark.parametrize(
    ("written", "american"),
    [
        ("17:00", "5:00 PM"),
        ("09:30", "9:30 AM"),
        ("00:15", "12:15 AM"),
        ("12:00", "12:00 noon"),
        ("00:00", "12:00 midnight"),
    ],
)
def test_a_time_of_day_is_written_as_the_language_writes_it(
    written: str, american: str, library: Library
) -> None:
    cut_off = (
        "time: {holidays: [US]}",
        f'time: {{holidays: [US], cut_off: "{written}"}}',
    )
    british = ("language: en-US", "language: en-GB")
    said = "or after {} by the clock at the recipient"
    assert said.format(american) in _drafted(library, "garage-remodel", cut_off)
    text = _drafted(library, "garage-remodel", cut_off, british)
    assert said.format(written) in text
    assert "its changes for summer time" in text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("every month on day 1", "Every month on the 1st day, the"),
        ("every month on day 22", "Every month on the 22nd day, the"),
        ("every month on day 11", "Every month on the 11th day, the"),
        ("every quarter on day 20", "Every 3 months on the 20th day, the"),
        ("every 2 quarters", "Every 6 months, the"),
    ],
)
def test_what_comes_back_names_its_day_as_people_do(
    written: str, printed: str, library: Library
) -> None:
    edit = ("every week on Friday}", f"{written}}}")
    text = _drafted(library, "garage-remodel", edit)
    assert f"{printed} Contractor shall send the site diary" in text
    assert "for the first time on the first day that fits the interval" in text


def test_a_milestone_that_nothing_moves_says_so(library: Library) -> None:
    fixed = ("exposed_to: [force_majeure, weather]", "exposed_to: []")
    text = _drafted(library, "garage-remodel", fixed)
    backyard = next(line for line in text.splitlines() if "Backyard complete |" in line)
    assert backyard.endswith("| Nothing")
