"""Accounts (账号): adding, passwords, disabling, and the filters an account saves."""
