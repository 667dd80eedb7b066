"""Signing in and out, the first password, expired tokens."""
