"""One file a kind of ledger: what a row would create or change, and how it is written through the room it belongs to."""
