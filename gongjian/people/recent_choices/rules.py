"""How many recent choices of a kind are kept for an account, and how many an empty field offers."""

KEPT = 12
OFFERED = 6
