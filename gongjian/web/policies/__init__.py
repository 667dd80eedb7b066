"""Policies: the library, authoring by two persons, what-if, what they mean for firms, the money."""
