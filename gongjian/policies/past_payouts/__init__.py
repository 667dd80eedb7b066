"""Payouts of an older ledger (往年兑现), taken in as they stood and taken back while nobody has gone on."""
