"""Every verb of an assignment, listed once; each is written in the folder of its concern."""

from gongjian.assignments.attachments.services import attach
from gongjian.assignments.calendar.services import adopt_year, propose_year, recompute_due
from gongjian.assignments.escalation.services import escalate, name_superiors, set_thresholds
from gongjian.assignments.extensions.services import ask_extension, grant_extension, refuse_extension
from gongjian.assignments.hand_over.services import assign, change_person, reassign, take_over, withdraw
from gongjian.assignments.instructions.services import instruct, withdraw_reminder
from gongjian.assignments.moves.services import (
    accept,
    close,
    hold,
    object_to,
    overrule,
    pass_check,
    put_right,
    remind,
    reopen,
    report,
    resolve,
    resume,
    return_,
)
from gongjian.assignments.past_matters.services import (
    check_past,
    import_past,
    import_past_together,
    take_back_imports,
)
from gongjian.assignments.projection import set_problems_served
from gongjian.assignments.regimes.services import load_regimes, take_up_regime
from gongjian.assignments.splitting_off.services import branch_off
from gongjian.assignments.supporting_units.services import (
    accept_support,
    add_support,
    release_support,
    reply_support,
    return_support,
)

__all__ = [
    "accept",
    "accept_support",
    "add_support",
    "adopt_year",
    "ask_extension",
    "assign",
    "attach",
    "branch_off",
    "change_person",
    "check_past",
    "close",
    "escalate",
    "grant_extension",
    "hold",
    "import_past",
    "import_past_together",
    "instruct",
    "load_regimes",
    "name_superiors",
    "object_to",
    "overrule",
    "pass_check",
    "propose_year",
    "put_right",
    "reassign",
    "recompute_due",
    "refuse_extension",
    "release_support",
    "remind",
    "reopen",
    "reply_support",
    "report",
    "resolve",
    "resume",
    "return_",
    "return_support",
    "set_problems_served",
    "set_thresholds",
    "take_back_imports",
    "take_over",
    "take_up_regime",
    "withdraw",
    "withdraw_reminder",
]
