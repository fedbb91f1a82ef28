"""The page that both sides read to each other before anybody signs."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
SAMPLES = ("garage-remodel", "studio-services")


def _told(run: Run, *arguments: object) -> str:
    return " ".join(run("summary", *arguments).stdout.split())


def test_it_says_who_what_for_how_much_and_by_when(deal: Path, run: Run) -> None:
    told = _told(run, deal)
    for said in (
        "Whitfield Ceramics LLC",
        "New paver patio of 650 square feet",
        "USD 48,500.00 in all",
        "October 2, 2026",
        "time is extended day for day",
        "The law is that of Florida",
    ):
        assert said in told


def test_it_says_that_it_is_no_offer_and_binds_nobody(deal: Path, run: Run) -> None:
    told = _told(run, deal)
    assert "It is no offer and no contract." in told
    assert "until both have signed the contract itself" in told


def test_it_shows_the_digest_that_check_shows(deal: Path, run: Run) -> None:
    digest = re.search(r"HOM-2026-014 of ([0-9a-f]{12})", run("check", deal).stdout)
    assert digest
    assert _told(run, deal).count(digest[1]) >= 3


def test_a_confirmation_of_that_digest_counts_until_the_terms_change(
    deal: Path, run: Run
) -> None:
    found = re.search(r"digest ([0-9a-f]{12})", _told(run, deal))
    assert found
    text = deal.read_text(encoding="utf-8")
    text = text.replace("client: 2026-07-28,", f"client: 2026-07-28 of {found[1]},")
    deal.write_text(text, encoding="utf-8")
    assert "Nothing is open" in _told(run, deal)
    text = text.replace("late_interest: 1%", "late_interest: 2%")
    deal.write_text(text, encoding="utf-8")
    assert "outdated confirmation" in _told(run, deal)


def test_it_adds_up_how_long_the_steps_of_a_dispute_take(deal: Path, run: Run) -> None:
    assert "take 10 Business Days and 60 days in all" in _told(run, deal)


def test_the_next_steps_of_each_party_stand_with_their_day(
    deal: Path, run: Run
) -> None:
    told = _told(run, deal)
    assert "2026-08-03 Client pays Deposit: USD 4,850.00" in told
    assert "2026-10-19, expected Client accepts" in told
    assert "Contractor hands over" not in _told(run, deal, "--for", "client")


def test_the_other_sides_unsettled_concerns_are_left_out(deal: Path, run: Run) -> None:
    text = deal.read_text(encoding="utf-8")
    text = text.replace("settled: 2026-07-24, outcome", "outcome")
    deal.write_text(text, encoding="utf-8")
    concern = "the patio falls into hurricane season"
    assert concern in _told(run, deal)
    assert concern in _told(run, deal, "--for", "client")
    assert concern not in _told(run, deal, "--for", "contractor")


def test_what_is_private_never_stands_in_it(deal: Path, run: Run) -> None:
    private = deal.with_name("agreed.private.yaml")
    private.write_text("notes: {walk: SECRETLY WALK AWAY}\n", encoding="utf-8")
    assert "SECRETLY" not in _told(run, deal, "--for", "client")


def test_an_unknown_party_is_told_which_there_are(deal: Path, run: Run) -> None:
    told = run("summary", deal, "--for", "buyer", code=2).stderr
    assert "client, contractor" in told


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_words_stand_in_word_and_in_markdown(sample: str, run: Run) -> None:
    terms = ROOT / "samples" / sample / "agreed.yaml"
    run("summary", terms, "-o", "s.docx")
    run("summary", terms, "-o", "s.md")
    with zipfile.ZipFile("s.docx") as parts:
        xml = parts.read("word/document.xml").decode()
    word = re.sub(r"[^a-z]+", " ", re.sub(r"<[^>]+>", " ", xml).lower())
    page = Path("s.md").read_text(encoding="utf-8")
    assert "**This summary records" in page
    words = set(re.findall(r"[a-z]{4,}", page.lower())) - {"http"}
    assert len(words) > 150
    assert {each for each in words if each not in word} == set()


def test_lines_on_a_terminal_are_not_wider_than_it(deal: Path, run: Run) -> None:
    lines = run("summary", deal).stdout.splitlines()
    assert max(map(len, lines)) <= 90


def test_another_ending_is_refused_with_a_name_that_works(deal: Path, run: Run) -> None:
    assert "s.docx" in run("summary", deal, "-o", "s.pdf", code=2).stderr


def _joint(deal: Path) -> None:
    signs = "    signatory: {name: Dana Whitfield, title: Member}\n"
    robin = (
        "    also:\n      robin: {name: Robin Whitfield, kind: individual, "
        'address: "12 Kiln Road, Tampa"}\n'
    )
    text = deal.read_text(encoding="utf-8")
    assert signs in text
    deal.write_text(text.replace(signs, signs + robin), encoding="utf-8")


def test_every_person_of_a_side_is_named(deal: Path, run: Run) -> None:
    _joint(deal)
    told = _told(run, deal)
    assert "Robin Whitfield, individual, 12 Kiln Road, Tampa, is the Client as" in told


def test_the_cover_of_the_contract_names_every_person_of_a_side(
    deal: Path, run: Run
) -> None:
    _joint(deal)
    run("draft", deal, "-o", "joint.docx")
    with zipfile.ZipFile("joint.docx") as archive:
        body = archive.read("word/document.xml").decode()
    cover = body.partition(">Contents<")[0]
    names = ("Whitfield Ceramics LLC", "Robin Whitfield", "Gulf Coast Builders LLC")
    assert [cover.count(f">{name}<") for name in names] == [1, 1, 1]
