"""Press reports written and annotated by hand, apart from the rules that read them, and how many of the values are read right.

Invented places and people. Nothing in `held_out/` is looked at while rules are written; README.md says how to keep it so.
"""
