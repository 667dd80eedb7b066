"""Benchmarks: each is a file here with `measure()`; `python -m bench` runs all; each writes its section of docs/benchmarks.md."""
