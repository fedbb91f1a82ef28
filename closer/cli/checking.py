"""Whether a register is whole: every chain, what is kept, and what is due by it."""

from collections.abc import Iterator, Mapping, Sequence

from closer.cli.deal import read_library
from closer.cli.reckoning import reckoned
from closer.cli.signed import maker_of, whole
from closer.register.folding import folded
from closer.register.journal import Entry, broken
from closer.register.store import Register


def faults_of(
    register: Register, refs: Sequence[str], heads: Mapping[str, str]
) -> Iterator[str]:
    """Yield what is wrong with each deal: the first entry at fault, or its rows."""
    library = read_library()
    for ref in refs:
        journal = register.journal(ref)
        fault = broken(journal, heads.get(ref)) or _kept(register, journal)
        if fault is None and register.maker(ref) != maker_of(library):
            fault = (
                f"{ref}: what is due was computed by {register.maker(ref) or 'another'}"
                "; `closer register refresh` computes it anew"
            )
        if fault is None:
            rows = reckoned(register, folded(ref, journal), library)
            stored = register.all_due(ref)
            same = sorted(rows, key=repr) == sorted(stored, key=repr)
            fault = None if same else f"{ref}: what is due was altered"
        if fault:
            yield fault
    yield from (f"{ref} is not in the register" for ref in heads if ref not in refs)


def _kept(register: Register, journal: Sequence[Entry]) -> str | None:
    """Return what is wrong with the documents that a journal names."""
    for entry in journal:
        digest = str(entry.data.get("model", ""))
        content = register.kept(digest) if digest else None
        if digest and content is None:
            return f"the document of entry {entry.number} of {entry.ref} is missing"
        if content is not None and not whole(digest, content):
            return f"the document of entry {entry.number} of {entry.ref} was altered"
    return None
