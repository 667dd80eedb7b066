"""Signing in in two steps (两步验证): the account's own page, and the second step."""
