"""Withdrawing notices (撤回通知)."""
