"""Registers who works where in one step: unit, person, post, account, whatever of them is new."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.people import services as people
from gongjian.people.accounts.services import add_account
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.pinyin import spelt_out
from gongjian.people.services import _unit_called
from gongjian.people.states import Role

WRITING = (Role.CLERK, Role.OFFICER)  # roles that record; the others read


@dataclass(frozen=True)
class Registered:
    """What was registered; the password is shown once."""

    unit: Unit
    person: Person
    account: Account | None
    password: str


@transaction.atomic
def register_staff(
    *,
    unit: Unit | str,
    area: Area | None,
    duties: str = "",
    name: str,
    phone: str = "",
    title: str,
    is_principal: bool = False,
    role: Role | str = "",
    username: str = "",
    by: Account,
    at: datetime,
) -> Registered:
    """Register a person in a unit, which is made where only its name is given and `area` has none of that name.

    With a `role` the person gets an account that reads the unit's area, and writes it where the role records.
    """
    if not isinstance(unit, Unit):
        if area is None:
            raise Refused(_("新建单位要选所属地区。"), field="area")
        unit = _unit_called(unit, area, but=None) or people.add_unit(
            area, name=unit, duties=duties, by=by, at=at
        )
    person = people.add_person(name=name, phone=phone, by=by, at=at)
    people.appoint(person, unit=unit, title=title, is_principal=is_principal, since=None, by=by, at=at)
    if not role:
        return Registered(unit, person, None, "")
    account, password = add_account(
        username=username or free_username(name),
        name=name,
        role=role,
        person=person,
        unit=unit,
        reads_area=unit.area,
        writes_area=unit.area if role in WRITING else None,
        by=by,
        at=at,
    )
    return Registered(unit, person, account, password)


def free_username(name: str) -> str:
    """The name in pinyin, such as zhoumin, with a number where it is taken."""
    spelt = spelt_out(name) or "user"
    taken = {
        one.lower()
        for one in Account.objects.filter(username__istartswith=spelt).values_list("username", flat=True)
    }
    number = 1
    while (username := spelt if number == 1 else f"{spelt}{number}") in taken:
        number += 1
    return username
