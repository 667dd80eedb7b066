"""Requests for progress (要进展): counted, and refused while the unit's last report is recent."""
