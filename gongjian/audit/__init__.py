"""Append-only, hash-chained record of every change (留痕), and `Refused`, the one exception that users see.

For: who did what to which record when, in a sentence; proof that no line was altered.
Not for: technical logs.
"""

from gongjian.audit.refused import Refused, passes, required_text

__all__ = ["Refused", "passes", "required_text"]
