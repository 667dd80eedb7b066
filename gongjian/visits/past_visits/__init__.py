"""Visits and meetings of an older ledger (往年走访), taken in as they were and taken back while nobody has gone on."""
