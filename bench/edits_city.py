"""A small city of its own for `bench.edits`: two clerks, and records of every kind that people edit."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PASSWORD = "two-desks-2026"  # noqa: S105  of accounts that live as long as the benchmark
CLERKS = ("jia", "yi")
HANDLER = "bureau"
EACH = 12  # records of a kind


def build(home: Path) -> dict[str, list[int]]:
    """Make the instance; keys of the records by kind."""
    from bench.bulk import open_home

    open_home(home)
    from django.db import transaction
    from django.utils import timezone

    with transaction.atomic():
        return _records(timezone.now() - timedelta(hours=1))


def _records(at: datetime) -> dict[str, list[int]]:
    from gongjian.enterprises import services as enterprises
    from gongjian.people import services as people
    from gongjian.people.states import AreaLevel, UnitKind
    from gongjian.problems import services as problems
    from gongjian.visits import services as visits

    system: dict[str, Any] = {"by": None, "at": at}
    level, code = AreaLevel.CITY, "419900000000"
    city = people.add_area(None, name="安川市", short_name="安川", level=level, stat_code=code, **system)
    level, code = AreaLevel.COUNTY, "419902000000"
    county = people.add_area(city, name="临河区", short_name="临河", level=level, stat_code=code, **system)
    city.refresh_from_db()
    office = people.add_unit(city, name="安川市攻坚办", kind=UnitKind.OFFICE, **system)
    bureau = people.add_unit(city, name="安川市金融局", kind=UnitKind.DEPARTMENT, **system)
    director = people.add_person(name="陆川平", phone="", **system)
    people.appoint(director, unit=bureau, title="局长", is_principal=True, since=None, **system)
    other = people.add_unit(city, name="安川市住建局", kind=UnitKind.DEPARTMENT, **system)
    second = people.add_person(name="贺景明", phone="", **system)
    people.appoint(second, unit=other, title="局长", is_principal=True, since=None, **system)
    clerk = _accounts(city, office, bureau, at)
    by: dict[str, Any] = {"by": clerk, "at": at}
    day = at.date()
    units = [people.add_unit(county, name=f"临河区第{n}站", **system) for n in range(EACH)]
    persons = [
        people.add_person(name=f"马{'一二三四五六七八九十甲乙'[n]}明", phone="", **system)
        for n in range(EACH)
    ]
    firms = [
        enterprises.register_firm(
            name=f"临河{'甲乙丙丁戊己庚辛壬癸子丑'[n]}号精工有限公司", credit_code=None, area=county, **by
        )
        for n in range(EACH)
    ]
    made = [
        visits.plan(
            kind="VISIT",
            title=f"走访{n}",
            area=county,
            starts_on=day,
            ends_on=day,
            enterprises=[firms[n]],
            **by,
        )
        for n in range(EACH)
    ]
    heard = [problems.record(enterprise=firms[n], text=f"第{n}个问题", **by) for n in range(EACH)]
    return {
        "unit": [row.pk for row in units],
        "person": [row.pk for row in persons],
        "firm": [row.pk for row in firms],
        "visit": [row.pk for row in made],
        "stop": [row.stops.get().pk for row in made],
        "problem": [row.pk for row in heard],
        "bureau": [bureau.pk, director.pk],
        "other": [other.pk, second.pk],
    }


def _accounts(city: Any, office: Any, bureau: Any, at: datetime) -> Any:
    from gongjian.people.accounts.services import add_account
    from gongjian.people.states import Role

    made = []
    for username, name, role, unit in (
        (CLERKS[0], "甲同志", Role.CLERK, office),
        (CLERKS[1], "乙同志", Role.CLERK, office),
        (HANDLER, "经办人", Role.HANDLER, bureau),
    ):
        clerk = role == Role.CLERK
        account, _once = add_account(
            username=username,
            name=name,
            role=role,
            unit=unit,
            person=None,
            reads_area=city,
            writes_area=city if clerk else None,
            by=None,
            at=at,
        )
        account.set_password(PASSWORD)
        account.must_change_password = False
        account.save()
        made.append(account)
    return made[0]
