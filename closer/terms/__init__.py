"""What was agreed: values, days, the model, reading, checks, changes.

May import problems alone; knows no document and no calendar file.
"""
