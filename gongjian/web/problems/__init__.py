"""The problem ledger, one problem, its hand-over, its slip."""
