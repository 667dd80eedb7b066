"""The ledgers of an invented office as an office keeps them: `python -m samples.office FOLDER` writes eight workbooks.

Nine counties, 120 units, 400 persons, 600 firms, 24 months of figures, 800 problems of last year with forty kinds of defect. The same
number gives the same workbooks. For walks of the first day and for the benchmark of the import.
"""
