"""What the firm said (问题、诉求、建议): recorded one by one, handed over, closed by the firm's own word.

Not for: the clock and the moves (assignments).
"""
