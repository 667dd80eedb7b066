"""Persons and their terms of office."""
