"""The digest: the same for the same terms, another for every other."""

import json
from hashlib import sha256

import pytest

from closer.terms.digest import digest, digest_of, matches, short
from closer.terms.reading import Agreed, read_terms


def altered(agreed: Agreed, old: str, new: str) -> str:
    assert old in agreed.source.text
    text = agreed.source.text.replace(old, new, 1)
    deal, problems = read_terms(text, "agreed.yaml")
    assert deal is not None, problems
    return digest(deal)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("USD 48,500.00", "48500", id="a sum written otherwise"),
        pytest.param("contract: construction", "# x\ncontract:  construction", id="#"),
        pytest.param("  permits:  {", "  permits: {", id="spaces"),
        pytest.param("future: 2 weeks before", "future: 3 weeks before", id="calendar"),
        pytest.param("how: site visit", "how: call", id="how it was closed"),
    ],
)
def test_what_is_no_term_does_not_move_the_digest(
    sample: Agreed, old: str, new: str
) -> None:
    assert altered(sample, old, new) == digest(sample)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("USD 48,500.00", "USD 48,500.01", id="a cent"),
        pytest.param("small_claims: yes", "small_claims: no", id="an answer"),
        pytest.param("  small_claims: yes\n", "", id="a default left unsaid"),
        pytest.param(
            "[force_majeure, weather]", "[weather, force_majeure]", id="order"
        ),
        pytest.param("due: effective,", "due: signing,", id="a moment"),
    ],
)
def test_every_term_moves_the_digest(sample: Agreed, old: str, new: str) -> None:
    assert altered(sample, old, new) != digest(sample)


def test_the_order_of_steps_moves_the_digest(agreed: Agreed) -> None:
    """
    dispute_resolution:
      governing_law: Florida
      steps:
        negotiation: {between: the leads, within: 10 days}
        executives: {between: the owners, within: 10 days}
    """
    line = "    negotiation: {between: the leads, within: 10 days}\n"
    other = "    executives: {between: the owners, within: 10 days}\n"
    assert altered(agreed, line + other, other + line) != digest(agreed)


def test_anybody_can_compute_it(sample: Agreed) -> None:
    left_out = ("follow_up", "closing", "amended")
    deal = {k: v for k, v in sample.canonical.items() if k not in left_out}
    text = json.dumps(deal, separators=(",", ":"), ensure_ascii=False)
    assert digest(sample) == sha256(text.encode()).hexdigest()


def test_letters_of_all_scripts_stay_as_they_are() -> None:
    text = '{"a":"Zürich 日本 \\"x\\" \\\\ \\n"}'
    value: dict[str, object] = {"a": 'Zürich 日本 "x" \\ \n'}
    assert digest_of(value) == sha256(text.encode()).hexdigest()


def test_twelve_characters_are_shown_and_eight_accepted() -> None:
    full = digest_of({"a": "b"})
    assert short(full) == full[:12]
    assert matches(full[:8], full)
    assert matches(full, full)
    assert matches(f" {full[:12].upper()} ", full)
    assert not matches(full[:7], full)
    assert not matches("0" * 8, full)
    assert not matches("", full)
