"""Whose sight is walked: the accounts of an instance, and those of narrower areas that it may lack."""

from collections.abc import Iterator

from django.utils import timezone

from gongjian.people.models import Account, Area, Unit
from gongjian.people.states import Role

NARROW = (Role.CLERK, Role.LEADER, Role.AUDITOR, Role.OFFICER)


def accounts_of_instance() -> Iterator[Account]:
    """One account of each role, area and unit there is; then one of each narrow role in the second county, and a handler
    of the unit with most work that has no account.
    """
    seen = set()
    for account in Account.objects.exclude(role=Role.SYSTEM).filter(is_active=True).order_by("role", "pk"):
        key = (account.role, account.reads_area_id, account.unit_id if account.role == Role.HANDLER else None)
        if key not in seen:
            seen.add(key)
            yield account
    yield from _narrow()


def _narrow() -> Iterator[Account]:
    county = list(Area.objects.filter(level="COUNTY").order_by("path")[:2])[-1]
    for role in NARROW:
        yield _account(f"narrow-{role.lower()}", role, reads_area=county, writes_area=county)
    busy = Unit.objects.exclude(accounts__role=Role.HANDLER).order_by("pk").first()
    yield _account("narrow-handler", Role.HANDLER, unit=busy, reads_area=county)


def _account(username: str, role: Role, **facts: object) -> Account:
    made, _created = Account.objects.get_or_create(
        username=username,
        defaults={
            "name": username,
            "role": role,
            "created_at": timezone.now(),
            "must_change_password": False,
            **facts,
        },
    )
    return made
