"""A small deal of services to which a test adds the sections that it is about."""

import re
from textwrap import dedent

SECTIONS = {
    "contract": "contract: services",
    "title": "title: Studio Support Agreement",
    "reference": "reference: STU-2026-001",
    "effective": "effective: 2026-08-03",
    "currency": "currency: USD",
    "time": "time: {holidays: [US]}",
    "parties": """
        parties:
          client: {name: Whitfield Ceramics LLC, kind: company, address: Tampa}
          provider: {name: Gulf Coast Studio LLC, kind: company, address: Tampa}
    """,
}


def small_deal(text: str) -> str:
    """Return the small deal; sections of the text take the place of its own."""
    parts = {key: dedent(section).strip("\n") for key, section in SECTIONS.items()}
    given: list[str] = []
    for section in re.split(r"\n(?=\S)", dedent(text).strip("\n")):
        parts.pop(section.partition(":")[0], None)
        given.append(section)
    return "\n".join([*parts.values(), *given]) + "\n"
