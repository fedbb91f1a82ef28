import html
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
NASTY = (
    r"A 🏗 & <script>alert(1)</script> [path] {id} <Word> **b** \ back \n שלום * ? - x"
)
TEXTS = {
    "title": "title: Garage and Backyard Remodel Agreement",
    "client name": "name: Whitfield Ceramics LLC",
    "address": "address: 418 Bayshore Drive, Tampa, Florida 33606, USA",
    "governing law": "governing_law: Florida",
    "special term": "text: The Contractor shall keep the side gate shut at all times.",
    "criteria": "criteria: passes the county's final inspection",
    "duty": "what: give the Contractor the site clear of vehicles and stock",
    "background": (
        "- The Client owns the studio at 418 Bayshore Drive and wants its garage "
        "converted and its backyard rebuilt."
    ),
}
ROLES = """
contract: services
title: Logo Design
reference: JP-1
effective: 2026-04-01
currency: JPY
timezone: Asia/Tokyo
time: {holidays: [JP]}
parties:
  ana: {role: client, name: Ana Ruiz, kind: individual, acts_as: consumer, address: A,
        also: {beth-r_1: {name: Beth Ruiz, kind: individual, address: B,
                          signatory: {name: Beth Ruiz}}}}
  ken: {role: provider, name: Ken Sato, kind: individual, acts_as: business, address: B}
deliverables:
  logo: {title: Logo, description: A logo., owner: ken, accept: {within: 5 days}}
price:
  total: JPY 300,000
  payments:
    a: {amount: 33%, due: effective, payer: ana}
    b: {amount: rest, due: 2 weeks after effective, payer: ana}
"""
CHANGE = "amends: HOM-2026-014\neffective: 2026-10-05\nchanges:\n  "


def _words(document: Path) -> str:
    xml = zipfile.ZipFile(document).read("word/document.xml").decode()
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub("</w:p>", "\n", xml)))


def _written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("place", TEXTS)
def test_marks_of_other_languages_are_words_wherever_they_stand(
    place: str, deal: Path, run: Run
) -> None:
    head, _, plain = TEXTS[place].partition(" ")
    quoted = f"{head} {json.dumps(NASTY, ensure_ascii=False)}"
    text = deal.read_text("utf-8").partition("closing:")[0]
    assert f"{head} {plain}" in text
    deal.write_text(text.replace(f"{head} {plain}", quoted, 1), "utf-8")
    run("draft", deal, "-o", "contract.docx")
    assert NASTY in _words(deal.parent / "contract.docx")
    run("schedule", deal, "-o", "contract.ics")


def test_a_title_of_several_lines_is_one_line_in_the_calendar(
    deal: Path, run: Run
) -> None:
    text = deal.read_text("utf-8").replace(
        TEXTS["duty"] + ", due: effective}",
        r'what: "give\n\nthe site", due: effective}',
    )
    deal.write_text(text, "utf-8")
    titles = [
        entry["title"] for entry in json.loads(run("schedule", deal, "--json").stdout)
    ]
    assert "Client to give the site" in titles
    assert not [title for title in titles if "\n" in title]


def test_a_party_has_any_role_and_may_be_several_persons(
    tmp_path: Path, run: Run
) -> None:
    terms = _written(tmp_path, "agreed.yaml", ROLES)
    run("check", terms)
    run("draft", terms, "-o", "contract.docx")
    words = _words(tmp_path / "contract.docx")
    assert "Ana Ruiz, an individual, of A, acting as a consumer (the “Client”)" in words
    assert "Beth Ruiz, an individual, of B, as one Party with the person named" in words
    assert "The persons who are the Client" in words
    assert words.count("Beth Ruiz") == 4  # party, on the first page, signature, name
    assert "JPY\u00a099,000" in words
    assert "JPY\u00a0201,000" in words
    entries = json.loads(run("schedule", terms, "--json").stdout)
    payers = {entry["party"] for entry in entries if entry["kind"] == "payment"}
    assert payers == {"ana"}


def test_a_role_where_a_party_belongs_is_answered_with_the_parties(
    tmp_path: Path, run: Run
) -> None:
    terms = _written(
        tmp_path, "agreed.yaml", ROLES.replace("payer: ana", "payer: client")
    )
    said = run("check", terms, code=1).stderr
    assert "N01 'client'" in said
    assert "That is a role; write the party: ana." in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("follow_up: removed", "Only the calendar changes here"),
        (
            "follow_up.check_ins: every week on Friday at 09:00 for 30 minutes",
            "Only the calendar changes here",
        ),
        ("language: removed", "This leaves every word of the contract as it is."),
        ("time.open_in: all", "This leaves every word of the contract as it is."),
    ],
)
def test_an_amendment_without_a_word_to_say_is_not_written(
    change: str, said: str, deal: Path, run: Run
) -> None:
    file = _written(deal.parent, "change.yaml", CHANGE + change + "\n")
    result = run("amend", deal, file, "-o", "out", code=1)
    assert f"change.yaml:3:1: F36 {said}" in result.stderr
    assert not (deal.parent / "out").exists()


def test_a_change_of_the_calendar_alone_revises_the_calendar(
    deal: Path, run: Run
) -> None:
    file = _written(deal.parent, "change.yaml", f"{CHANGE}follow_up: removed\n")
    entries = json.loads(run("schedule", deal, file, "--json").stdout)
    gone = [entry for entry in entries if entry["status"] == "cancelled"]
    assert gone
    assert {entry["term"].partition(".")[0] for entry in gone} == {"follow_up"}


def test_terms_and_changes_in_the_wrong_order_are_one_problem(
    deal: Path, run: Run
) -> None:
    change = deal.parent / "change-1-hurricane.yaml"
    for files, said in (
        ((change, deal), "This file is a change, not terms."),
        ((deal, deal), "This file is terms, not a change."),
    ):
        lines = run("check", *files, code=1).stderr.strip().splitlines()
        assert len(lines) == 1
        assert said in lines[0]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["garage=2026-10-01", "garage.met=2026-10-02"], "happened on 2026-10-01 too"),
        (
            ["garage=2026-10-02", "garage.accepted=2026-10-01"],
            "before it was met on 2026-10-02",
        ),
        (["permits.accepted=2026-08-20"], "nothing says how permits is accepted"),
    ],
)
def test_facts_that_cannot_be_are_refused(
    facts: list[str], said: str, deal: Path, run: Run
) -> None:
    options = [word for fact in facts for word in ("--happened", fact)]
    assert said in run("schedule", deal, *options, code=2).stderr


def test_the_same_fact_twice_is_one_fact(deal: Path, run: Run) -> None:
    once = ("--happened", "garage=2026-10-02")
    twice = (*once, "--happened", "milestones.garage.met=2026-10-02")
    assert run("schedule", deal, *once).stdout == run("schedule", deal, *twice).stdout


def test_json_and_a_file_are_not_asked_for_together(deal: Path, run: Run) -> None:
    said = run("schedule", deal, "--json", "-o", "remodel.ics", code=2).stderr
    assert "Give one of them." in said
    assert not (deal.parent / "remodel.ics").exists()


@pytest.mark.parametrize("text", ["a: {b: 1", "a:\n  - b\n c", 'a: "b', "a: [b,\n"])
def test_what_is_wrong_at_the_end_of_a_file_stands_in_the_file(
    text: str, tmp_path: Path, run: Run
) -> None:
    terms = _written(tmp_path, "agreed.yaml", text)
    said = run("check", terms, code=1).stderr
    found = re.match(r".*?:(\d+):(\d+): F01 ", said)
    assert found
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1


def test_what_comes_back_takes_no_number_from_what_stands(deal: Path, run: Run) -> None:
    feed = "{owner: client, what: feed the dog, due: 2026-12-01}"
    walk = "{owner: client, what: walk the dog, due: 2026-12-02}"
    changes = [
        f"obligations.feed: {feed}",
        f"obligations.feed: removed\n  obligations.walk: {walk}",
        f"obligations.feed: {feed}",
    ]
    files = [
        _written(deal.parent, f"change-{number}.yaml", f"{CHANGE}{change}\n")
        for number, change in enumerate(changes, 1)
    ]

    def cited(count: int) -> dict[str, str]:
        found = run("schedule", deal, *files[:count], "--json").stdout
        return {
            entry["term"]: entry["provision"].partition(" (")[0]
            for entry in json.loads(found)
            if entry["status"] != "cancelled"
        }

    assert cited(1)["obligations.feed"] == "section 3.4"
    assert cited(2)["obligations.walk"] == "section 3.5"
    last = cited(3)
    assert last["obligations.walk"] == "section 3.5"
    assert last["obligations.feed"] == "section 3.6"
    run("amend", deal, *files, "-o", "out")
    words = _words(deal.parent / "out" / "amendment-3.docx")
    assert "“3.6\u00a0Feed." in words
    assert "walk the dog" not in words.partition("Days that move")[0]
