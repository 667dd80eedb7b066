"""Signing in in two steps (两步验证): after the password a code that the account's phone shows, or a recovery code.

Not for: what a browser keeps between the two steps (`web/sign_in/waiting.py`).
"""
