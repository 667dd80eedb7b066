"""Whose sight is walked: every role, over the whole city and in one county, and handlers of both."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils import timezone

from gongjian.enterprises.models import EnterpriseAccount
from gongjian.people.models import Account, Area, Unit
from gongjian.people.states import Role

INSIDE = (Role.CLERK, Role.LEADER, Role.AUDITOR, Role.OFFICER, Role.ADMINISTRATOR)
OF_THE_CITY = (Role.CLERK,)  # who reads the whole city can open whatever is named


def walking_accounts() -> Iterator[Account]:
    """Accounts to walk as, made for the purpose: of each role for a county and a clerk of the city; of the
    busiest unit of the city and of the county; of the firm with most problems that speaks for itself.
    """
    city = Area.objects.filter(depth=1).get()
    counties = Area.objects.filter(level="COUNTY").annotate(n=Count("problems")).order_by("-n")
    for area, name, roles in ((city, "city", OF_THE_CITY), (counties[0], "county", INSIDE)):
        for role in roles:
            writes = area if role in {Role.CLERK, Role.OFFICER, Role.LEADER} else None
            yield _account(f"{name}-{role.lower()}", role, reads_area=area, writes_area=writes)
    busy = Unit.objects.annotate(n=Count("led")).order_by("-n")
    for number, unit in enumerate((*busy.filter(area=city)[:1], *busy.filter(area=counties[0])[:1])):
        yield _account(f"handler-{number}", Role.HANDLER, unit=unit, reads_area=unit.area)
    yield from Account.objects.filter(pk__in=EnterpriseAccount.objects.values("account"))[:1]


def _account(username: str, role: Role, **facts: object) -> Account:
    facts |= {"name": username, "role": role, "created_at": timezone.now(), "must_change_password": False}
    return Account.objects.get_or_create(username=username, defaults=facts)[0]
