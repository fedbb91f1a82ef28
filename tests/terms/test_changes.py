"""The change file, and the terms as they stand after it."""

from datetime import date

from a_change import HEAD, after, change

from closer.terms.changes import (
    Change,
    Moved,
    Removed,
    Temporary,
    amended,
    terms_text,
)
from closer.terms.digest import digest
from closer.terms.reading import Agreed, read_terms
from closer.terms.values import Anchor, Period


def test_the_sample_change_says_what_it_changes(hurricane: Change) -> None:
    assert hurricane.reference == "HOM-2026-014"
    assert hurricane.effective == date(2026, 10, 5)
    assert hurricane.circumstance is not None
    assert hurricane.circumstance.notice is not None
    assert hurricane.circumstance.notice.given == date(2026, 9, 25)
    assert hurricane.changes["milestones.backyard.due"] == Moved(
        "later", Period(((2, "week"),))
    )
    assert hurricane.changes["contingencies.weather"] == Removed()
    rhythm = "every week on Tuesday at 10:00 for 30 minutes"
    assert hurricane.temporary == {
        "governance.progress_reviews": Temporary(rhythm, date(2026, 11, 30))
    }


def test_the_sample_change_is_made_in_the_text_and_nowhere_else(
    sample: Agreed, hurricane: Change
) -> None:
    result, problems = amended(sample, hurricane)
    assert result is not None, problems
    before = sample.source.text.splitlines()
    now = result.source.text.splitlines()
    closing = before.index("closing:")
    gone = [line for line in before[:closing] if line not in now]
    new = [line for line in now if line not in before]
    assert [line.split(":")[0].strip() for line in gone] == [
        "description",
        "backyard",
        "total",
        "weather",
        "progress_reviews",
    ]
    assert [line.split(":")[0].strip() for line in new] == [
        "description",
        "backyard",
        "total",
        "debris",
        "progress_reviews",
    ]
    assert result.terms.closing is None


def test_the_file_of_the_result_is_the_result(
    sample: Agreed, hurricane: Change
) -> None:
    result, _ = amended(sample, hurricane)
    assert result is not None
    again, problems = read_terms(terms_text(result), "terms-1.yaml")
    assert again is not None, problems
    assert again.terms == result.terms
    assert digest(again) == digest(result)


def test_the_result_remembers_its_change_and_the_price_as_signed(
    sample: Agreed, hurricane: Change
) -> None:
    result, _ = amended(sample, hurricane)
    assert result is not None
    (entry,) = result.terms.amended
    assert entry.change == "change-1.yaml"
    assert entry.before == digest(sample)
    assert len(entry.change_digest) == 64
    assert str(entry.original_price) == "USD 48500.00"


def test_only_the_first_change_of_the_price_writes_the_original(sample: Agreed) -> None:
    first = after(sample, "price.late_interest: 2% per month")
    assert first.terms.amended[0].original_price is None
    last = after(first, "price.total: 50000", "price.total: 60000")
    prices = [entry.original_price for entry in last.terms.amended]
    assert [str(price) for price in prices] == ["None", "USD 48500.00", "None"]
    again, problems = read_terms(terms_text(last), "terms-3.yaml")
    assert again is not None, problems
    assert again.terms.amended == last.terms.amended


def test_a_chain_in_memory_is_the_chain_through_files(sample: Agreed) -> None:
    one, two = "price.total: 50000", "milestones.garage.due: later by 1 week"
    straight = after(sample, one, two)
    again, _ = read_terms(terms_text(after(sample, one)), "terms-1.yaml")
    assert again is not None
    through = after(again, two)
    assert terms_text(through) == terms_text(straight)


def test_a_new_key_stands_last_in_its_map(sample: Agreed) -> None:
    result = after(sample, "price.payments.extra: {amount: 5, payer: client}")
    assert result.terms.price is not None
    assert list(result.terms.price.payments)[-1] == "extra"


def test_a_section_that_was_missing_is_made_with_its_key(agreed: Agreed) -> None:
    """
    reference: HOM-2026-014
    """
    result = after(agreed, "governance.progress_reviews: every week")
    assert result.source.text.endswith("governance: {progress_reviews: every week}\n")


def test_what_holds_nothing_any_more_is_left_out(agreed: Agreed) -> None:
    """
    reference: HOM-2026-014
    governance:
      progress_reviews: every week
    """
    result = after(agreed, "governance.progress_reviews: removed")
    assert "governance" not in result.source.text
    assert result.terms.governance is None


def test_a_removal_may_spare_what_began_before(sample: Agreed) -> None:
    rule = "removed for circumstances that begin after 2026-10-31"
    one = change(f"contingencies.weather: {rule}")
    assert one.changes == {"contingencies.weather": Removed(date(2026, 10, 31))}
    result, _ = amended(sample, one)
    assert result is not None
    assert result.terms.contingencies is not None
    assert result.terms.contingencies.weather is None
    at_signing = change("contingencies.weather: " + rule.replace("2026-10-31", "end"))
    assert at_signing.changes == {"contingencies.weather": Removed(Anchor("end"))}


def test_until_at_the_top_makes_every_change_temporary() -> None:
    head = f"{HEAD}until: 2026-12-31\n"
    one = change("governance.progress_reviews: every week", head)
    assert one.temporary["governance.progress_reviews"].until == date(2026, 12, 31)


def test_a_change_may_name_eight_characters_of_the_digest(sample: Agreed) -> None:
    head = f"amends: HOM-2026-014 of {digest(sample)[:8]}\neffective: 2026-10-05\n"
    assert after(sample, "warranty.lasts: 2 years", head=head).terms.warranty


def test_a_change_leaves_the_terms_it_was_made_from_alone(sample: Agreed) -> None:
    before = digest(sample)
    after(sample, "warranty.lasts: 2 years")
    assert digest(sample) == before
