"""Splitting one firm's part off a shared assignment (分出重办)."""
