"""The confidence survey of firms (企业信心调查): two questions a quarter, answered so that nobody can tell who said what.

For: opening and closing a round, taking an answer, the index with its interval, groups large enough to be shown.
Not for: what a firm says of a matter of its own (problems); figures it returns every month (enterprises).
"""
