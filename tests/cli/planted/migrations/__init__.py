"""The first changes files and rows, the second does what the environment says."""
