"""Terms and library → document: selection, phrases, assembly, amendments.

May import problems, terms and library; knows no calendar and no file format.
"""
