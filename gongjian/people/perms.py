"""Who may maintain areas, units, persons and accounts.

A record without an area of its own has an owner all the same: a person belongs to the offices of the units it serves in,
and what belongs to no area belongs to the whole city.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.queries import areas_of_person, writes
from gongjian.people.states import Role


def writes_whole_city(account: Account) -> bool:
    """Whether the account writes for the whole city, so that records of no area are its own."""
    return account.writes_area is not None and account.writes_area.depth == 1


def check_keep_people(account: Account | None, area: Area | None) -> None:
    """Refuse unless the account may maintain the units of an area: a clerk of the area or the administrator.

    An `area` of None is the whole city. None as account means the system itself, which may.
    """
    if account is None or account.role == Role.ADMINISTRATOR:
        return
    if account.role == Role.CLERK and (writes(account, area) if area else writes_whole_city(account)):
        return
    raise Refused(_("只有本地区攻坚办或系统管理员可以维护单位和人员。请联系攻坚办。"))


can_keep_people = passes(check_keep_people)


def check_add_person(account: Account | None) -> None:
    """Refuse unless the account is a clerk who writes anywhere, the administrator, or the system itself."""
    if account is not None and account.role == Role.CLERK and account.writes_area is not None:
        return
    check_keep_people(account, None)


can_add_person = passes(check_add_person)


def check_keep_person(account: Account | None, person: Person) -> None:
    """Refuse unless the account may maintain every area the person belongs to; without any, the whole city."""
    if account is None or account.role == Role.ADMINISTRATOR:
        return  # whatever the areas are
    _check_areas(account, areas_of_person(person))


can_keep_person = passes(check_keep_person)


def check_appoint(account: Account | None, person: Person, unit: Unit) -> None:
    """Refuse unless the account may maintain the unit, and the person where the person serves nowhere yet.

    Who serves elsewhere may be given a further post; the posts held there are ended by their own offices.
    """
    check_keep_people(account, unit.area)
    if not person.tenures.exists():
        check_keep_person(account, person)


def _check_areas(account: Account | None, areas: Collection[Area]) -> None:
    for area in areas or (None,):
        if not can_keep_people(account, area):
            owner = _("、").join(str(each) for each in areas) or _("全市")
            raise Refused(
                _("这个人由%(area)s攻坚办维护，您的账号不能改。请联系他们或系统管理员。") % {"area": owner}
            )


def check_keep_accounts(account: Account | None) -> None:
    """Refuse unless the account is the administrator; None means the system itself, which may."""
    if account is not None and account.role != Role.ADMINISTRATOR:
        raise Refused(_("只有系统管理员可以管理账号。请联系系统管理员。"))


can_keep_accounts = passes(check_keep_accounts)
