"""What the firm said (问题、诉求、建议): recorded one by one, handed over, closed by the firm's own word.

For: the problem ledger, the hand-over slip, the firm's word.
Not for: the clock and the moves (assignments).
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "alike")
