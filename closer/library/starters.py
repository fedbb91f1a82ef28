"""The terms files to begin with, one for each contract type, and what they ask."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from closer.library.heads import Head, Written
from closer.problems import Problem


class Question(Struct, frozen=True):
    """What is asked about one value of a starter."""

    path: str
    ask: str


def starters(templates: Path) -> Mapping[str, Path]:
    """Return the starter of each contract type, by the name of the type."""
    found = sorted((templates / "starters").glob("*.yaml"))
    return {path.stem: path for path in found}


def purpose(text: str) -> str:
    """Return the first sentence of a starter's first line: what the type is for."""
    line = text.partition("\n")[0].removeprefix("#").strip()
    return f"{line.split('. ')[0].rstrip('.')}."


def load_questions(templates: Path) -> tuple[tuple[Question, ...], list[Problem]]:
    """Read the questions in their order, with all that is wrong in them."""
    path = templates / "starters" / "questions.toml"
    problems: list[Problem] = []
    source = Written(path.read_text(encoding="utf-8"), str(path), problems)
    head = Head(source.read() or {}, source, ("questions",))
    questions = tuple(
        Question(one.text("path"), one.text("ask"))
        for one in head.tables("questions", ("path", "ask"))
    )
    return questions, problems


def asked(
    questions: Iterable[Question], parties: Mapping[str, str]
) -> Iterator[Question]:
    """Yield the questions of one starter, those about parties once for each in turn.

    `parties` maps the id of each party to what the contract calls it.
    """
    waiting: list[Question] = []
    for question in (*questions, None):
        if question is not None and ".*." in question.path:
            waiting.append(question)
            continue
        for party, word in parties.items() if waiting else ():
            for one in waiting:
                yield Question(
                    one.path.replace("*", party), one.ask.replace("{party}", word)
                )
        waiting = []
        if question is not None:
            yield question
