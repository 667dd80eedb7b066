"""The problem ledger, the page of one problem, its hand-over, its slip."""
