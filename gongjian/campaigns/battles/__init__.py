"""Campaigns and battles: added, changed, who leads each."""
