"""Folders of clauses and templates → Library.

The only place of this room that reads the disk. Files are read in the order of their
paths and nothing else decides, so that equal folders are equal libraries.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from closer.library.clauses import defined_in, parse_clause
from closer.library.heads import Written
from closer.library.kept import Memory, keep, key_of, recalled
from closer.library.shapes import (
    AnnexShape,
    ArticleShape,
    Clause,
    Column,
    ContractType,
    CoverLine,
    Library,
    TableShape,
)
from closer.library.templates import parse_table, parse_type, words_of_type
from closer.problems import Place, Problem

__all__ = [
    "AnnexShape",
    "ArticleShape",
    "Clause",
    "Column",
    "ContractType",
    "CoverLine",
    "Library",
    "TableShape",
    "load",
]

INSTITUTIONS = "data/institutions.toml"
LAWS = "data/laws.toml"
CONSIDERATION = "data/consideration.toml"
CONTINGENCIES = "data/contingencies.toml"
REQUIRED_WORDS = "data/required-words.toml"
PHRASES = "phrases/en.toml"
_OWN = "own"
"""Under which name the user's own files are read: after the shipped ones."""
Table = dict[str, object]


def load(
    clauses: Path,
    templates: Path,
    own: Path | None = None,
    *,
    memory: Memory | None = None,
    despite_problems: bool = False,
) -> tuple[Library | None, list[Problem]]:
    """Read a library from its two folders, with everything that is wrong in it.

    `own`: a folder of further clauses and data. What has the name of a shipped clause,
    or of a row, takes its place; everything else is added.

    There is none where anything in it cannot be read: no contract is drafted from half
    a library. `despite_problems` gives what could be read all the same, so that a
    check can find the other faults in one go. `memory` saves the time of understanding
    the same files twice; only a sound library is kept in it.
    """
    folders = (clauses, templates, *([own] if own else []))
    problems = [_missing(folder) for folder in folders if not folder.is_dir()]
    if problems:
        return None, problems
    files = _files(clauses, templates, own)
    name = "library" if own is None else "library-with-own"
    key = key_of(files.by_path(), Path(__file__).parent)
    library = recalled(memory, name, key, Library)
    if library is None:
        library = _library(files)
        if not files.problems:
            keep(memory, name, key, library)
    problems = sorted(files.problems, key=lambda problem: problem.where)
    return (None if problems and not despite_problems else library), problems


def _files(clauses: Path, templates: Path, own: Path | None) -> "_Files":
    files = _Files({}, {}, [])
    files.read("clauses", clauses, (".clause",))
    files.read("clauses", clauses, (".toml",), only=("data",))
    files.read(
        "templates", templates, (".toml",), only=("contracts", "tables", "phrases")
    )
    if own is not None:
        _lay_over(files, own)
    return files


def _lay_over(files: "_Files", own: Path) -> None:
    """Read the user's own clauses and data, and put them over those with their name."""
    files.read(_OWN, own, (".clause",))
    files.read(_OWN, own, (".toml",), only=("data",))
    ours = [name for name in files.texts if name.startswith(f"{_OWN}/")]
    if not ours:
        files.problems.append(_empty(own))
    replaced = {_stem(name) for name in ours if name.endswith(".clause")}
    for name in files.named("", ".clause"):
        if name not in ours and _stem(name) in replaced:
            del files.texts[name]


def _stem(name: str) -> str:
    return name.rpartition("/")[2]


class _Files(NamedTuple):
    """What was read: name inside its folder → path to show, and → text."""

    paths: dict[str, str]
    texts: dict[str, str]
    problems: list[Problem]

    def read(
        self, name: str, root: Path, endings: tuple[str, ...], only: Sequence[str] = ()
    ) -> None:
        """Read the files of a folder, or of some folders in it; `name`: what it is."""
        for folder in [root / name for name in only] or [root]:
            for path in _files_under(str(folder), endings):
                self._read(name, str(root), path)

    def _read(self, name: str, root: str, path: str) -> None:
        inside = f"{name}/{path[len(root) + 1 :]}".replace(os.sep, "/")
        try:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123 - twice as fast
                self.texts[inside] = file.read()
            self.paths[inside] = path
        except UnicodeDecodeError:
            self.problems.append(
                Problem(
                    "L07",
                    Place(path, 1, 1),
                    "",
                    "The file is not written in UTF-8.",
                    "Its letters would be guessed.",
                    "Save it as UTF-8.",
                )
            )

    def by_path(self) -> dict[str, str]:
        """Return the texts by the paths at which they lie."""
        return {self.paths[name]: text for name, text in self.texts.items()}

    def named(self, folder: str, ending: str) -> list[str]:
        """Return the names of one folder's files, sorted."""
        return sorted(
            name
            for name in self.texts
            if name.split("/", 1)[1].startswith(folder) and name.endswith(ending)
        )


def _files_under(folder: str, endings: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        found += [os.path.join(parent, n) for n in sorted(names) if n.endswith(endings)]  # noqa: PTH118 - twice as fast
    return found


def _library(files: _Files) -> Library:
    templates = {
        name: data
        for name in files.named("", ".toml")
        if (data := _toml(files, name)) is not None
    }
    words = _words(files, templates)
    types: dict[str, ContractType] = {}
    tables: dict[str, TableShape] = {}
    for name, data in templates.items():
        folder = name.split("/")[1]
        source = Written(files.texts[name], files.paths[name], files.problems)
        if folder == "contracts":
            contract = parse_type(source, data, words)
            types[contract.id] = contract
        elif folder == "tables":
            table = parse_table(source, data, words)
            tables[table.id] = table
    clauses, variants = _clauses(files, words)
    return Library(
        clauses=clauses,
        variants=variants,
        types=types,
        tables=tables,
        phrases=_tables_in(templates, PHRASES),
        institutions=_tables_in(templates, INSTITUTIONS),
        laws=_tables_in(templates, LAWS),
        consideration=_tables_in(templates, CONSIDERATION),
        contingencies=_tables_in(templates, CONTINGENCIES),
        required_words=_tables_in(templates, REQUIRED_WORDS),
        words=words,
        digest=_digest(files.texts),
    )


def _toml(files: _Files, name: str) -> Table | None:
    return Written(files.texts[name], files.paths[name], files.problems).read()


def _words(files: _Files, templates: Mapping[str, Table]) -> frozenset[str]:
    """Return every word that a text of the library defines."""
    found = {
        word
        for name, text in files.texts.items()
        if name.endswith(".clause")
        for word in defined_in(text)
    }
    for name, data in templates.items():
        if name.split("/")[1] == "contracts":
            found.update(words_of_type(data))
    return frozenset(found)


def _clauses(
    files: _Files, words: frozenset[str]
) -> tuple[dict[str, Clause], dict[str, dict[str, Clause]]]:
    found: dict[str, Clause] = {}
    variants: dict[str, dict[str, Clause]] = {}
    for name in files.named("", ".clause"):
        path = files.paths[name]
        clause, problems = parse_clause(files.texts[name], path, words)
        files.problems.extend(problems)
        if clause is None:
            continue
        if clause.variant:
            variants.setdefault(clause.id, {})[clause.variant] = clause
            continue
        if clause.id in found:
            files.problems.append(_twice(clause, found[clause.id]))
        found[clause.id] = clause
    files.problems.extend(
        _of_nothing(clause)
        for id_, named in variants.items()
        for clause in named.values()
        if id_ not in found
    )
    return found, variants


def _of_nothing(clause: Clause) -> Problem:
    return Problem(
        "L09",
        Place(clause.file, 1, 1),
        "",
        f"{clause.variant!r} is a variant of {clause.id!r}, which there is not.",
        "A variant stands only in the place of a clause.",
        "Write the id of a clause as `of`.",
    )


def _tables_in(
    templates: Mapping[str, Table], ending: str
) -> dict[str, Mapping[str, object]]:
    return {
        key: _as_written(value)
        for name, data in templates.items()
        if name.endswith(f"/{ending}")
        for key, value in data.items()
        if isinstance(value, dict)
    }


def _as_written(value: Any) -> Any:  # noqa: ANN401 - whatever TOML can hold
    """Return data with its days as texts: they are printed, and never counted with."""
    if isinstance(value, dict):
        return {key: _as_written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_written(inner) for inner in value]
    return str(value) if isinstance(value, date) else value


def _digest(texts: Mapping[str, str]) -> str:
    """Return the digest of all files, by name and content."""
    digest = sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{texts[name]}\0".encode())
    return digest.hexdigest()


def _missing(folder: Path) -> Problem:
    return Problem(
        "L07",
        Place(str(folder), 1, 1),
        "",
        "There is no such folder.",
        "A library is a folder of clauses and a folder of templates.",
        "Name the folders, or reinstall closer.",
    )


def _empty(folder: Path) -> Problem:
    return Problem(
        "L10",
        Place(str(folder), 1, 1),
        "",
        "There is no clause in this folder.",
        "A choice of clauses that brings none changes nothing.",
        "Put files that end in .clause into it, as `closer clauses ID` shows one.",
    )


def _twice(clause: Clause, first: Clause) -> Problem:
    return Problem(
        "L09",
        Place(clause.file, 1, 1),
        "",
        f"The id {clause.id!r} is taken by {first.file}.",
        "A reference could mean either clause.",
        "Rename one of the two files.",
    )
