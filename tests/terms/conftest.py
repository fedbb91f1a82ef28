"""What tests of terms share: the change of the sample."""

import pytest
from a_change import HURRICANE

from closer.terms.changes import Change, read_change


@pytest.fixture
def hurricane() -> Change:
    """The hurricane of the sample."""
    found, problems = read_change(HURRICANE.read_text("utf-8"), "change-1.yaml")
    assert found is not None, problems
    return found
