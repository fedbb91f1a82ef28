"""Brings calendars to people: a CalDAV server, mail, a feed on the loopback.

The only room that speaks to a network, and only when a command asks for it. May import
problems, terms, library, followup and formats.
"""
