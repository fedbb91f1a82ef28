"""How instruments are called: First Amendment, Change Order No. 2."""

from msgspec import Struct

from closer.library.instruments import Instrument


class Named(Struct, frozen=True):
    """An instrument of a deal: its kind, and its number among those of its kind.

    `numbered`: its title counts it in figures, Amendment No. 1.
    """

    kind: str
    number: int
    numbered: bool = False


def worded(instrument: Instrument, key: str, named: Named, **fields: str) -> str:
    """Return the `name` or `title` of an instrument, or how it is `cited` elsewhere.

    It is First, Second … while words last. One that is `numbered` is No. 1; else, where
    the wording has a `first_…`, the first of its kind is called so.
    """
    words, number = instrument.names[named.kind], named.number
    if named.numbered or number > len(instrument.ordinals):
        return str(words[f"numbered_{key}"]).format(number=number, **fields)
    if number == 1 and f"first_{key}" in words:
        key = f"first_{key}"
    ordinal = instrument.ordinals[number - 1]
    return str(words[key]).format(ordinal=ordinal, number=number, **fields)
