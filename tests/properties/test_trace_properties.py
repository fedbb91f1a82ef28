"""Nothing agreed is lost: random deals, searched by a reader of their own.

A deal is a sample with sections left out and values changed at random. What is looked
for is worked out here from the terms as they were written, and looked for in the words
of the document with everything but words taken away.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from closer.drafting.assembly import Draft, draft
from closer.drafting.checks import EXEMPT, leaves, lost_terms
from closer.drafting.facts import DealFacts
from closer.drafting.trace import traced
from closer.formats.plaintext import projected
from closer.library.checks.deal import deal_checks
from closer.library.loading import load
from closer.problems import errors
from closer.terms.checks import check
from closer.terms.reading import Agreed, read_terms
from closer.terms.source import MapNode
from closer.terms.splicing import without

ROOT = Path(__file__).parents[2]
LIBRARY = load(ROOT / "clauses", ROOT / "templates")[0]
SAMPLES = ("garage-remodel", "studio-services")
TEXTS = {
    name: (ROOT / "samples" / name / "agreed.yaml").read_text(encoding="utf-8")
    for name in SAMPLES
}
MONTHS = tuple(month_name)


def _sections(agreed: Agreed) -> list[str]:
    """Return what can be left out: sections, and the entries and keys in them."""
    found: list[str] = []
    for name, entry in agreed.source.root.entries.items():
        found.append(name)
        if isinstance(entry.value, MapNode):
            found += [f"{name}.{key}" for key in entry.value.entries]
            for key, inner in entry.value.entries.items():
                if isinstance(inner.value, MapNode):
                    found += [f"{name}.{key}.{last}" for last in inner.value.entries]
    return found


def a_deal(sample: str, seed: int) -> Agreed | None:
    """Return a sound deal like a sample; nothing where chance made an unsound one."""
    chance, text = Random(seed), TEXTS[sample]
    for _ in range(chance.randint(1, 8)):
        agreed, _ = read_terms(text, "agreed.yaml")
        assert agreed is not None
        shorter = without(agreed.source, chance.choice(_sections(agreed)))
        after, problems = read_terms(shorter, "agreed.yaml")
        if after is None or errors([*problems, *check(after)]):
            continue
        if LIBRARY is None or errors(deal_checks(after, LIBRARY)):
            continue
        text = shorter
    text = re.sub(r"\b1% per month", f"{chance.randint(1, 9)}% per month", text)
    text = re.sub(r"\b10 business days", f"{chance.randint(2, 40)} business days", text)
    text = text.replace("Dana Whitfield", chance.choice(("Ana Ruiz", "Bo O'Neil & Co")))
    agreed, _ = read_terms(text, "agreed.yaml")
    return None if agreed is None or errors(check(agreed)) else agreed


def drafted(agreed: Agreed) -> Draft:
    assert LIBRARY is not None
    facts = DealFacts(agreed.terms, LIBRARY)
    return draft(agreed.terms, LIBRARY, facts=facts, properties={})


def without_effect(agreed: Agreed) -> set[str]:
    """Return what says from when a notice is due where no notice is: said as lost."""
    paths = set(leaves(agreed.canonical))
    return {
        path
        for path in paths
        if path.endswith((".notice_from", ".late_notice"))
        and f"{path.rpartition('.')[0]}.notice" not in paths
    }


def words_of(text: str) -> str:
    """Return the letters and figures of a text, one space between them."""
    found = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(found)} "


def as_printed(value: str) -> Iterator[str]:
    """Yield how a value as it is kept would be read in print; nothing for a choice."""
    if found := re.fullmatch(r"([A-Z]{3}) (\d+)\.(\d+)( per .*)?", value):
        yield f"{found[1]} {int(found[2]):,}.{found[3]}"
    elif found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        yield f"{MONTHS[int(found[2])]} {int(found[3])}, {found[1]}"
    elif re.fullmatch(r"[\d,]+(\.\d+)?%", value) or re.match(r"\d+ [a-z]", value):
        yield re.split(r" (?:after|before) ", value)[0]
    elif re.search(r"[A-Z]", value) and " " in value:
        yield re.split(r" at \d\d:\d\d\b", value)[0]


@pytest.mark.parametrize("sample", SAMPLES)
@settings(max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_every_value_and_every_chosen_sentence_is_found_in_the_text(
    sample: str, seed: int
) -> None:
    agreed = a_deal(sample, seed)
    assume(agreed is not None)
    assert agreed is not None
    assert LIBRARY is not None
    made = drafted(agreed)
    lost = {problem.path for problem in lost_terms(agreed, made)}
    assert lost <= without_effect(agreed)
    assume(not lost)
    text = words_of(projected(made.document))
    rows = traced(agreed, made, LIBRARY.phrases["references"])
    wanted = {p for p in leaves(agreed.canonical) if p.split(".")[0] not in EXEMPT}
    assert {row.path for row in rows} == wanted
    for row in rows:
        assert words_of(row.sentence.replace(" | ", " ")) in text, row
        assert words_of(row.phrase) in words_of(row.sentence), row
        for printed in as_printed(row.value) if row.how == "stands" else ():
            assert words_of(printed) in text, row


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_term_taken_out_takes_its_sentence_or_its_value_with_it(sample: str) -> None:
    """Whatever a choice is said to have brought in is gone when the choice is."""
    agreed, _ = read_terms(TEXTS[sample], "agreed.yaml")
    assert agreed is not None
    assert LIBRARY is not None
    made = drafted(agreed)
    before = words_of(projected(made.document))
    tried = 0
    for row in traced(agreed, made, LIBRARY.phrases["references"]):
        if row.how == "stands" or row.path[-1].isdigit():
            continue
        after, problems = read_terms(without(agreed.source, row.path), "agreed.yaml")
        if after is None or errors([*problems, *check(after)]):
            continue
        if any(row.path == path for path, _ in _defaults(after, row.value)):
            continue
        tried += 1
        assert words_of(projected(drafted(after).document)) != before, row
    assert tried > 3


def _defaults(agreed: Agreed, value: str) -> list[tuple[str, str]]:
    from closer.terms.checks import assumptions  # noqa: PLC0415 - one use

    return [one for one in assumptions(agreed) if one.value == value]
