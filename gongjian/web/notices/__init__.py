"""The inbox, the printed list, the channels, and the log of notices sent."""
