"""Areas, units, posts, persons with terms of office, accounts and their rights by subtree.

For: who is who, who holds which post since when, who may read and write where.
Not for: firms (enterprises) or what anybody owes (assignments).
"""
