"""The tables of the register, version by version.

A register of an older version is brought forward when it is opened, step by step, in
one piece: nobody has to start a migration, and none stops half way.
"""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (version INTEGER NOT NULL)",
        """CREATE TABLE journal (
    ref TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, "on" TEXT NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL, data TEXT NOT NULL, before TEXT NOT NULL,
    digest TEXT NOT NULL, PRIMARY KEY (ref, number)
)""",
        """CREATE TABLE due (
    ref TEXT NOT NULL, uid TEXT NOT NULL, kind TEXT NOT NULL, stake TEXT NOT NULL,
    day TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL, party TEXT NOT NULL,
    term TEXT NOT NULL, provision TEXT NOT NULL, reason TEXT NOT NULL,
    repeats INTEGER NOT NULL, PRIMARY KEY (ref, uid, day)
)""",
        "CREATE INDEX due_by_day ON due (day) WHERE state = 'open'",
        "INSERT INTO meta VALUES (1)",
    ),
    (
        "ALTER TABLE due ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0",
        (
            "ALTER TABLE due ADD COLUMN stamp TEXT NOT NULL "
            "DEFAULT '1970-01-01T00:00:00+00:00'"
        ),
        "DROP INDEX due_by_day",
        "CREATE INDEX due_once ON due (day) WHERE state = 'open' AND repeats = 0",
        "CREATE INDEX due_again ON due (day) WHERE state = 'open' AND repeats = 1",
        "CREATE TABLE kept (digest TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL)",
        "CREATE TABLE reckoned (ref TEXT NOT NULL PRIMARY KEY, maker TEXT NOT NULL)",
        "UPDATE meta SET version = 2",
    ),
)
"""The statements that lead from each version to the next; the first from nothing."""

VERSION = len(STEPS)
TABLES = frozenset({"meta", "journal", "due"})
"""The tables by which a register of any version is known."""
