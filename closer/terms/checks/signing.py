"""Checks on the form in which a contract is signed: by hand, before whom, by how many.

What a law wants of a deed is general knowledge here: it warns and never forbids.
"""

from collections.abc import Iterator

from closer.problems import Problem
from closer.terms.checks.finding import found
from closer.terms.model import JointPerson, Party, Terms
from closer.terms.reading import Agreed


def a_deed_is_signed_by_hand(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a deed with electronic signatures: a witness has to be there."""
    signing = agreed.terms.signing
    if signing and signing.form == "deed" and signing.electronic:
        yield found(
            agreed,
            "S03",
            "signing",
            "A deed would be signed electronically.",
            "A deed needs a witness who is present; some registers take paper only.",
            "Write electronic: no, or form: agreement.",
        )


def a_deed_is_witnessed(agreed: Agreed) -> Iterator[Problem]:
    """Warn of a person who signs a deed unseen, and of a company with one hand."""
    if agreed.terms.signing is None or agreed.terms.signing.form != "deed":
        return
    for path, person in _persons(agreed.terms):
        hand = person.signatory
        if (hand and hand.witness) or getattr(person, "second_signatory", None):
            continue
        add = f"signatory: {{name: {hand.name if hand else '…'}, witness: …}}"
        if person.kind.strip().casefold() == "individual":
            yield found(
                agreed,
                "S01",
                path,
                f"{person.name} would sign a deed, and no witness is named.",
                "A deed that nobody saw signed is often held to be none.",
                f"Add {add}, or write signing.form: agreement.",
            )
        else:
            yield found(
                agreed,
                "S02",
                path,
                f"One hand would sign a deed for {person.name}.",
                "A company's deed often needs two who may sign, or one before a "
                "witness.",
                f"Add second_signatory, or {add}.",
            )


def _persons(terms: Terms) -> Iterator[tuple[str, Party | JointPerson]]:
    for name, party in terms.parties.items():
        yield f"parties.{name}", party
        for key, person in party.also.items():
            yield f"parties.{name}.also.{key}", person


CHECKS = (a_deed_is_signed_by_hand, a_deed_is_witnessed)
