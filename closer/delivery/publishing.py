"""A schedule on a CalDAV server: a plan first, then its steps; a second run completes.

The server alone is asked what there is. Only entries that say they are of this deal are
ever changed or deleted, and only in the version that was looked at.
"""

import hashlib
from collections.abc import Iterator
from typing import Literal, NamedTuple

from closer.delivery.dav import Collection, Item, Unreachable, said
from closer.formats.merging import NotCalendar
from closer.formats.single import (
    Single,
    Stored,
    deal_of,
    digest,
    marked,
    singles,
    stored,
)

Act = Literal["create", "change", "delete", "keep", "same"]
_DONE = (200, 201, 204)
_HOPELESS = (401, 403, 507)


class Step(NamedTuple):
    """One thing to do; `keep` is what a person has moved and is left alone."""

    act: Act
    title: str
    url: str
    etag: str | None
    data: bytes


class Outcome(NamedTuple):
    """What became of a step: nothing to say, or why it was not done."""

    step: Step
    problem: str


def plan(data: bytes, collection: Collection, *, force: bool) -> list[Step]:
    """Return what must be done so that the server holds this schedule."""
    deal = deal_of(data)
    there = dict(_ours(collection.items()))
    wanted = {single.uid: single for single in singles(data)}
    steps = [
        _step(single, there.get(single.uid), deal, collection.url, force=force)
        for single in wanted.values()
    ]
    for uid, (item, entry) in there.items():
        if uid not in wanted and entry.deal == deal:
            act: Act = "keep" if entry.moved and not force else "delete"
            steps.append(Step(act, entry.title, item.url, item.etag, b""))
    return [step for step in steps if step is not None]


def _ours(items: list[Item]) -> Iterator[tuple[str, tuple[Item, Stored]]]:
    for item in items:
        try:
            entry = stored(item.data)
        except NotCalendar:
            continue
        if entry is not None:
            yield entry.uid, (item, entry)


def _step(
    single: Single,
    there: tuple[Item, Stored] | None,
    deal: str,
    base: str,
    *,
    force: bool,
) -> Step | None:
    title = f"{single.day}  {single.title}"
    if there is None:
        if single.cancelled:
            return None
        name = hashlib.sha256(single.uid.encode()).hexdigest()[:32]
        return Step("create", title, f"{base}{name}.ics", None, marked(single, deal))
    item, entry = there
    if entry.moved and not force:
        return Step("keep", title, item.url, item.etag, b"")
    if not entry.moved and entry.sent == digest(single):
        return Step("same", title, item.url, item.etag, b"")
    data = marked(single, deal, item.data)
    return Step("change", title, item.url, item.etag, data)


def carry_out(steps: list[Step], collection: Collection) -> Iterator[Outcome]:
    """Do each step and yield what became of it; raise Unreachable if none can follow.

    A step that fails alone is said and the others go on.
    """
    for step in steps:
        if step.act in ("keep", "same"):
            yield Outcome(step, "")
            continue
        if step.act == "delete":
            code = collection.delete(step.url, step.etag or "")
            done = code in (*_DONE, 404, 410)
        else:
            code = collection.put(step.url, step.data, step.etag)
            done = code in _DONE
        if code in _HOPELESS:
            raise Unreachable(said(code, collection.url))
        yield Outcome(step, "" if done else said(code, step.url))
