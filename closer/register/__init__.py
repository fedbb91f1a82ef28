"""What was signed and what has happened since: a journal, its fold, and the store.

May import problems, terms, library, drafting and followup; knows no file format but its
own. The clock is the caller's: every day and instant comes in as a value.
"""
