"""Excuses: what nobody could prevent keeps an area off the black list."""
