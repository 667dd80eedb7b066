"""Areas, units, persons, accounts of the invented city."""

import shutil
from functools import partial
from typing import Any

from django.conf import settings
from django.test.utils import override_settings

from gongjian.audit.wording import source_word
from gongjian.campaigns import services as campaigns
from gongjian.invented_city.language import person as person_name
from gongjian.invented_city.world import HERE, World
from gongjian.people import services as people
from gongjian.people.accounts.services import add_account
from gongjian.people.map_file import NAME
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.states import AreaLevel, Role, UnitKind

# A quick hash the product does not know: nobody is told these passwords, and no sign-in takes them before a reset.
NO_DOOR = "django.contrib.auth.hashers.MD5PasswordHasher"
COUNTY_DEPARTMENTS = {
    "office",
    "supervision",
    "finance",
    "labour",
    "land",
    "environment",
    "approval",
    "industry",
    "commerce",
    "housing",
    "transport",
}


def build(world: World) -> None:
    """Build areas, units, persons, accounts and the campaign, all that exists before the first visit."""
    at = world.start()
    data = world.data
    world.city = people.add_area(
        None,
        name=world.place(data["name"]),
        short_name=world.place(data["name"]),
        level=AreaLevel.CITY,
        stat_code=data["stat_code"],
        order=0,
        by=None,
        at=at,
    )
    world.root = _account(world, "admin", Role.ADMINISTRATOR, reads=world.city, shown=world.say("系统管理员"))
    _areas(world)
    with override_settings(PASSWORD_HASHERS=[NO_DOOR]):
        for area in (world.city, *world.counties):
            _units(world, area)
            _leaders(world, area)
    _show_accounts(world)
    _campaign(world)
    shutil.copyfile(HERE / NAME, settings.HOME / NAME)


def _areas(world: World) -> None:
    for order, entry in enumerate(world.data["county"], 1):
        facts = {
            "short": world.place(entry["short"]),
            "code": entry["code"] + "000000",
            "note": world.say(entry.get("note", "")),
        }
        county = _area(world, world.city, world.place(entry["name"]), AreaLevel.COUNTY, order=order, **facts)
        world.counties.append(county)
        world.townships[county.pk] = [
            _area(
                world,
                county,
                world.place(name),
                AreaLevel.TOWNSHIP,
                code=f"{entry['code']}{n:03d}000",
                order=n,
            )
            for n, name in enumerate(entry["townships"], 1)
        ]
        if zone := entry.get("zone"):
            _area(
                world,
                county,
                world.place(zone["name"]),
                AreaLevel.ZONE,
                code=zone["code"] + "000000",
                short=world.place(zone["short"]),
                order=90,
            )
    for entry in world.data["elsewhere"]:
        county = next(c for c in world.counties if c.name == world.place(entry["governed_by"]))
        town = _area(
            world,
            county,
            world.place(entry["name"]),
            AreaLevel.TOWNSHIP,
            code=entry["code"] + "000",
            note=world.say(entry["note"]),
            order=80,
        )
        world.townships[county.pk].append(town)


def _area(
    world: World,
    parent: Area,
    name: str,
    level: AreaLevel,
    /,
    *,
    code: str,
    order: int,
    short: str = "",
    note: str = "",
) -> Area:
    functional = level == AreaLevel.ZONE
    return people.add_area(
        parent,
        name=name,
        short_name=short or name,
        level=level,
        stat_code=code,
        functional=functional,
        order=order,
        note=note,
        by=world.root,
        at=world.start(),
    )


def _units(world: World, area: Area) -> None:
    at, by = world.start(), world.root
    is_city = area == world.city
    for order, entry in enumerate(world.data["department"]):
        if not is_city and entry["key"] not in COUNTY_DEPARTMENTS:
            continue
        short = world.say("市") if is_city else area.name
        unit = people.add_unit(
            area,
            name=world.say("{area}{department}", area=area.name, department=world.say(entry["name"])),
            short_name=world.say("{area}{department}", area=short, department=world.say(entry["short"])),
            kind=UnitKind(entry.get("kind", "DEPARTMENT")),
            superior=None if is_city else world.units.get((world.city.pk, entry["key"])),
            duties=world.say(entry["duties"]),
            by=by,
            at=at,
        )
        world.units[area.pk, entry["key"]] = unit
        _heads(
            world,
            unit,
            "主任"
            if entry["key"] in ("office", "supervision", "health")
            else "经理"
            if entry["key"] == "power"
            else "局长",
        )
        username = f"{entry['key']}-{order}-{area.pk}"
        if entry["key"] == "office":
            world.clerks[area.pk] = _account(
                world,
                username,
                Role.CLERK,
                unit=unit,
                reads=area,
                writes=area,
                shown=world.say("{unit}工作人员", unit=unit.short_name),
            )
        else:
            world.handlers[unit.pk] = _account(
                world,
                username,
                Role.HANDLER,
                unit=unit,
                reads=area,
                shown=world.say("{unit}经办人", unit=unit.short_name),
            )


def _heads(world: World, unit: Unit, title: str) -> None:
    at, by = world.start(), world.root
    for post, principal in ((world.say(title), True), (world.say(f"副{title}"), False)):
        person = people.add_person(name=world.name(), phone=world.phone(), by=by, at=at)
        people.appoint(person, unit=unit, title=post, is_principal=principal, since=at.date(), by=by, at=at)
        world.heads.setdefault(unit.pk, []).append(person)


def _leaders(world: World, area: Area) -> None:
    at, by = world.start(), world.root
    is_city = area == world.city
    prefix = _rank(area)
    seat = people.add_unit(
        area,
        name=world.say("{area}党委政府", area=area.name),
        short_name=world.say("{area}党委政府", area=area.short_name),
        kind=UnitKind.GOVERNMENT,
        superior=None,
        duties="",
        by=by,
        at=at,
    )
    chief = f"{prefix}长"
    posts = [
        (world.say(f"{prefix}委书记"), True),
        (world.say(f"{prefix}委副书记、{chief}"), False),
        (world.say(f"常务副{chief}"), False),
        (world.say(f"副{chief}"), False),
    ]
    for title, principal in posts:
        person = people.add_person(name=world.name(), phone=world.phone(), by=by, at=at)
        people.appoint(person, unit=seat, title=title, is_principal=principal, since=at.date(), by=by, at=at)
        world.leaders.setdefault(area.pk, []).append(person)
    if not is_city:
        world.officers += [
            people.add_person(name=world.name(), phone=world.phone(), by=by, at=at) for _n in range(6)
        ]


def _rank(area: Area) -> str:
    """Whether an area is a city, a county or a district, from its statistics code."""
    place = int(area.stat_code[4:6])
    return "市" if place == 0 or place > 80 else "县" if place > 20 else "区"


def _account(
    world: World,
    username: str,
    role: Role,
    *,
    shown: str,
    unit: Unit | None = None,
    person: Person | None = None,
    reads: Area | None = None,
    writes: Area | None = None,
) -> Account:
    account, password = add_account(
        username=username,
        name=shown,
        role=role,
        person=person,
        unit=unit,
        reads_area=reads,
        writes_area=writes,
        by=getattr(world, "root", None),
        at=world.start(),
    )
    if role == Role.ADMINISTRATOR:
        world.passwords.append((shown, username, password))
    return account


def _show_accounts(world: World) -> None:
    """Open one account for each role under a short name; the command prints their passwords."""
    city, county = world.city, world.counties[0]
    mayor, secretary, officer = world.leaders[city.pk][1], world.leaders[county.pk][0], world.officers[0]
    named, unit = partial(_named, world), world.units
    office, county_office = unit[city.pk, "office"], unit[county.pk, "office"]
    show, whole, part = (
        partial(_show, world),
        {"reads": city, "writes": city},
        {"reads": county, "writes": county},
    )
    show("clerk", Role.CLERK, named("市攻坚办", "林", "一诺"), unit=office, **whole)
    show("clerk2", Role.CLERK, named("临河区攻坚办", "周", "小满"), unit=county_office, **part)
    show("leader", Role.LEADER, f"{world.say('市长')} {mayor}", person=mayor, **whole)
    show("leader2", Role.LEADER, f"{world.say('临河区委书记')} {secretary}", person=secretary, **part)
    finance, labour = unit[city.pk, "finance"], unit[city.pk, "labour"]
    show("handler", Role.HANDLER, named("市金融局经办人", "何", "叶"), unit=finance, reads=city)
    show("handler2", Role.HANDLER, named("市人社局经办人", "江", "小北"), unit=labour, reads=city)
    show("officer", Role.OFFICER, f"{world.say('首席服务官')} {officer}", person=officer, **part)
    show("auditor", Role.AUDITOR, named("审计监督", "卫", "真"), reads=city)
    world.clerk = Account.objects.get(username="clerk")


def _named(world: World, post: str, surname: str, given: str, /) -> str:
    return f"{world.say(post)} {person_name(surname, given, world.language)}"


def _show(world: World, username: str, role: Role, shown: str, /, **facts: Any) -> None:
    _account, password = add_account(
        username=username,
        name=shown,
        role=role,
        person=facts.get("person"),
        unit=facts.get("unit"),
        reads_area=facts.get("reads"),
        writes_area=facts.get("writes"),
        by=world.root,
        at=world.start(),
    )
    world.passwords.append((source_word(role.label), username, password))


def _campaign(world: World) -> None:
    at = world.start()
    year = world.at.date()
    world.campaign = campaigns.add_campaign(
        name=world.say(world.data["campaign"]["name"]),
        area=world.city,
        starts_on=year.replace(month=1, day=1),
        ends_on=year.replace(month=12, day=31),
        by=world.root,
        at=at,
    )
    for order, (name, key, _measured) in enumerate(world.data["campaign"]["battles"], 1):
        battle = campaigns.add_battle(
            world.campaign,
            name=world.say(name),
            lead_unit=world.units[world.city.pk, key],
            order=order,
            by=world.root,
            at=at,
        )
        world.battles.setdefault(key, battle)
