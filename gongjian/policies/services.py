"""Every verb of policies, listed once; each is written in the folder of its concern."""

from gongjian.policies.notices_to_firms.services import ask_datum, notify
from gongjian.policies.payouts.services import (
    apply,
    approve,
    approve_many,
    list_automatic,
    pay,
    pay_many,
    return_,
)
from gongjian.policies.rule_files.services import load_library
from gongjian.policies.versions.services import (
    adopt,
    draft,
    edit,
    keep,
    keep_and_propose,
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
    "approve_many",
    "ask_datum",
    "draft",
    "edit",
    "keep",
    "keep_and_propose",
    "list_automatic",
    "load_library",
    "notify",
    "pay",
    "pay_many",
    "propose",
    "refuse",
    "retire",
    "return_",
    "set_ceiling",
    "sign",
    "take_back",
]
