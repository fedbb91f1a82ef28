"""What is told of a contract that came back: readings, changes, comments, origin."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from closer.formats.aligning import Edit
from closer.formats.lines import View

HARDLY = 0.4
"""Of the lines of a contract so many are those of another of the same type."""


class Reading(Struct, frozen=True, kw_only=True):
    """A term that reads otherwise: what we wrote, and what stands there now.

    `still`: where the same term reads as we wrote it, so that the document disagrees
    with itself.
    """

    path: str
    place: str
    ours: str
    theirs: str
    witnesses: tuple[str, ...]
    still: tuple[str, ...] = ()


class Changed(Struct, frozen=True, kw_only=True):
    """A provision changed, added or deleted; `terms`: those that chose its words."""

    what: Literal["changed", "added", "deleted"]
    place: str
    ours: str
    theirs: str
    edits: tuple[Edit, ...] = ()
    terms: tuple[str, ...] = ()


class ViewOf(Struct, frozen=True, kw_only=True):
    """What differs in one view of the document."""

    readings: tuple[Reading, ...]
    changes: tuple[Changed, ...]

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.readings or self.changes)


class Comment(Struct, frozen=True, kw_only=True):
    """A comment in the margin, with its author."""

    author: str
    text: str


class Report(Struct, frozen=True, kw_only=True):
    """What came back: `rejected` only where changes are tracked.

    `made_from`: these terms, others (their digest), or no digest at all. `saved_by`:
    whom the file names as the last who saved it; empty if nobody, or we ourselves.
    """

    made_from: Literal["these terms", "other terms", "unknown"]
    digest: str
    alike: float
    tracked: int
    authors: tuple[str, ...] = ()
    saved_by: str = ""
    comments: tuple[Comment, ...]
    accepted: ViewOf
    rejected: ViewOf | None

    @property
    def differs(self) -> bool:
        """Whether anything differs from the terms, in either view."""
        views = [self.accepted, *([self.rejected] if self.rejected else [])]
        foreign = any(comment.author != "closer" for comment in self.comments)
        return any(view.differs for view in views) or bool(self.tracked) or foreign

    @property
    def ours(self) -> bool:
        """Whether it is the contract of these terms at all, by its words."""
        return self.alike >= HARDLY


def views(report: Report) -> Iterator[tuple[View, ViewOf]]:
    """Yield the views of a report by name."""
    yield "accepted", report.accepted
    if report.rejected is not None:
        yield "rejected", report.rejected
