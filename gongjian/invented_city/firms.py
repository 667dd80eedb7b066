"""The firms of the invented city: names, credit codes, contacts, pairings and monthly facts."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from stdnum.cn import uscc

from gongjian.assignments.states import WAITING
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.states import PairingKind, PeriodKind
from gongjian.invented_city.world import World
from gongjian.markets import services as markets
from gongjian.markets.rules import split_names
from gongjian.markets.states import Side
from gongjian.people.accounts.services import add_account
from gongjian.people.models import Area
from gongjian.people.states import Role

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
QUARTER = 3  # months
OUTPUT_MONTHS = 14  # how far back output and use of capacity are known: a year and the months beside it
TITLES = ("高新技术企业", "专精特新中小企业", "创新型中小企业", "科技型中小企业", "省级绿色工厂")


def build(world: World) -> None:
    """Register all firms, then import their facts, a hundred firms at a time."""
    for n in range(world.size.firms):
        world.firms.append(_firm(world, n))
    for start in range(0, len(world.firms), 100):
        rows = [row for firm in world.firms[start : start + 100] for row in _facts(world, firm)]
        enterprises.import_facts(
            rows, source=world.say("企业月报"), by=world.clerk, at=world.start() + timedelta(hours=4)
        )
    _add_products(world)


def _add_products(world: World) -> None:
    """Record what each firm makes and buys, some of it from outside although a neighbour makes it."""
    dice, at = world.dice, world.start() + timedelta(hours=5)
    for firm in world.firms:
        makes, buys = split_names(firm.makes), split_names(firm.buys)
        chosen = dice.sample(makes, k=min(len(makes), dice.choice((1, 2, 2))))
        markets.add_products(firm, side=Side.MAKES, names=world.say("、").join(chosen), by=world.clerk, at=at)
        for name in dice.sample(buys, k=min(len(buys), dice.choice((1, 2, 3)))):
            outside = dice.choice((True, True, False, None))
            amount = world.say("年用约{n}万元", n=dice.choice((20, 60, 120, 300, 800)))
            markets.add_products(
                firm, side=Side.BUYS, names=name, yearly=amount, outside=outside, by=world.clerk, at=at
            )


def unused_credit_code(world: World) -> str:
    """A valid credit code that belongs to no existing firm."""
    while True:
        head = f"914199{world.dice.randrange(100):02d}" + "".join(
            world.dice.choice(ALPHABET) for _ in range(9)
        )
        for last in ALPHABET:
            if uscc.is_valid(head + last):
                return head + last


def _firm(world: World, n: int) -> Enterprise:
    dice, at = world.dice, world.start() + timedelta(hours=1, seconds=n)
    county = dice.choice(world.counties)
    firm = enterprises.register_firm(
        **_names(world, n, county), area=dice.choice(world.townships[county.pk]), by=world.clerk, at=at
    )
    title = world.say(dice.choice(("总经理", "办公室主任", "财务负责人")))
    enterprises.add_contact(
        firm, name=world.name(), title=title, phone=world.phone(), is_main=True, by=world.clerk, at=at
    )
    if n % 4 == 0:
        leader = dice.choice(world.leaders[county.pk] if n % 20 else world.leaders[world.city.pk])
        enterprises.add_pairing(
            firm, person=leader, kind=PairingKind.LEADER, since=at.date(), by=world.clerk, at=at
        )
    officer = world.officers[n % len(world.officers)]
    enterprises.add_pairing(
        firm, person=officer, kind=PairingKind.OFFICER, since=at.date(), by=world.clerk, at=at
    )
    if n % 5 == 0:
        _title(world, firm, at)
    return firm


def _names(world: World, n: int, county: Area) -> dict[str, Any]:
    dice, words = world.dice, [world.place(word) for word in world.data["names"]["firm_words"]]
    industry = dice.choice(world.data["industry"])
    word = words[n % len(words)]
    if n >= len(words):
        word = world.say("{one}{two}", one=word, two=words[(n * 7 + n // len(words)) % len(words)])
    short = world.say("{one}{two}", one=word, two=world.say(dice.choice(industry["words"])))
    full = "{place}{short}有限公司" if n % 37 or not n % 3 else "{place}{short}集团有限公司"
    return {
        "name": world.say(full, place=world.city.name if n % 3 else county.name, short=short),
        "short_name": short,
        "credit_code": unused_credit_code(world) if n % 41 else None,
        "industry_code": industry["code"],
        "industry": world.say(industry["name"]),
        "chain": world.say(industry["chain"]),
        "above_designated_size": dice.choice((True, True, False, None)),
        "founded_on": date(dice.randrange(1996, 2024), dice.randrange(1, 13), dice.randrange(1, 28)),
        "makes": world.say(industry["makes"]),
        "buys": world.say(industry["buys"]),
    }


def _title(world: World, firm: Enterprise, at: datetime) -> None:
    granted = date(world.at.year - world.dice.randrange(1, 4), 11, 1)
    enterprises.add_qualification(
        firm,
        name=world.say(world.dice.choice(TITLES)),
        batch=world.say("{year}年第一批", year=granted.year),
        valid_from=granted,
        valid_to=granted.replace(year=granted.year + 3),
        source=world.say("主管部门公布名单"),
        by=world.clerk,
        at=at,
    )


def months_of_figures(at: datetime) -> int:
    """How many months the figures go back: at least two years, and the whole year before that of the last full quarter."""
    year = at.year if at.month > QUARTER else at.year - 1
    return max(24, (at.year - year + 1) * 12 + at.month - 1)


def _facts(world: World, firm: Enterprise) -> list[dict[str, Any]]:
    """Rows of monthly revenue, power, staff and tax; some months are unknown."""
    dice = world.dice
    base, growth = dice.lognormvariate(6.5, 1.0), dice.uniform(-0.012, 0.018)
    rows = []
    for back in range(months_of_figures(world.at), 0, -1):
        if dice.random() < 0.06:
            continue
        index = world.at.year * 12 + world.at.month - 1 - back
        month = date(index // 12, index % 12 + 1, 1)
        season = 0.72 if month.month == 2 else 1.08 if month.month in (5, 6, 11, 12) else 1.0
        revenue = base * season * (1 + growth) ** (24 - back) * dice.uniform(0.92, 1.08)
        figures = [
            ("营业收入", revenue, "万元"),
            ("用电量", revenue * 0.07, "万千瓦时"),
            ("期末从业人员", base / 9 + 8, "人"),
            ("税收", revenue * 0.034, "万元"),
        ]
        if firm.above_designated_size and back <= OUTPUT_MONTHS:
            use = min(100.0, 160 * revenue / (base + revenue))
            figures += [("工业总产值", revenue * 1.04, "万元"), ("产能利用率", use, "%")]
        for key, value, unit in figures:
            digits = Decimal(1) if unit == "人" else Decimal("0.01")
            rows.append(
                {
                    "enterprise": firm,
                    "key": key,
                    "period_kind": PeriodKind.MONTH,
                    "period": month,
                    "value": Decimal(str(value)).quantize(digits),
                    "unit": unit,
                }
            )
    return rows


def open_account(world: World) -> None:
    """Open the account of one firm, which has problems in many states."""
    waits = Count("problems", filter=Q(problems__assignment__state__in=WAITING), distinct=True)
    firm = Enterprise.objects.annotate(
        waits=waits, states=Count("problems__assignment__state", distinct=True)
    ).order_by("-states", "-waits", "pk")[0]
    account, password = add_account(
        username="firm",
        name=str(firm),
        role=Role.ENTERPRISE,
        person=None,
        unit=None,
        reads_area=None,
        writes_area=None,
        by=world.root,
        at=world.start(),
    )
    enterprises.link_account(account, enterprise=firm, by=world.root, at=world.start())
    world.passwords.append((str(Role.ENTERPRISE.label), "firm", password))
