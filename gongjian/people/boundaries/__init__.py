"""Areas whose boundaries change (区划调整): one ends, is revived, is moved below another."""
