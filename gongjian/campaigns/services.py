"""The verbs of the room; the folders hold the code."""

from gongjian.campaigns.agreement.services import accept, counter, sign, take_over_gap
from gongjian.campaigns.battles.services import add_battle, add_campaign, update_battle
from gongjian.campaigns.boundaries.services import divide, merge, take_back_boundaries
from gongjian.campaigns.passing_on.services import pass_on
from gongjian.campaigns.tables.services import enter_targets
from gongjian.campaigns.targets.services import add_target, change_target, withdraw_target
from gongjian.campaigns.tasks.services import assign_task

__all__ = [
    "accept",
    "add_battle",
    "add_campaign",
    "add_target",
    "assign_task",
    "change_target",
    "counter",
    "divide",
    "enter_targets",
    "merge",
    "pass_on",
    "sign",
    "take_back_boundaries",
    "take_over_gap",
    "update_battle",
    "withdraw_target",
]
