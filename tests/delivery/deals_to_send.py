"""The deal that is published and sent, and the packages that its tests need."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel"
TERMS, CHANGE = GARAGE / "agreed.yaml", GARAGE / "change-1-hurricane.yaml"


def needed(package: str) -> None:
    """Skip a test for want of a package, with the reason; fail where CI runs."""
    if find_spec(package) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{package} is not installed, and CI must have it")
        pytest.skip(f"{package} is not installed here")
