"""Common problems (共性问题): texts that say the same, found offline among thousands, new ones placed as they come.

For: likeness of texts, groups of like texts.
Not for: deciding that a group is one matter. A clerk confirms, edits or dismisses it.
"""
