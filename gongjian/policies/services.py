"""Every verb of policies, listed once; each is written in the folder of its concern."""

from gongjian.policies.notices_to_firms.services import ask_datum, notify
from gongjian.policies.payouts.services import apply, approve, list_automatic, pay, return_
from gongjian.policies.rule_files.services import load_library
from gongjian.policies.versions.services import (
    adopt,
    draft,
    edit,
    propose,
    refuse,
    retire,
    set_ceiling,
    sign,
    take_back,
)

__all__ = [
    "adopt",
    "apply",
    "approve",
    "ask_datum",
    "draft",
    "edit",
    "list_automatic",
    "load_library",
    "notify",
    "pay",
    "propose",
    "refuse",
    "retire",
    "return_",
    "set_ceiling",
    "sign",
    "take_back",
]
