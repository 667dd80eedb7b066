"""Confirming a draft: what is written, kind by kind (确认入账)."""
