"""The complaint link on every page, the answers, and the figures."""
