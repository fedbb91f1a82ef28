"""Amendments one on the other: numbers, days, digests, and what reverts by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from closer.formats import files
from closer.formats.lint import visible

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
CHAIN = ROOT / "samples" / "regional-distribution"
TERMS = CHAIN / "agreed.yaml"
CHANGES = sorted(CHAIN.glob("change-*.yaml"))
HEAD = "amends: HOM-2026-014\neffective: {}\n{}changes:\n  {}\n"


def _text(file: str | Path) -> str:
    data = Path(file).read_bytes()
    text = visible(files.unpacked(data)["word/document.xml"].decode())
    return text.replace("\u00a0", " ")


def _change(name: str, day: str, change: str, more: str = "") -> str:
    Path(name).write_text(HEAD.format(day, more, change), encoding="utf-8")
    return name


def test_a_temporary_change_is_over_after_its_last_day(run: Run) -> None:
    for day, cases in (("2025-12-31", 1500), ("2026-06-30", 700), ("2026-07-01", 1500)):
        run("conform", TERMS, *CHANGES, "--on", day, "-o", f"{day}.docx")
        assert f"at least {cases} cases" in _text(f"{day}.docx")
    assert "Kenosha County and Racine County" in _text("2026-07-01.docx")


def test_a_later_amendment_quotes_the_words_that_have_revived(
    run: Run, tmp_path: Path
) -> None:
    sixth = tmp_path / "change-6.yaml"
    sixth.write_text(
        "amends: HOF-2024-003\neffective: 2026-08-01\nchanges:\n"
        "  special_terms.minimum.text: The Client shall order at least 900 cases in "
        "each calendar month.\n",
        encoding="utf-8",
    )
    run("amend", TERMS, *CHANGES, sixth, "-o", "out")
    assert "“1500” is replaced with “900”" in _text("out/amendment-6.docx")
    assert "Fifth Amendment" in _text("out/amendment-6.docx")


def test_each_amendment_recites_all_before_it_with_their_days(run: Run) -> None:
    run("amend", TERMS, *CHANGES, "-o", "out")
    told = _text("out/amendment-5.docx")
    for name, day in (
        ("First", "September 1, 2024"),
        ("Second", "March 1, 2025"),
        ("Third", "June 1, 2025"),
        ("Fourth", "October 1, 2025"),
    ):
        assert f"changed by the {name} Amendment, effective {day}." in told


def test_amended_terms_can_be_amended_again(deal: Path, run: Run) -> None:
    run("amend", deal, "change-1-hurricane.yaml", "-o", ".")
    second = _change("two.yaml", "2026-11-02", "warranty.lasts: 2 years")
    run("amend", "terms-1.yaml", second, "-o", ".")
    assert "Second Amendment" in _text("amendment-2.docx")
    assert "“1 year” is replaced with “2 years”" in _text("amendment-2.docx")


def test_a_change_against_terms_no_longer_current_is_refused_with_both_digests(
    deal: Path, run: Run
) -> None:
    first = _change("one.yaml", "2026-09-01", "warranty.lasts: 2 years")
    told = run("amend", deal, first, "change-1-hurricane.yaml", code=1).stderr
    assert "F30 This change amends HOM-2026-014 of 1845929f" in told
    assert "the terms are HOM-2026-014 of " in told
    assert not list(Path().glob("amendment*"))


@pytest.mark.parametrize(
    ("code", "day", "change", "more"),
    [
        pytest.param("F31", "2026-10-05", "price.sum: USD 1.00", "", id="no_such_path"),
        pytest.param("F08", "2026-10-05", "price.total: many", "", id="the_wrong_kind"),
        pytest.param(
            "F36", "2026-10-05", "price.total: USD 48,500.00", "", id="no_change"
        ),
        pytest.param(
            "F38", "2026-07-01", "warranty.lasts: 2 years", "", id="before_the_contract"
        ),
        pytest.param(
            "F38",
            "2026-10-05",
            "governance.progress_reviews: every week",
            "until: 2026-09-01\n",
            id="until_before_effective",
        ),
        pytest.param(
            "F38",
            "2026-10-05",
            "milestones.backyard.due: later by 1 week",
            "circumstance: {under: contingencies.weather, what: Rain, "
            "began: 2026-09-24, last_day_lost: 2026-09-20}\n",
            id="an_event_after_its_own_end",
        ),
        pytest.param(
            "F38",
            "2026-10-05",
            "milestones.backyard.due: later by 1 week",
            "circumstance: {under: contingencies.weather, what: Rain, "
            "began: 2026-09-24, last_day_lost: 2026-09-25, "
            "notice: {given: 2026-09-01, by: contractor, how: email}}\n",
            id="a_notice_before_its_event",
        ),
        pytest.param(
            "AM03",
            "2026-10-05",
            "duration: {starts: effective, ends: 2026-10-20}",
            "",
            id="a_milestone_after_the_end_of_the_contract",
        ),
        pytest.param(
            "AM04",
            "2026-10-05",
            "parties.surety: {name: Bond Co., kind: corporation, formed_in: Florida, "
            "address: 1 Bond Street, signatory: {name: B. Ond, title: President}}",
            "",
            id="a_party_that_joins",
        ),
    ],
)
def test_nothing_is_written_for_a_change_that_cannot_be(
    code: str, day: str, change: str, more: str, deal: Path, run: Run
) -> None:
    told = run("amend", deal, _change("x.yaml", day, change, more), "-o", "o", code=1)
    assert f" {code} " in told.stderr
    assert not Path("o").exists()


@pytest.mark.parametrize(
    ("removed", "named"),
    [
        pytest.param(
            "milestones.handover",
            [
                "52:34: D37 `handover`",  # a payment
                "59:37: D37 `handover`",  # the end of the contract
                "60:33: D37 `handover`",  # the warranty
                "96:27: N05",  # damages for its delay
                "106:11: D37 `handover`",  # the calendar
            ],
            id="a_milestone_and_what_hangs_on_it",
        ),
        pytest.param(
            "deliverables.backyard", ["44:96: N03"], id="what_a_milestone_delivers"
        ),
        pytest.param(
            "contingencies.force_majeure",
            ["44:119: N04"],
            id="the_contingency_that_extends_a_milestone",
        ),
    ],
)
def test_what_is_removed_and_still_needed_is_named_at_every_place(
    removed: str, named: list[str], deal: Path, run: Run
) -> None:
    change = _change("x.yaml", "2026-10-05", f"{removed}: removed")
    told = run("amend", deal, change, "-o", "o", code=1).stderr
    for place in named:
        assert f"agreed.yaml:{place}" in told
    assert len([line for line in told.splitlines() if "agreed.yaml:" in line]) == len(
        named
    )
    assert not Path("o").exists()


def test_a_change_out_of_its_order_is_refused(deal: Path, run: Run) -> None:
    late = _change("one.yaml", "2026-09-05", "warranty.lasts: 2 years")
    early = _change("two.yaml", "2026-08-10", "liability.per: each claim")
    told = run("amend", deal, late, early, "-o", "o", code=1).stderr
    assert "AM02" in told
    assert "2026-09-05" in told


def test_an_instrument_without_a_change_says_what_it_wants(
    deal: Path, run: Run
) -> None:
    assert "needs a change" in run("amend", deal, code=2).stderr


def test_those_who_must_consent_are_named(deal: Path, run: Run) -> None:
    more = "consents: [the surety under the performance bond]\n"
    change = _change("x.yaml", "2026-10-05", "warranty.lasts: 2 years", more)
    run("amend", deal, change, "-o", ".")
    told = _text("amendment-1.docx")
    assert "only when the following have consented" in told
    assert "the surety under the performance bond" in told


def test_a_price_changed_for_nothing_in_return_is_a_warning(
    deal: Path, run: Run
) -> None:
    price = "price.late_interest: 2% per month"
    change = _change("x.yaml", "2026-10-05", price)
    assert "AM05" in run("amend", deal, change, "-o", "a").stderr
    both = _change("y.yaml", "2026-10-05", f"{price}\n  warranty.lasts: 2 years")
    assert "AM05" not in run("amend", deal, both, "-o", "b").stderr


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("New York", ""),
        ("the State of Michigan", ""),
        ("Sweden", ""),
        ("England and Wales", "made as a deed"),
        ("Oregon", "often not enforced in Oregon"),
    ],
)
def test_whether_a_change_needs_something_in_return_is_a_matter_of_its_law(
    law: str, said: str, deal: Path, run: Run
) -> None:
    text = deal.read_text(encoding="utf-8")
    text = text.replace("governing_law: Florida", f"governing_law: {law}")
    deal.write_text(text, encoding="utf-8")
    change = _change("x.yaml", "2026-10-05", "price.late_interest: 2% per month")
    told = run("amend", deal, change, "-o", "a").stderr
    assert ("AM05" in told) == bool(said)
    assert said in told


def test_a_sale_of_goods_in_the_united_states_is_changed_without_a_return(
    run: Run,
) -> None:
    sample = Path(__file__).parents[2] / "samples/bottle-supply/agreed.yaml"
    text = sample.read_text(encoding="utf-8")
    for law, warned in (("Texas", False), ("Ontario", True)):
        there = text.replace(
            "governing_law: the State of New York", f"governing_law: {law}"
        )
        assert there != text
        Path("agreed.yaml").write_text(there, encoding="utf-8")
        change = "amends: TWK-2026-004\neffective: 2027-11-01\nchanges:\n"
        change += "  price.late_interest: 2% per month\n"
        Path("c.yaml").write_text(change, encoding="utf-8")
        told = run("amend", "agreed.yaml", "c.yaml", "-o", law).stderr
        assert ("AM05" in told) == warned


def test_terms_that_hold_an_amendment_conform_through_it(deal: Path, run: Run) -> None:
    run("amend", deal, "change-1-hurricane.yaml", "-o", ".")
    run("conform", "terms-1.yaml", "-o", "copy.docx")
    head = files.unpacked(Path("copy.docx").read_bytes())["word/header1.xml"].decode()
    assert "through the First Amendment, effective October 5, 2026" in head


NAMES = """
amends: HOM-2026-014
effective: {day}
changes:
  parties.client.name: {name}
"""


def test_a_party_with_a_new_name_signs_by_it_and_is_known_by_both(
    deal: Path, run: Run
) -> None:
    chain = [Path("a.yaml"), Path("b.yaml")]
    days = ("2026-09-01", "2026-11-02")
    for path, day, name in zip(chain, days, ("Bay LLC", "Elm LLC"), strict=True):
        path.write_text(NAMES.format(day=day, name=name), encoding="utf-8")
    run("amend", deal, *chain, "-o", "o")
    told = _text("o/amendment-2.docx")
    assert "Elm LLC (named Bay LLC in the Agreement until now), a limited" in told
    assert "Gulf Coast Builders LLC, a limited liability company" in told
    assert told.count("Elm LLC\n") == 3  # cover, addresses, signature
    copy = _text("o/conformed-2.docx")
    assert copy.count("Whitfield Ceramics LLC [now Elm LLC]") == 2
    assert copy.count("Whitfield Ceramics LLC") == 2
    assert "Bay LLC" not in copy
    run("conform", deal, chain[0], "-o", "first.docx")
    assert _text("first.docx").count("Whitfield Ceramics LLC [now Bay LLC]") == 2
