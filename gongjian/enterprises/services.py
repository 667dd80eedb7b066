"""Every verb of the register of firms, listed once; each is written in the folder of its concern."""

from gongjian.enterprises.facts.services import import_facts, record_fact
from gongjian.enterprises.merging.services import merge
from gongjian.enterprises.register.services import (
    add_contact,
    add_qualification,
    end_pairing,
    open_account,
    pair,
    register,
    register_account,
    update,
)

__all__ = [
    "add_contact",
    "add_qualification",
    "end_pairing",
    "import_facts",
    "merge",
    "open_account",
    "pair",
    "record_fact",
    "register",
    "register_account",
    "update",
]
