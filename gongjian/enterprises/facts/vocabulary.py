"""The words that multiply a unit, and by what; English counts on."""

FOLD_OF = {"万": 10_000, "亿": 100_000_000}
