"""Standings that were published, and the figures behind them that were corrected since."""
