"""Pages of areas, units, persons and accounts."""
