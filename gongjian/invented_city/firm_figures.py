"""Facts of the invented firms beside their monthly reports: yearly figures, facts without periods, other sources.

As in a real register, some firms just miss a threshold, some values are unknown, and some sources differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.enterprises.states import PeriodKind
from gongjian.invented_city.world import SEED, World
from gongjian.ledgers.fact_import import example_workbook
from gongjian.ledgers.fact_import import services as fact_import

Row = dict[str, Any]
REPORT, TAX, POWER, REGISTER, COMMERCE = "企业年报", "税务部门", "供电公司", "市市场监管局", "商务部门"
IMPORTED = 30  # firms in the workbook of the commerce bureau
CENT, WHOLE = Decimal("0.01"), Decimal(1)
# Facts that are yes or no: share of yes, share unknown.
FLAGS = {
    "失信被执行人": (0.02, 0.05),
    "严重违法失信": (0.01, 0.05),
    "经营异常": (0.03, 0.05),
    "环保安全达标": (0.95, 0.06),
    "限制或禁止行业": (0.02, 0.04),
    "产品属国家禁止限制淘汰类": (0.01, 0.1),
    "近一年重大安全质量环境事件": (0.02, 0.05),
    "境内外上市": (0.01, 0.05),
    "新三板挂牌": (0.02, 0.05),
    "省领导包联": (0.01, 0.05),
    "军工企业": (0.01, 0.05),
    "拥有核心知识产权": (0.55, 0.2),
    "属于重点支持技术领域": (0.5, 0.2),
    "创新能力评价达到要求": (0.45, 0.4),
    "自主品牌": (0.5, 0.3),
    "战略性新兴产业": (0.2, 0.2),
    "资质荣誉已核对": (1.0, 0.3),
}
ENERGIES = (("电", 0.82), ("气", 0.07), ("煤", 0.06))  # the rest is unknown
# Thresholds in the policy library, in 万元 of last year's revenue; some firms just reach or just miss them.
EDGES = (2000, 10000, 100000, 40000)


def build(world: World) -> None:
    """Record all these facts, for 500 firms at a time."""
    dice = Random(SEED + 4)
    for start in range(0, len(world.firms), 500):
        batch = world.firms[start : start + 500]
        _import(world, (row for firm in batch for row in _yearly(world, firm, dice)), source=REPORT)
        _import(world, (row for firm in batch for row in _standing(world, firm, dice)), source=REGISTER)
        _other_sources(world, batch, dice)


def import_workbook(world: World) -> None:
    """Import a workbook of the commerce bureau, written yesterday, of which two rows were refused."""
    yesterday, firms = world.at - timedelta(days=1), Enterprise.objects.order_by("pk")[:IMPORTED]
    reporting = [(firm.name, firm.credit_code) for firm in firms]
    last = yesterday.date().replace(day=1) - timedelta(days=1)
    book = example_workbook.example_workbook(
        reporting[1:], last=last, wrong=[(world.say("安川市无此企业有限公司"), ""), reporting[0]]
    )
    batch = fact_import.add_workbook(
        file_name=world.say("{month}月重点企业订单库存.xlsx", month=last.month),
        file=book,
        source=world.say(COMMERCE),
        default=None,
        by=world.clerk,
        at=yesterday,
    )
    fact_import.write_workbook(batch, by=world.clerk, at=yesterday + timedelta(minutes=4))


def _import(world: World, rows: Iterator[Row] | list[Row], *, source: str) -> None:
    enterprises.import_facts(
        rows, source=world.say(source), by=world.clerk, at=world.start() + timedelta(hours=5)
    )


@dataclass(frozen=True)
class _RowsOfFirm:
    """Makes rows of facts for one firm."""

    firm: Enterprise

    def row(self, key: str, when: tuple[PeriodKind, date], value: Any, *, digits: Decimal = CENT) -> Row:
        """The fact to be written for one number."""
        kind, period = when
        number = Decimal(str(value)).quantize(digits)
        return {"enterprise": self.firm, "key": key, "period_kind": kind, "period": period, "value": number}


def _yearly(world: World, firm: Enterprise, dice: Random) -> Iterator[Row]:
    """Three years of accounts; a third of the firms leave out some figures."""
    year = world.at.year - 1
    revenue = dice.lognormvariate(8.0, 1.2)
    if dice.random() < 0.12:
        revenue = dice.choice(EDGES) * dice.choice((0.985, 0.999, 1.0, 1.002))
    staff = max(6, int(revenue / dice.uniform(60, 140)))
    known = 1.0 if dice.random() < 0.65 else 0.7
    ratio = dice.choice((0.008, 0.021, 0.0299, 0.031, 0.045, 0.06))
    for back, factor in enumerate((1.0, dice.uniform(0.86, 1.04), dice.uniform(0.78, 1.05))):
        first, sales = date(year - back, 1, 1), revenue * factor
        figures = {
            "营业收入": sales,
            "主营业务收入": sales * dice.uniform(0.66, 0.99),
            "研发费用": sales * ratio,
            "境内研发费用": sales * ratio * 0.9,
            "新增股权融资": 0 if dice.random() < 0.95 else 600,
        }
        for key, value in figures.items():
            if dice.random() < known:
                yield _RowsOfFirm(firm).row(key, (PeriodKind.YEAR, first), value)
    yield from _last_year(firm, date(year, 1, 1), revenue, staff, dice=dice, known=known)


def _last_year(
    firm: Enterprise, first: date, revenue: float, staff: int, *, dice: Random, known: float
) -> Iterator[Row]:
    assets = revenue * dice.uniform(0.5, 1.6)
    money = {
        "资产总额": assets,
        "负债总额": assets * dice.uniform(0.25, 0.82),
        "高新产品收入": revenue * dice.uniform(0.3, 0.8),
        "应纳税所得额": dice.choice((120.0, 260.0, 299.9, 300.0, 302.5, revenue * 0.06)),
        "进出口额": 0.0 if dice.random() < 0.7 else dice.choice((4990.0, 5000.0, 19800.0, 20100.0, 800.0)),
        "专精特新评价得分": dice.randrange(48, 80),
        "国内细分市场占有率": dice.uniform(2, 16),
    }
    people = {
        "期末从业人员": staff,
        "科技人员": staff * dice.choice((0.05, 0.099, 0.1, 0.18)),
        "研发人员": staff * 0.08,
    }
    for key, value in money.items():
        if dice.random() < known:
            yield _RowsOfFirm(firm).row(key, (PeriodKind.YEAR, first), value)
    for key, value in people.items():
        if dice.random() < known:
            yield _RowsOfFirm(firm).row(key, (PeriodKind.YEAR, first), value, digits=WHOLE)
    if dice.random() < 0.6:
        yield from _quarters(firm, first.year, staff, assets, dice=dice)


def _quarters(firm: Enterprise, year: int, staff: int, assets: float, *, dice: Random) -> Iterator[Row]:
    """Figures at the start and end of each quarter, as in the tax return."""
    near = 300 if dice.random() < 0.1 else staff
    for number in range(4):
        first = date(year, number * 3 + 1, 1)
        start, end = near + dice.randrange(-2, 3), near + dice.randrange(-2, 3)
        yield _RowsOfFirm(firm).row("季初从业人数", (PeriodKind.QUARTER, first), max(start, 1), digits=WHOLE)
        yield _RowsOfFirm(firm).row("季末从业人数", (PeriodKind.QUARTER, first), max(end, 1), digits=WHOLE)
        yield _RowsOfFirm(firm).row(
            "季初资产总额", (PeriodKind.QUARTER, first), assets * dice.uniform(0.96, 1.0)
        )
        yield _RowsOfFirm(firm).row(
            "季末资产总额", (PeriodKind.QUARTER, first), assets * dice.uniform(1.0, 1.04)
        )


def _standing(world: World, firm: Enterprise, dice: Random) -> Iterator[Row]:
    """Facts that are yes or no and the main energy, as of one day."""
    day = world.start().date()
    for key, (yes, unknown) in FLAGS.items():
        if dice.random() >= unknown:
            yield _RowsOfFirm(firm).row(key, (PeriodKind.DAY, day), int(dice.random() < yes), digits=WHOLE)
    luck, text = dice.random(), ""
    for name, share in ENERGIES:
        luck -= share
        if luck < 0:
            text = name
            break
    if text:
        yield {
            "enterprise": firm,
            "key": "主要能源",
            "period_kind": PeriodKind.DAY,
            "period": day,
            "value": None,
            "text": text,
        }
    years = dice.randrange(1, 12)
    yield _RowsOfFirm(firm).row("从事细分市场年限", (PeriodKind.DAY, day), years, digits=WHOLE)
    for key, most in (
        ("一类知识产权", 3),
        ("二类知识产权", 12),
        ("自主研发一类知识产权", 2),
        ("高价值一类知识产权", 2),
    ):
        if dice.random() < 0.75:
            yield _RowsOfFirm(firm).row(key, (PeriodKind.DAY, day), dice.randrange(most), digits=WHOLE)


def _other_sources(world: World, firms: list[Enterprise], dice: Random) -> None:
    """Values of the power company and the tax office for some firms, which now and then differ."""
    chosen = [firm for firm in firms if dice.random() < 0.12]
    since = (world.at.date().replace(day=1) - timedelta(days=170)).replace(day=1)
    reported = Fact.objects.filter(
        enterprise__in=chosen, key="用电量", period_kind=PeriodKind.MONTH, period__gte=since
    )
    accounts = Fact.objects.filter(
        enterprise__in=chosen, key="营业收入", period_kind=PeriodKind.YEAR, period__year=world.at.year - 1
    )
    for rows, source in ((reported, POWER), (accounts, TAX)):
        values = [
            {
                "enterprise": fact.enterprise,
                "key": fact.key,
                "period_kind": fact.period_kind,
                "period": fact.period,
                "value": ((fact.value or CENT) * Decimal(dice.choice(("1", "1", "0.94", "1.03")))).quantize(
                    CENT
                ),
            }
            for fact in rows.select_related("enterprise").order_by("pk")
        ]
        _import(world, values, source=source)
