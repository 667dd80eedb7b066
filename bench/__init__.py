"""Benchmarks: each is a file here with `main()`; `python -m bench` runs all and writes docs/benchmarks.md."""
