"""Why each rule is there: the reason, a bad and a good example, the source."""

from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct, toml


class Explanation(Struct, frozen=True, kw_only=True):
    """What is told about one code."""

    why: str
    bad: str
    good: str
    source: str


def load(templates: Path) -> dict[str, Explanation]:
    """Return what is known of each code, in the order of the files."""
    found: dict[str, Explanation] = {}
    for file in sorted((templates / "problems").glob("*.toml")):
        found |= toml.decode(file.read_bytes(), type=dict[str, Explanation])
    return found


def nearest(code: str, known: dict[str, Explanation]) -> str | None:
    """Return the code that somebody probably meant."""
    spelled = {each.casefold(): each for each in known}
    near = get_close_matches(code.casefold(), spelled, 1, cutoff=0.3)
    return spelled[near[0]] if near else None
