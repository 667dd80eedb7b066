"""Endings of names by which areas are grouped to begin with: data of the trade, in Chinese and English."""

DISTRICTS = ("区", "District")
SUBDISTRICTS = ("街道", "Subdistrict")
