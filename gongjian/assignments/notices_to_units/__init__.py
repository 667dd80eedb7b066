"""Notices to a unit about a matter (通知承办单位)."""
