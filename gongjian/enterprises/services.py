"""Every service of the register of firms, listed once; each is written in the folder of its concern."""

from gongjian.enterprises.facts.services import import_facts, record_fact
from gongjian.enterprises.merging.services import merge_firms
from gongjian.enterprises.register.services import (
    add_contact,
    add_pairing,
    add_qualification,
    end_pairing,
    link_account,
    open_account,
    register_firm,
    take_back_firm,
    update_contact,
    update_firm,
)
from gongjian.enterprises.taking_back.services import take_back_link, take_back_together

__all__ = [
    "add_contact",
    "add_pairing",
    "add_qualification",
    "end_pairing",
    "import_facts",
    "link_account",
    "merge_firms",
    "open_account",
    "record_fact",
    "register_firm",
    "take_back_firm",
    "take_back_link",
    "take_back_together",
    "update_contact",
    "update_firm",
]
