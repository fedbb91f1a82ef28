"""File formats: the only rooms that know how a document or a calendar is written."""
