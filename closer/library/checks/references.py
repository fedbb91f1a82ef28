"""References that lead nowhere in some deal: to a clause, an article, a neighbour."""

from collections.abc import Iterator, Mapping

from closer.library.checks.passages import STEP, Passage, View, mark_of
from closer.library.conditions import ALWAYS, AnyOf, Condition
from closer.library.marks import NEIGHBOURS
from closer.library.prose import Refers
from closer.library.shapes import Clause
from closer.problems import Problem

_WHY = "A contract that refers to nothing cannot be drafted."


def references_lead_somewhere(view: View) -> Iterator[Problem]:
    """Every target stands in the contract whenever the reference to it does."""
    targets = _targets(view)
    for passage in view.passages:
        for part in passage.parts:
            if isinstance(part, Refers):
                problem = _followed(view, passage, part, targets)
                if problem:
                    yield problem


def _targets(view: View) -> Mapping[str, Condition]:
    """Return when each thing that has a number stands."""
    sections = {
        clause.id: view.selected(clause)
        for clause in view.clauses.values()
        if clause.slot in view.articles and not clause.defines and not clause.each
    }
    articles = {article: view.article_stands(article) for article in view.articles}
    annexes = {annex.id: annex.when or ALWAYS for annex in view.contract.annexes}
    return {**sections, **articles, **annexes}


def _followed(
    view: View, passage: Passage, part: Refers, targets: Mapping[str, Condition]
) -> Problem | None:
    where = passage.place(mark_of(part))
    if part.target in NEIGHBOURS:
        return _near(view, passage, part)
    if part.target not in targets:
        what = f"{{{part.target}}} is no section, article or annex here."
        return Problem("L11", where, "", what, _WHY, _remedy(view, part.target))
    if view.proves(passage.given, targets[part.target]):
        return None
    return Problem(
        "L12",
        where,
        "",
        f"{{{part.target}}} does not stand in every contract that has this text.",
        _WHY,
        "Put the sentence into a paragraph of its own under the condition of what it "
        "refers to.",
    )


def _remedy(view: View, target: str) -> str:
    clause = view.library.clauses.get(target)
    if clause is None:
        return "Write the id of a clause, an article or an annex of this type."
    if clause.each:
        return f"It repeats: refer to its article, {{{clause.slot}}}."
    if clause.defines:
        return f"It is a definition: use the word, <{clause.defines}>."
    return "Give it a slot in this contract type, or refer to something else."


def _near(view: View, passage: Passage, part: Refers) -> Problem | None:
    clause = passage.clause
    where = passage.place(mark_of(part))
    if clause is None or clause.slot not in view.articles or clause.defines:
        what = f"{{{part.target}}} means nothing outside the articles."
        return Problem("L13", where, "", what, _WHY, "Refer to something by its id.")
    if part.target == "article":
        return None
    beside = tuple(view.selected(other) for other in _beside(view, clause, part.target))
    if view.proves(passage.given, AnyOf(beside)):
        return None
    return Problem(
        "L13",
        where,
        "",
        f"There is not always a {part.target} section in the article.",
        _WHY,
        "Name a condition under which there is one, or refer to it by its id.",
    )


def _beside(view: View, clause: Clause, side: str) -> list[Clause]:
    """Return the clauses that always stand before a clause, or after it.

    The steps of a dispute follow the order of the terms, so that none of them is
    certain to stand before another.
    """
    slot = view.in_slot(clause.slot)
    if side == "next":
        slot = slot[::-1]
    place = slot.index(clause)
    if clause.id.startswith(STEP):
        steps = (i for i, other in enumerate(slot) if other.id.startswith(STEP))
        place = next(steps)
    return slot[:place]


def tables_and_annexes_are_used(view: View) -> Iterator[Problem]:
    """Every table that is asked for exists, and every annex is referred to."""
    referred: set[str] = set()
    for passage in view.passages:
        referred.update(p.target for p in passage.parts if isinstance(p, Refers))
        if passage.table and passage.table not in view.library.tables:
            yield Problem(
                "L24",
                passage.place(f"[table {passage.table}]"),
                "",
                f"There is no table {passage.table!r}.",
                "The terms it should show would be missing from the contract.",
                "Write it in templates/tables, or correct the name.",
            )
    for annex in view.contract.annexes:
        if annex.id not in referred:
            yield Problem(
                "L24",
                view.source.place(f'"{annex.id}"'),
                "",
                f"Nothing refers to the annex {annex.id!r}.",
                "An annex that no provision names is hardly part of the contract.",
                f"Refer to it by {{{annex.id}}} where its subject is agreed.",
            )
