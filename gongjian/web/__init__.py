"""Pages only: `<section>/{urls,forms,views}.py`, templates, static files.

For: turning a request into one service call and an answer.
Not for: rules; those stand in the rooms below.
"""
