"""A library of a few clauses without a fault, and a way to plant one in it."""

from pathlib import Path
from textwrap import dedent

from closer.library.checks import check
from closer.library.loading import Library, load
from closer.problems import Problem


def clause(body: str, **head: object) -> str:
    """Return a clause file with a sound head; `head` adds to it or replaces."""
    keys = {"heading": "A heading", "edition": 1, "note": "Why.", **head}
    lines = [f"{key} = {_toml(value)}" for key, value in keys.items() if value]
    return "\n".join(["+++", *lines, "+++", dedent(body).strip(), ""])


def _toml(value: object) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'.replace("'", '\\"')


SALE = """
title = "Sale"
required = ["parties"]

[roles]
seller = "Seller"
buyer = "Buyer"

[sides]
performer = "seller"
recipient = "buyer"

[words]
Work = "Goods"

[labels]
contents = "Contents"

[[articles]]
id = "definitions"
heading = "Definitions"

[[articles]]
id = "paying"
heading = "Price and payment"

[[articles]]
id = "quarrels"
heading = "Disputes"
when = "dispute_resolution"

[[annexes]]
id = "annex-payments"
heading = "Payments"
when = "price.payments"
body = "[table payments]"

[[cover]]
label = "Price"
text = "[price.total]"
when = "price.total"
"""

LOAN = """
title = "Loan"
required = ["parties"]

[roles]
lender = "Lender"
borrower = "Borrower"

[sides]
performer = "lender"
recipient = "borrower"

[words]
Work = "Goods"

[[articles]]
id = "definitions"
heading = "Definitions"

[[articles]]
id = "paying"
heading = "Price and payment"

[[articles]]
id = "quarrels"
heading = "Disputes"
when = "dispute_resolution"

[[annexes]]
id = "annex-payments"
heading = "Payments"
when = "price.payments"
body = "[table payments]"
"""

PAYMENTS = """
each = "price.payments"

[[columns]]
heading = "Payment"
text = "[it.title]"
width = 3

[[columns]]
heading = "Due"
text = [
  {when = "it.due", text = "[it.due]"},
  {when = "it.every", text = "[it.every]"},
]
width = 2
"""

FILES = {
    "clauses/parties/preamble.clause": clause(
        'This ""Agreement"" is made with effect from [effective].', slot="preamble"
    ),
    "clauses/parties/named.clause": clause(
        'The ""[it.role]"" is [it.name].', slot="parties", each="parties"
    ),
    "clauses/definitions/opening.clause": clause(
        "In this <Agreement>:", slot="definitions", order=10
    ),
    "clauses/definitions/goods.clause": clause(
        '""Goods"" means what [performer] hands over.', defines="Goods", heading=""
    ),
    "clauses/paying/payment.clause": clause(
        """
        [recipient] shall pay for the <Work> what this <Agreement> says.

        ? price.payments
        The sums stand in {annex-payments}.
        """,
        slot="paying",
        order=10,
    ),
    "clauses/paying/late.clause": clause(
        "A sum not paid under {previous} in time bears interest of "
        "[price.late_interest], whatever {governing} says.",
        slot="paying",
        order=20,
        when="price.late_interest and dispute_resolution",
    ),
    "clauses/quarrels/governing.clause": clause(
        "The law of [dispute_resolution.governing_law] governs this <Agreement>.",
        slot="quarrels",
        order=10,
    ),
    "clauses/quarrels/courts.clause": clause(
        "The courts of [dispute_resolution.steps.court.courts] decide.",
        slot="quarrels",
        order=20,
        when="dispute_resolution.steps.court.exclusive",
    ),
    "clauses/data/institutions.toml": '[AAA]\nname = "the AAA"\nkind = ["mediation"]\n',
    "templates/contracts/sale.toml": SALE,
    "templates/contracts/loan.toml": LOAN,
    "templates/tables/payments.toml": PAYMENTS,
    "templates/phrases/en.toml": '[lists]\nand = "and"\n',
}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files under a folder; one that is empty is deleted."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_text(text, encoding="utf-8")
        else:
            path.unlink()


def loaded(folder: Path, **files: str) -> tuple[Library | None, list[Problem]]:
    """Write the library with some files replaced, and read it."""
    write(folder, FILES)
    write(folder, files)
    return load(folder / "clauses", folder / "templates", despite_problems=True)


def faults(folder: Path, **files: str) -> list[Problem]:
    """Return all that is wrong with the library once some files are replaced."""
    library, problems = loaded(folder, **files)
    assert library is not None
    return [*problems, *check(library)]
