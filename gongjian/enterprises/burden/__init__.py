"""The burden ledger (减负账): every question put to a firm or a unit is counted."""
