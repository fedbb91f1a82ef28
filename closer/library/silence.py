"""What a deal leaves to the law, and which of its terms people remember differently."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, toml

from closer.library.conditions import is_present
from closer.terms.model import Terms
from closer.terms.paths import entries, value_at


class Silent(Struct, frozen=True, kw_only=True):
    """A section that a deal may leave out, and what holds in its place."""

    section: str
    says: str
    types: tuple[str, ...] = ()


class Silence(Struct, frozen=True, kw_only=True):
    """The table of `templates/silence.toml`."""

    essential: tuple[str, ...]
    silent: tuple[Silent, ...]

    def left_to_the_law(self, terms: Terms) -> Iterator[Silent]:
        """Yield what the deal does not settle, with what then holds."""
        for each in self.silent:
            meant = not each.types or terms.contract in each.types
            if meant and not is_present(value_at(terms, each.section)):
                yield each

    def not_recorded(self, terms: Terms) -> Iterator[str]:
        """Yield the essential terms of a deal that nobody is recorded to have said."""
        said = terms.closing.said.values() if terms.closing else ()
        recorded = [entry.term for entry in said]
        for pattern in self.essential if not terms.amended else ():
            for path in _paths(terms, pattern):
                if not any(_speaks_of(term, path) for term in recorded):
                    yield path


def load(templates: Path) -> Silence:
    """Read the table that is shipped."""
    return toml.decode((templates / "silence.toml").read_bytes(), type=Silence)


def _paths(terms: Terms, pattern: str) -> Iterator[str]:
    """Yield the paths of a deal that a pattern such as `milestones.*.due` means."""
    before, star, after = pattern.partition(".*")
    if not star:
        if is_present(value_at(terms, pattern)):
            yield pattern
        return
    for key, _ in entries(value_at(terms, before)):
        yield from _paths(terms, f"{before}.{key}{after}")


def _speaks_of(term: str, path: str) -> bool:
    return path == term or path.startswith(f"{term}.")
