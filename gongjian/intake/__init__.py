"""Intake (来稿): an article, report or table becomes drafts with their source sentence, confirmed by a clerk.

Not for writing into the ledger by itself: nothing here counts until a clerk has confirmed it.
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "report_file")
