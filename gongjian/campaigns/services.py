"""The verbs of the room; the folders hold the code."""

from gongjian.campaigns.battles.services import add_battle, add_campaign, update_battle
from gongjian.campaigns.passing_on.services import pass_on
from gongjian.campaigns.targets.services import add_target, change_target, withdraw_target

__all__ = [
    "add_battle",
    "add_campaign",
    "add_target",
    "change_target",
    "pass_on",
    "update_battle",
    "withdraw_target",
]
