"""The local market (本地市场): what firms make and buy, who near by could supply whom, introductions and what came of them.

For: product entries, offline matching with the reason, introductions.
Not for: the clock of an introduction (assignments); what firms say (problems).
"""
