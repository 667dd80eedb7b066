"""Every verb of the problem ledger, listed once; each is written in the folder of its concern."""

from gongjian.problems.attachments.services import attach
from gongjian.problems.bulk.services import categorise_many, hand_over_many, remind_many, undo
from gongjian.problems.closing.services import close
from gongjian.problems.firm_word.services import (
    give_own_word,
    give_word,
    give_word_by_code,
    issue_code,
    matter_of_code,
)
from gongjian.problems.hand_over.services import hand_over, join
from gongjian.problems.raised_by_firms.services import decline, raise_own
from gongjian.problems.recording.services import answer_on_the_spot, edit, record
from gongjian.problems.sample_call_backs.services import draw_call_backs, drawn_again, record_call, sampled

__all__ = [
    "answer_on_the_spot",
    "attach",
    "categorise_many",
    "close",
    "decline",
    "draw_call_backs",
    "drawn_again",
    "edit",
    "give_own_word",
    "give_word",
    "give_word_by_code",
    "hand_over",
    "hand_over_many",
    "issue_code",
    "join",
    "matter_of_code",
    "raise_own",
    "record",
    "record_call",
    "remind_many",
    "sampled",
    "undo",
]
