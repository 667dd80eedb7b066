"""A superior's blank workbook (上级表样) filled from the ledgers, its headings matched and remembered for the office.

For: templates kept, what each heading stands for, filling. Not for: reading ledgers in (`imports`, whose headings are used here),
our own workbooks (`ledgers`), writing into cells (`engines/templates`).
"""
