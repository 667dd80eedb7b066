"""Every verb of the problem ledger in one list; each is written in the folder of its concern."""

from gongjian.problems.attachments.services import attach
from gongjian.problems.blockers.services import name_project
from gongjian.problems.bulk.services import categorise_many, hand_over_many, remind_many, undo
from gongjian.problems.closing.services import close
from gongjian.problems.firm_word.services import (
    give_own_word,
    give_word,
    give_word_by_code,
    issue_code,
    problem_of_code,
)
from gongjian.problems.hand_over.services import hand_over, join, record_and_hand_over
from gongjian.problems.past_problems.services import (
    check_problem,
    import_problem,
    import_problems,
    take_back_imports,
)
from gongjian.problems.raised_by_firms.services import decline, raise_own
from gongjian.problems.recording.services import answer_on_the_spot, record, take_back, update
from gongjian.problems.sample_call_backs.services import (
    can_repeat_draw,
    draw_call_backs,
    record_call_back,
    satisfaction_rate,
)

__all__ = [
    "answer_on_the_spot",
    "attach",
    "can_repeat_draw",
    "categorise_many",
    "check_problem",
    "close",
    "decline",
    "draw_call_backs",
    "give_own_word",
    "give_word",
    "give_word_by_code",
    "hand_over",
    "hand_over_many",
    "import_problem",
    "import_problems",
    "issue_code",
    "join",
    "name_project",
    "problem_of_code",
    "raise_own",
    "record",
    "record_and_hand_over",
    "record_call_back",
    "remind_many",
    "satisfaction_rate",
    "take_back",
    "take_back_imports",
    "undo",
    "update",
]
