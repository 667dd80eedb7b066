"""The ground floor: pure machines that know no Django and no database, each usable alone.

Dates, lights, verdicts, reading, likeness, typesetting. A room above stores facts, asks an engine and shows its answer.
"""
