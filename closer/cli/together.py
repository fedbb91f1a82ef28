"""One change for a folder of deals: where it applies it is made, else the reason told.

Each deal gets a folder of its own, written beside its place and moved there whole, with
a note of what it was made from. A run that broke off is taken up by running it again.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import click
import msgspec
from msgspec import Struct, structs

from closer import __version__
from closer.cli.amend import Making, letter_files, outcome, says_nothing
from closer.cli.deal import Deal, examined, text_of, unaccepted, understood
from closer.cli.output import FOUND, USAGE, make_folder, report, stop
from closer.cli.reading import registered
from closer.drafting.naming import Named
from closer.problems import Problem, errors
from closer.terms.change import read_change
from closer.terms.digest import digest
from closer.terms.instruments import TERMLESS
from closer.terms.reading import read_terms
from closer.terms.source import compose
from closer.terms.splicing import with_value

Result = Literal["amended", "as before", "does not apply", "refused"]
NOTE = "made-from.json"
_EVERY = "all"
_ELSEWHERE = frozenset({"F32", "F36", "F38", "F41"})
"""Codes that say that a change has no place in a deal, and not that it is wrong."""

_PART = ".closer-part-"


class Found(NamedTuple):
    """A deal in the folder: its name there, its terms, and its changes so far."""

    name: str
    files: tuple[Path, ...]


class Told(Struct, frozen=True, kw_only=True):
    """What became of one deal; `why` says why it was not amended, or what to know."""

    deal: str
    reference: str = ""
    result: Result
    instrument: str = ""
    why: str = ""


class Note(Struct, frozen=True, kw_only=True):
    """What a finished folder was made from: a digest of it all, and of each file."""

    inputs: str
    files: dict[str, str]
    told: Told


def amend_all(folder: Path, change: Path, making: Making) -> list[Told]:
    """Make one change in every deal of a folder; say how far it is on stderr."""
    _for_many(change, making.change)
    if folder.resolve().is_relative_to(making.out.resolve()):
        stop(f"{folder} lies in {making.out}: name another folder with -o.", USAGE)
    make_folder(making.out)
    for left in making.out.rglob(f"{_PART}*"):
        shutil.rmtree(left, ignore_errors=True)
    deals = [each for each in deals_in(folder, making.out) if change not in each.files]
    if not deals:
        stop(f"{folder} holds no deal: no agreed.yaml, and no file of terms.", USAGE)
    told: list[Told] = []
    try:
        for number, found in enumerate(deals, 1):
            told.append(_one(found, making))
            line = f"[{number}/{len(deals)}] {found.name}: {told[-1].result}"
            click.echo(line, err=True)
    except KeyboardInterrupt:
        done = f"Stopped after {len(told)} of {len(deals)} deals."
        stop(f"{done} Nothing is half written; the same command goes on.", FOUND)
    return told


def _for_many(file: Path, text: str) -> None:
    """Stop if the change cannot be read, or is written for one deal."""
    change, problems = read_change(text, str(file))
    if change is None:
        report(problems)
    elif change.reference != _EVERY:
        stop(
            f"{file} amends {change.reference}. A change for many deals says "
            "`amends: all`, and by `where` for which of them it is meant.",
            USAGE,
        )


def deals_in(folder: Path, without: Path) -> Iterator[Found]:
    """Yield the deals of a folder by name.

    A folder with an `agreed.yaml` is one deal, with the `change-….yaml` beside it;
    elsewhere each file of terms is one. What an earlier run wrote is no deal.
    """
    if not folder.is_dir():
        stop(f"There is no folder {folder}.", USAGE)
    for place in sorted([folder, *(p for p in folder.rglob("*") if p.is_dir())]):
        written = place.resolve().is_relative_to(without.resolve())
        if written or (place / NOTE).exists():
            continue
        terms, name = place / "agreed.yaml", str(place.relative_to(folder))
        if terms.is_file():
            yield Found(name, (terms, *sorted(place.glob("change-*.yaml"))))
            continue
        for file in sorted(place.glob("*.yaml")):
            if _is_terms(file):
                yield Found(str(file.relative_to(folder).with_suffix("")), (file,))


def _is_terms(file: Path) -> bool:
    if file.name.endswith(".private.yaml"):
        return False
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(line.startswith("contract:") for line in lines)


def _one(found: Found, making: Making) -> Told:
    texts = [(str(file), text_of(file)) for file in found.files]
    target = making.out / found.name
    inputs = _digest_of([text for _, text in texts], making)
    note = _note(target)
    if note and note.inputs == inputs and _untouched(target, note):
        return structs.replace(note.told, result="as before")
    if target.exists() and not making.force and not (note and _untouched(target, note)):
        why = f"{target} was changed by hand, or is not closer's; add --force"
        return Told(deal=found.name, result="refused", why=why)
    told, made = _made(found, texts, making)
    if made:
        _put(target, made, inputs, told)
    return told


def _digest_of(texts: Sequence[str], making: Making) -> str:
    known = [making.change, making.library.digest, making.author, __version__]
    whole = json.dumps([*texts, *known]).encode()
    return hashlib.sha256(whole).hexdigest()


def _note(target: Path) -> Note | None:
    try:
        return msgspec.json.decode((target / NOTE).read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None


def _untouched(target: Path, note: Note) -> bool:
    """Whether every file of a finished folder is as it was written."""
    for name, known in note.files.items():
        try:
            content = (target / name).read_bytes()
        except OSError:
            return False
        if hashlib.sha256(content).hexdigest() != known:
            return False
    return True


def _made(
    found: Found, texts: list[tuple[str, str]], making: Making
) -> tuple[Told, dict[str, bytes]]:
    """Return what became of a deal, and its files if it was amended."""
    agreed, problems = read_terms(texts[0][1], texts[0][0])
    if agreed is None:
        return _told(found, "", problems), {}
    reference = agreed.terms.reference
    before, problems = understood(texts, letters=TERMLESS)
    if before is None:
        return _told(found, reference, problems), {}
    name = f"change-{before.number + 1}.yaml"
    text = _for_this(before, making.change)
    deal, problems = understood([*texts, (name, text)], letters=TERMLESS)
    if deal is None:
        return _told(found, reference, problems), {}
    signed = registered(deal.chain[0], making.register)
    problems, stages = examined(deal, making.library, signed)
    problems = unaccepted(problems, deal.agreed.terms)
    if not errors(problems) and deal.letter is None:
        problems += says_nothing(deal, stages)
    if errors(problems):
        return _told(found, reference, problems), {}
    if deal.letter is not None:
        made, kind = letter_files(deal, stages, making.library), "letter"
    else:
        library, author = making.library, making.author
        made = outcome(deal, stages, library, signed=signed, author=author)
        kind = _called(deal.named[-1])
    warned = "; ".join(f"{each.code} {each.what}" for each in problems)
    done = Told(
        deal=found.name,
        reference=reference,
        result="amended",
        instrument=kind,
        why=warned,
    )
    return done, {name: text.encode(), **made}


def _called(named: Named) -> str:
    return f"{named.kind} {named.number}"


def _for_this(deal: Deal, text: str) -> str:
    """Return the change as one of this deal: it names the terms that it amends."""
    source, _ = compose(text, "change.yaml")
    if source is None:  # pragma: no cover - it was read before the first deal
        return text
    terms = deal.agreed.terms
    amends = f"{terms.reference} of {digest(deal.agreed)[:12]}"
    return with_value(source, "amends", amends)


def _told(found: Found, reference: str, problems: Sequence[Problem]) -> Told:
    wrong = errors(list(problems))
    elsewhere = {each.code for each in wrong} <= _ELSEWHERE
    return Told(
        deal=found.name,
        reference=reference,
        result="does not apply" if elsewhere else "refused",
        why="; ".join(f"{each.code} {each.what}" for each in wrong),
    )


def _put(target: Path, made: Mapping[str, bytes], inputs: str, told: Told) -> None:
    """Write a finished folder beside its place, and move it there whole."""
    name = hashlib.sha256(str(target).encode()).hexdigest()[:12]
    part, old = (target.parent / f"{_PART}{name}{end}" for end in ("", "-old"))
    try:
        part.mkdir(parents=True)
        for file, content in made.items():
            (part / file).write_bytes(content)
        digests = {k: hashlib.sha256(v).hexdigest() for k, v in made.items()}
        note = Note(inputs=inputs, files=digests, told=told)
        (part / NOTE).write_bytes(msgspec.json.format(msgspec.json.encode(note)))
        if target.exists():
            target.rename(old)
        part.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        name = error.filename or str(target)
        stop(
            f"{name} cannot be written: {error.strerror}. What is finished stays; the "
            "same command goes on from there.",
            USAGE,
        )


def as_markdown(told: Sequence[Told], change: Path) -> str:
    """Return the summary of a run as a page of Markdown."""
    counts = {each.result: 0 for each in told}
    for each in told:
        counts[each.result] += 1
    lines = [f"# {change.name} in {len(told)} deals", ""]
    lines += [", ".join(f"{number} {word}" for word, number in counts.items()), ""]
    lines += ["| deal | reference | result | instrument | why |"]
    lines += ["|---|---|---|---|---|"]
    lines += [f"| {' | '.join(map(_cell, row(each)))} |" for each in told]
    return "\n".join(lines) + "\n"


def row(told: Told) -> tuple[str, ...]:
    """Return what a table says of one deal."""
    return told.deal, told.reference, told.result, told.instrument, told.why


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
