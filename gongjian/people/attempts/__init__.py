"""How often something was tried (尝试次数): counted in the database, so that every process and machine counts the same.

For: wrong passwords of one address, wrong one-time codes, calls of an outside system.
Not for: the lock of an account name after wrong passwords, which the sign-in library counts in the same database.
"""
