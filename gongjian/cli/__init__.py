"""Commands: demo, serve, init, tick, intake, bulletin, ledger, backup, restore, doctor, verify."""
