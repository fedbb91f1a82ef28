"""A small deal to which a test adds what it is about."""

import re
from textwrap import dedent

from closer.terms.reading import Agreed, read_terms

SECTIONS = {
    "contract": "contract: services",
    "title": "title: Studio Support Agreement",
    "reference": "reference: STU-2026-001",
    "effective": "effective: 2026-08-03",
    "currency": "currency: USD",
    "time": "time: {holidays: [US]}",
    "parties": """
        parties:
          client: {name: Whitfield Ceramics LLC, kind: company, address: Tampa,
                   notices: {email: dana@whitfield.example}}
          provider: {name: Gulf Coast Studio LLC, kind: company, address: Tampa,
                     notices: {email: post@gulf.example}}
    """,
}


def a_deal(*sections: str) -> Agreed:
    """Read the small deal; sections given here take the place of its own."""
    parts = {key: dedent(section).strip("\n") for key, section in SECTIONS.items()}
    for given in sections:
        for section in re.split(r"\n(?=[a-z])", dedent(given).strip("\n")):
            parts[section.partition(":")[0]] = section
    agreed, problems = read_terms("\n".join(parts.values()), "agreed.yaml")
    assert agreed is not None, "\n".join(map(str, problems))
    assert not problems
    return agreed
