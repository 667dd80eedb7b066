"""Which kind of record a pick list holds, who may register one, and whom everybody else asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises.perms import KEEPERS
from gongjian.people.models import Account
from gongjian.people.perms import can_add_person
from gongjian.people.states import Role

KIND_OF = {"unit-find": "unit", "person-find": "person", "enterprise-find": "firm", "contact-find": "contact"}


def _keeps_people(account: Account) -> bool:
    return account.role in (Role.CLERK, Role.ADMINISTRATOR) and can_add_person(account)


def _keeps_firms(account: Account) -> bool:
    return account.role in KEEPERS and account.writes_area is not None


MAY: dict[str, Callable[[Account], bool]] = {
    "unit": _keeps_people,
    "person": _keeps_people,
    "firm": _keeps_firms,
    "contact": _keeps_firms,
}
ASK: dict[str, Promise] = {
    "unit": _("没有登记的单位，请联系本地区攻坚办或系统管理员登记。"),
    "person": _("没有登记的人员，请联系本地区攻坚办或系统管理员登记。"),
    "firm": _("没有登记的企业，请联系本地区攻坚办或首席服务官登记。"),
    "contact": _("没有登记的联系人，请联系本地区攻坚办或首席服务官登记。"),
}


def may_register(account: Account | None, source: str) -> bool:
    """Whether the account may register what the pick list fed by this route lacks."""
    kind = KIND_OF.get(source, "")
    return account is not None and kind in MAY and MAY[kind](account)


def whom_to_ask(source: str) -> str:
    """The sentence for those who may not."""
    kind = KIND_OF.get(source, "")
    return str(ASK[kind]) if kind in ASK else ""


_picker: ContextVar[Account | None] = ContextVar("picker", default=None)


def picker() -> Account | None:
    """The account for which the pick lists of this request are drawn."""
    return _picker.get()


@contextmanager
def picking_as(account: Account | None) -> Iterator[None]:
    """While this lasts, pick lists offer what this account may register."""
    token = _picker.set(account)
    try:
        yield
    finally:
        _picker.reset(token)
