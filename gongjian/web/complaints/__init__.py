"""The complaint entry of every page, the answers, the figures."""
