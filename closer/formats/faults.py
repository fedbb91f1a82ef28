"""What stops a file from being written: findings, carried out of the writer at once."""

from collections.abc import Iterable

from closer.problems import Place, Problem


class BrokenTemplateError(Exception):
    """The template, or the document made from it, is not sound; nothing is written.

    It carries problems as values, so that a command prints them like all others. It is
    raised rather than returned because a half-made document must never reach a disk.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def finding(code: str, file: str, what: str, remedy: str) -> Problem:
    """Return a problem of a template or of a document made from it."""
    why = "The document would not say what the terms say, so it is not written."
    return Problem(code, Place(file, 1, 1), "", what, why, remedy)
