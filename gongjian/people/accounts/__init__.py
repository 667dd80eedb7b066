"""Accounts (账号): opening, passwords, shutting; the filters an account keeps."""
