"""The lists of two documents in one part, so that deleted items keep theirs."""

import re
from collections.abc import Mapping
from hashlib import sha256

_ABSTRACT = re.compile(r"<w:abstractNum .*?</w:abstractNum>", re.DOTALL)
_NUM = re.compile(
    r'<w:num [^>]*w:numId="(\d+)"[^>]*>\s*<w:abstractNumId w:val="(\d+)"/>.*?</w:num>',
    re.DOTALL,
)
_OWN = re.compile(r'<w:(?:nsid|tmpl) w:val="[^"]*"/>|w:abstractNumId="\d+"')


def looks_of_lists(numbering: bytes) -> dict[str, str]:
    """Return what each list looks like, whatever it is called, by its number."""
    text = numbering.decode()
    abstracts = _abstracts(text)
    return {num: _OWN.sub("", abstracts.get(of, "")) for num, of in _NUM.findall(text)}


def _abstracts(text: str) -> dict[str, str]:
    found = {}
    for source in _ABSTRACT.findall(text):
        match = re.search(r'w:abstractNumId="(\d+)"', source)
        if match:
            found[match[1]] = source
    return found


def joined_numbering(old: bytes, new: bytes, found: Mapping[str, str]) -> bytes:
    """Return the new numbering part with those lists of the old one that it lacks.

    `found`: the number of each list of the old text in the joined part.
    """
    text, source = new.decode(), old.decode()
    present = {num for num, _ in _NUM.findall(text)}
    abstracts = _abstracts(source)
    top = max(map(int, _abstracts(text)), default=0)
    lists, uses = [], []
    for own, of in _NUM.findall(source):
        number = found.get(own)
        if number is None or number in present:
            continue
        top += 1
        name = sha256(f"old list {number}".encode()).hexdigest()[:8].upper()
        made = re.sub(
            r'w:abstractNumId="\d+"', f'w:abstractNumId="{top}"', abstracts[of]
        )
        made = re.sub(
            r'<w:(nsid|tmpl) w:val="[^"]*"', rf'<w:\g<1> w:val="{name}"', made
        )
        lists.append(made)
        uses.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{top}"/></w:num>'
        )
    if not lists:
        return new
    text = text.replace("<w:num ", "".join(lists) + "<w:num ", 1)
    end = text.rindex("</w:num>") + len("</w:num>")
    return (text[:end] + "".join(uses) + text[end:]).encode()
