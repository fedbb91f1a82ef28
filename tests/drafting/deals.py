"""The shipped library, and the shortest way from terms to a drafted document."""

from collections.abc import Callable
from pathlib import Path

import pytest

from closer.drafting.assembly import Draft, draft
from closer.drafting.facts import DealFacts
from closer.library.loading import Library, load
from closer.terms.reading import Agreed, read_terms

ROOT = Path(__file__).parent.parent.parent
GARAGE = ROOT / "samples" / "garage-remodel" / "agreed.yaml"
STUDIO = ROOT / "samples" / "studio-services" / "agreed.yaml"

Drafting = Callable[[Agreed], Draft]


@pytest.fixture(scope="session")
def library() -> Library:
    """The library as it is shipped."""
    library, problems = load(ROOT / "clauses", ROOT / "templates")
    assert library is not None, problems
    return library


@pytest.fixture(scope="session")
def drafted(library: Library) -> Drafting:
    """Draft some terms with the shipped library."""

    def made(agreed: Agreed) -> Draft:
        facts = DealFacts(agreed.terms, library)
        return draft(agreed.terms, library, facts=facts, properties={})

    return made


def reading(path: Path, *changes: tuple[str, str]) -> Agreed:
    """Read a sample, with parts of its text replaced."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    agreed, problems = read_terms(text, path.name)
    assert agreed is not None, [str(problem) for problem in problems]
    return agreed
