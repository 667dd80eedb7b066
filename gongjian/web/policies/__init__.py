"""Policies: the library, two-person authoring, what-if, what it means for firms, the money."""
