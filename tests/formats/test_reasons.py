from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from closer.drafting.occasion import CompletionTotal, PriceTotal
from closer.followup.relief import Extended, LostDay, NoticeAnswer, Relief
from closer.followup.revision import Moved
from closer.formats.reasons import Reasons, Wording, reasons
from closer.library.instruments import load_reasons
from closer.terms.values import Money

ROOT = Path(__file__).parent.parent.parent
DAY = date(2026, 9, 24)


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The wording of the page as it is shipped."""
    wording, problems = load_reasons(ROOT / "templates")
    assert wording is not None
    assert problems == []
    return wording


def _relief(**other: object) -> Relief:
    given: dict[str, object] = {
        "path": "contingencies.force_majeure",
        "notice": NoticeAnswer(
            clock=DAY,
            last=date(2026, 9, 29),
            given=DAY,
            received=DAY,
            in_time=True,
            steps=("5 days after it is 29 September 2026.",),
        ),
        "effect": "full",
        "lost": (LostDay(date=DAY, weekday="Thursday", counted=True),),
        "given": 8,
        "extended": (
            Extended(
                milestone="milestones.garage",
                title="Garage",
                exposed=True,
                given=8,
                agreed=14,
            ),
        ),
        "long_stop": date(2026, 11, 22),
    }
    return Relief(**{**given, **other})  # type: ignore[arg-type]


def _page(wording: Wording, **other: object) -> list[str]:
    told = Reasons(
        title="First Amendment",
        reference="HOM-1",
        effective=date(2026, 10, 5),
        **other,  # type: ignore[arg-type]
    )
    return reasons(told, wording).splitlines()


def test_the_page_says_what_the_contract_gives_and_what_lies_beyond(
    wording: Wording,
) -> None:
    page = _page(wording, relief=_relief())
    assert page[0] == "# Why: First Amendment (HOM-1)"
    assert "It was in time." in page
    assert "| 2026-09-24 | Thursday | yes | \u2013 |" in page
    assert "1 of 1 days count." in page
    assert (
        "- **Garage** (`milestones.garage`): the contract gives 8 days, agreed were "
        "14 days, 6 days beyond it."
    ) in page


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        pytest.param(
            {"effect": "lost", "given": 0},
            "Because the notice was late, the contract gives no relief.",
            id="relief_that_is_lost",
        ),
        pytest.param(
            {"effect": "undetermined", "undetermined": ("circumstance.aware",)},
            "Missing, so that nobody has to guess: `circumstance.aware`.",
            id="what_is_missing_to_tell",
        ),
        pytest.param(
            {"cost": True}, "It gives the cost of the delay too.", id="cost_as_well"
        ),
        pytest.param(
            {"notice": NoticeAnswer(in_time=True)},
            "No notice is asked for.",
            id="no_notice_needed",
        ),
        pytest.param(
            {"notice": NoticeAnswer(clock=DAY, last=DAY)},
            "Nobody has stated when notice was given; the last day was 2026-09-24.",
            id="no_notice_stated",
        ),
        pytest.param(
            {
                "lost": (
                    LostDay(
                        date=DAY,
                        weekday="Thursday",
                        counted=False,
                        reason="before notice",
                    ),
                )
            },
            "| 2026-09-24 | Thursday | no | before the notice was received |",
            id="days_before_the_notice",
        ),
    ],
)
def test_the_page_tells(wording: Wording, answer: dict[str, object], line: str) -> None:
    assert line in _page(wording, relief=_relief(**answer))


def test_what_moves_and_what_stays_stands_in_one_table(wording: Wording) -> None:
    def move(before: date | None, after: date | None, days: int | None) -> Moved:
        return Moved("m", "A | B", before, after, days, "Why.", "milestone", False)

    later = date(2026, 11, 13)
    page = _page(
        wording,
        moves=[
            move(date(2026, 10, 30), later, 14),
            move(later, later, 0),
            move(None, later, None),
            move(later, None, None),
            move(date(2026, 10, 1), later, 43),
        ],
    )
    rows = [line for line in page if line.startswith("| A")]
    assert [row.split(" | ")[4] for row in rows] == [
        "14 days",
        "stays",
        "new",
        "dropped",
        "43 days",
    ]
    assert rows[0].startswith("| A \\| B | `m` | 2026-10-30 | 2026-11-13 |")
    assert "before the effective day" in rows[4]


def test_the_totals_add_up_before_the_readers_eyes(wording: Wording) -> None:
    money = [Money("USD", Decimal(figure)) for figure in ("100.00", "110.00", "95.00")]
    day = date(2026, 11, 6)
    page = _page(
        wording,
        price=PriceTotal(*money),
        completion=[CompletionTotal("Handover", day, day, date(2026, 11, 20))],
    )
    assert page[-2] == (
        "| Price | USD\u00a0100.00 | + USD\u00a010.00 | \u2212 USD\u00a015.00 "
        "| USD\u00a095.00 |"
    )
    assert page[-1] == "| Handover | 2026-11-06 | stays | 14 days | 2026-11-20 |"
