"""closer: from agreed terms to contract, calendar and amendment."""

__version__ = "0.1.0"
