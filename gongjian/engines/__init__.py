"""The engines: pure Python packages without Django or a database, each usable on its own.

Dates, lights, verdicts, reading, likeness, typesetting, pace. A room above stores facts, asks an engine and shows its answer.
"""
