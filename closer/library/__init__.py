"""The clause library: reads `clauses/` and `templates/`, has no wording of its own.

Imports `problems` and `terms` only; `drafting` and `followup` stand on it.
"""
