"""`closer new`: a terms file to begin with, for a contract type."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.deal import FORCE
from closer.cli.output import FOUND, LIBRARY, USAGE, report, stop, table, write
from closer.library.starters import asked, load_questions, purpose, starters
from closer.problems import Problem
from closer.terms.reading import Agreed, read_terms
from closer.terms.source import ScalarNode
from closer.terms.splicing import with_value


@click.command(
    "new",
    epilog="Examples: closer new · closer new services mine.yaml · "
    "closer new supply bottles.yaml --set reference=BOT-2027-001",
)
@click.argument("kind", required=False, metavar="[TYPE]")
@click.argument("file", default="agreed.yaml", type=click.Path(path_type=Path))
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="PATH=VALUE",
    help="Answer beforehand; may be repeated.",
)
@click.option("--no-questions", is_flag=True, help="Ask nothing, even on a terminal.")
@FORCE
def command(
    kind: str | None,
    file: Path,
    given: Sequence[str],
    *,
    no_questions: bool,
    force: bool,
) -> None:
    """Write a commented terms file for a contract type into FILE (agreed.yaml).

    On a terminal it asks for the essentials; Enter keeps what stands in brackets.
    Without TYPE it lists the types. Read the whole file afterwards: what you did not
    agree, take out.
    """
    known = starters(folders.shipped("templates"))
    if kind is None:
        table([(name, purpose(_text(path))) for name, path in known.items()])
        return
    if kind not in known:
        near = get_close_matches(kind, known, 1, cutoff=0.4)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
        stop(f"There is no contract type {kind!r}. {hint}", USAGE)
    agreed = _begun(_text(known[kind]), file)
    agreed = _with_all(agreed, _pairs(given))
    if not no_questions and sys.stdin.isatty():
        agreed = _questioned(agreed)
    write({file: agreed.source.text.encode()}, force=force)
    click.echo(f"Read it to the end, then: closer check {file}", err=True)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _begun(text: str, file: Path) -> Agreed:
    agreed, problems = read_terms(text, str(file))
    if agreed is None:
        report(problems, code=LIBRARY)
        sys.exit(LIBRARY)
    return agreed


def _pairs(given: Sequence[str]) -> Mapping[str, str]:
    pairs: dict[str, str] = {}
    for one in given:
        path, equals, value = one.partition("=")
        if not equals or not value.strip():
            stop(f"--set {one}: write it as PATH=VALUE, such as currency=EUR.", USAGE)
        pairs[path.strip()] = value.strip()
    return pairs


def _with_all(agreed: Agreed, answers: Mapping[str, str]) -> Agreed:
    """Take in every answer, or say what is wrong in all of them and end."""
    problems: list[Problem] = []
    for path, value in answers.items():
        if not isinstance(agreed.source.node(path), ScalarNode):
            stop(
                f"--set {path}: the starter has no such value. {_near(agreed, path)}",
                USAGE,
            )
        after, found = _taken(agreed, path, value)
        agreed = after or agreed
        problems += found
    if problems:
        report(problems)
        sys.exit(FOUND)
    return agreed


def _near(agreed: Agreed, path: str) -> str:
    near = get_close_matches(path, _paths(agreed.canonical), 1, cutoff=0.5)
    return (
        f"Did you mean {near[0]}?"
        if near
        else "Write a path as in the file: parties.client.name."
    )


def _paths(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _paths(one, f"{path}.{key}" if path else str(key))
    else:
        yield path


def _taken(
    agreed: Agreed, path: str, answer: str
) -> tuple[Agreed | None, list[Problem]]:
    """Return the terms with an answer in its place, or what is wrong with it."""
    after, problems = read_terms(
        with_value(agreed.source, path, answer), agreed.source.file
    )
    return (None if problems else after), problems


def _questioned(agreed: Agreed) -> Agreed:
    questions, problems = load_questions(folders.shipped("templates"))
    report(problems, code=LIBRARY)
    words = {str(name): name.replace("-", " ") for name in agreed.terms.parties}
    for question in asked(questions, words):
        node = agreed.source.node(question.path)
        if isinstance(node, ScalarNode):
            agreed = _answered(agreed, question.path, question.ask, node.text)
    return agreed


def _answered(agreed: Agreed, path: str, ask: str, default: str) -> Agreed:
    """Ask until the answer can stand in the terms."""
    while True:
        answer = str(click.prompt(ask, default=default)).strip()
        if not answer or answer == default:
            return agreed
        after, problems = _taken(agreed, path, answer)
        if after is not None:
            return after
        for problem in problems:
            click.echo(f"{problem.what} {problem.remedy}", err=True)
