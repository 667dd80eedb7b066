"""The clock of an assignment (时钟): regimes, checkpoints, lights with their reason, the ladder. Pure."""
