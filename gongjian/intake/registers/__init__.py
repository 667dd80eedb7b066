"""From printed names to records of the register (对照登记册)."""
