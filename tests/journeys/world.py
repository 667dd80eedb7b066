"""A small instance for the journeys: one city, two counties' worth of people, made in the folder given. Run as a script."""

import os
import sys
from datetime import timedelta

PASSWORD = "walk-through-2026"  # of every account but the clerk, who changes a one-time password first


def build(home: str, *extra: str) -> None:
    """Make the instance; prints the clerk's one-time password. `late`: with an overdue matter and the firm's account."""
    os.environ |= {
        "GONGJIAN_HOME": home,
        "GONGJIAN_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "gongjian.conf.settings",
    }
    from gongjian.cli.instance import create_instance, prepare

    create_instance()
    prepare()
    from django.db import transaction
    from django.utils import timezone

    with transaction.atomic():
        password = _people(timezone.now() - timedelta(days=3))
        _regime(timezone.now() - timedelta(days=3))
        if "late" in extra:
            _late(timezone.now())
    print(password)


def _regime(at):
    """The regime that the office took up when it was founded."""
    from gongjian.assignments import services as assignments
    from gongjian.assignments.models import Regime

    source = Regime.objects.get(code="13710-jz")
    assignments.take_up_regime(source, name=source.name, by=None, at=at)


def _late(now):
    from gongjian.enterprises.models import Enterprise, EnterpriseAccount
    from gongjian.people.models import Account, Person, Unit
    from gongjian.people.states import Role
    from gongjian.problems import services as problems

    clerk, firm = Account.objects.get(username="clerk"), Enterprise.objects.get(short_name="恒岳机械")
    at = now - timedelta(days=20)
    old = problems.record(enterprise=firm, text="500万元贷款到期，续贷一直没有办", by=clerk, at=at)
    problems.hand_over(
        old,
        lead_unit=Unit.objects.get(short_name="市金融局"),
        responsible_person=Person.objects.get(name="陆川平"),
        task="协调续贷",
        due=(at + timedelta(days=7)).date(),
        on_the_spot=False,
        by=clerk,
        at=at,
    )
    problems.record(
        enterprise=firm, text="设备贷款想办展期，用工证明也要一并出具", by=clerk, at=now - timedelta(hours=2)
    )
    account = Account(
        username="firm",
        name="恒岳机械 王经理",
        role=Role.ENTERPRISE,
        created_at=now,
        must_change_password=False,
    )
    account.set_password(PASSWORD)
    account.save()
    EnterpriseAccount.objects.create(account=account, enterprise=firm)


def _people(at):
    from gongjian.enterprises import services as enterprises
    from gongjian.people import services as people
    from gongjian.people.accounts.services import add_account
    from gongjian.people.states import AreaLevel, Role, UnitKind

    city = people.add_area(
        None,
        name="安川市",
        short_name="安川市",
        level=AreaLevel.CITY,
        stat_code="419900000000",
        by=None,
        at=at,
    )
    county = people.add_area(
        city,
        name="临河区",
        short_name="临河",
        level=AreaLevel.COUNTY,
        stat_code="419902000000",
        order=1,
        by=None,
        at=at,
    )
    city.refresh_from_db()
    units = {
        key: people.add_unit(area, name=name, short_name=short, kind=kind, by=None, at=at)
        for key, area, name, short, kind in (
            ("office", city, "安川市攻坚办", "市攻坚办", UnitKind.OFFICE),
            ("seat", county, "临河区党委政府", "临河区党委政府", UnitKind.GOVERNMENT),
            ("finance", city, "安川市金融工作局", "市金融局", UnitKind.DEPARTMENT),
            ("labour", city, "安川市人力资源和社会保障局", "市人社局", UnitKind.DEPARTMENT),
            ("housing", city, "安川市住房和城乡建设局", "市住建局", UnitKind.DEPARTMENT),
        )
    }
    for name, unit, title in (
        ("陆川平", "finance", "局长"),
        ("温以宁", "labour", "局长"),
        ("贺景明", "housing", "局长"),
    ):
        person = people.add_person(name=name, phone="10012345678", by=None, at=at)
        people.appoint(person, unit=units[unit], title=title, is_principal=True, since=None, by=None, at=at)
    facts = {"person": None, "by": None, "at": at}
    clerk, password = add_account(
        username="clerk",
        name="市攻坚办 林一诺",
        role=Role.CLERK,
        unit=units["office"],
        reads_area=city,
        writes_area=city,
        **facts,
    )
    for username, name, role, unit, reads in (
        ("finance", "市金融局经办人 何叶", Role.HANDLER, "finance", city),
        ("labour", "市人社局经办人 江小北", Role.HANDLER, "labour", city),
        ("housing", "市住建局经办人 苏禾", Role.HANDLER, "housing", city),
        ("leader", "市长 贺远行", Role.LEADER, "", city),
        ("auditor", "审计监督 卫真", Role.AUDITOR, "", city),
    ):
        account, _one_time = add_account(
            username=username,
            name=name,
            role=role,
            unit=units.get(unit),
            reads_area=reads,
            writes_area=city if role == Role.LEADER else None,
            **facts,
        )
        account.set_password(PASSWORD)
        account.must_change_password = False
        account.save()
    for name, short in (("安川市恒岳机械有限公司", "恒岳机械"), ("安川市汇川食品有限公司", "汇川食品")):
        enterprises.register_firm(
            name=name, short_name=short, credit_code=None, area=county, industry="机械零部件", by=clerk, at=at
        )
    return password


if __name__ == "__main__":
    build(*sys.argv[1:])
