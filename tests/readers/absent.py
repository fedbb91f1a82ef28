"""A reader that is not installed: said here, a failure where CI runs."""

import os
import sys
from typing import NoReturn

import pytest


def missing(reader: str) -> NoReturn:
    """Skip a test for want of a reader, with the reason; fail where CI must have it."""
    reason = f"{reader} is not installed here"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI must have every reader")
    sys.stderr.write(f"skipped: {reason}\n")
    pytest.skip(reason)
