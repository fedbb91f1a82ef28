"""The fixtures of the drafting tests."""

from deals import drafted, library

__all__ = ["drafted", "library"]
