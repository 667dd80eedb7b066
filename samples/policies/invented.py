"""Rules and firms drawn at random: every construct of the language, values that lie on the borders, many missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import yaml

from gongjian.engines.policy.facts.catalogue import Catalogue

AS_OF = date(2026, 11, 25)
MONTHS = [f"2026-{m:02d}" for m in range(1, 13)] + [f"2025-{m:02d}" for m in range(1, 13)]
_FACTS: tuple[tuple[str, str, str, str, list[str], dict[str, Any]], ...] = (
    ("营业收入", "revenue", "万元", "NUMBER", ["MONTH", "QUARTER", "YEAR"], {}),
    ("用电量", "electricity", "万千瓦时", "NUMBER", ["MONTH", "QUARTER", "YEAR"], {}),
    ("期末从业人员", "employees", "人", "NUMBER", ["QUARTER", "YEAR"], {"gather": "LAST"}),
    ("产能利用率", "capacity", "%", "NUMBER", ["QUARTER"], {"gather": "NONE"}),
    ("研发费用", "research", "万元", "NUMBER", ["YEAR"], {}),
    ("注册资本", "capital", "万元", "NUMBER", [], {}),
    ("占地", "land", "亩", "NUMBER", [], {}),
    ("地区代码", "area_code", "", "TEXT", [], {}),
    ("行业代码", "industry", "", "TEXT", [], {}),
    ("企业规模", "scale", "", "TEXT", [], {"choices": ["大型", "中型", "小型", "微型"]}),
    ("规上", "above_size", "", "FLAG", [], {}),
    ("失信", "dishonest", "", "FLAG", [], {}),
    ("成立日期", "founded", "", "DATE", [], {}),
    ("认定日期", "certified", "", "DATE", [], {}),
    ("资质荣誉", "titles", "", "SET", [], {"choices": ["高新技术企业", "专精特新", "绿色工厂"]}),
)
TITLES = ("高新技术企业", "专精特新", "绿色工厂")
_INDUSTRIES = ("C1311", "C1312", "C3411", "I6510", "科技推广", "科学研究")
_AREAS = ("410502", "410503", "4105", "410702", "350102")


def catalogue() -> Catalogue:
    """A small catalogue with every kind of fact."""
    return Catalogue.of(
        {"key": k, "english": e, "unit": u, "kind": kind, "periods": p, **more}
        for k, e, u, kind, p, more in _FACTS
    )


def columns() -> dict[str, str]:
    """Column -> kind of the table of firms: standing facts, and months, quarters and years of the others."""
    kinds = {key: kind for key, _, _, kind, periods, _ in _FACTS if not periods}
    kinds |= {f"用电量@{month}": "NUMBER" for month in MONTHS}
    kinds |= {f"营业收入@2026-{m:02d}": "NUMBER" for m in range(1, 7)}
    kinds |= {f"营业收入@{p}": "NUMBER" for p in ("2026Q1", "2026Q2", "2025Q1", "2025Q2", "2025", "2024")}
    kinds |= {f"期末从业人员@{p}": "NUMBER" for p in ("2026Q1", "2026Q2", "2025Q4", "2025")}
    return (
        kinds
        | {f"产能利用率@{p}": "NUMBER" for p in ("2026Q1", "2025Q1")}
        | {f"研发费用@{p}": "NUMBER" for p in ("2025", "2024")}
    )


def firm(dice: Random, *, missing: float = 0.12) -> dict[str, object]:
    """Facts of one firm; None where unknown."""
    return {
        name: None if dice.random() < missing else _value(name, kind, dice)
        for name, kind in columns().items()
    }


def _value(name: str, kind: str, dice: Random) -> object:
    if kind == "NUMBER":
        top = 120 if "利用率" in name or "人员" in name else 40
        return (
            Decimal(dice.randrange(-2 if "收入" in name else 0, top * 10)) / 10
            if dice.random() < 0.7
            else Decimal(dice.randrange(top))
        )
    if kind == "FLAG":
        return dice.random() < 0.5
    if kind == "DATE":
        return date(2020, 1, 1) + timedelta(dice.randrange(2600))
    if kind == "SET":
        return tuple(title for title in TITLES if dice.random() < 0.4)
    return dice.choice(
        {"地区代码": _AREAS, "行业代码": _INDUSTRIES}.get(name, ("大型", "中型", "小型", "微型"))
    )


@dataclass
class Draw:
    """Draws texts of the rule language for a policy of the quarter 2026Q1."""

    dice: Random

    def number(self) -> str:
        """A number of 万元."""
        return self.dice.choice(
            (
                "营业收入",
                "QUARTER(营业收入, -4)",
                "QUARTER(营业收入, '2026Q2')",
                "YEAR(营业收入, -1)",
                "YEAR(研发费用, '2025')",
                "注册资本",
                "SUM_MONTH(营业收入, QUARTER, 0)",
                "YEAR(营业收入, -1) - YEAR(研发费用, '2025')",
                "(营业收入 + 注册资本) * 0.3",
                "注册资本 / 3",
                "营业收入 / 7 + 注册资本 * 1.15",
                "LEAST(营业收入, 注册资本, 20万元)",
                "GREATEST(营业收入 - 注册资本, 0)",
                "CASE WHEN 占地 >= 20 THEN 注册资本 * 2 WHEN 规上 THEN 营业收入 ELSE 10万元 END",
                "产能利用率 * 注册资本",
            )
        )

    def leaf(self) -> str:
        """One elementary condition."""
        d, op = self.dice, self.dice.choice((">=", "<=", ">", "<", "=", "<>"))
        templates: list[Callable[[], str]] = [
            lambda: f"{self.number()} {op} {d.randrange(40)}",
            lambda: f"{self.number()} {op} {d.randrange(1, 30) / 20} * {self.number()}",
            lambda: f"{self.number()} BETWEEN {d.randrange(20)} AND {d.randrange(20, 40)}",
            lambda: f"占地 {op} {d.randrange(400) / 10}",
            lambda: f"占地 IN ({d.randrange(20)}, {d.randrange(20)})",
            lambda: f"产能利用率 {op} {d.randrange(100)}%",
            lambda: f"期末从业人员 {op} {d.randrange(100)}",
            lambda: f"YEAR(期末从业人员, -1) {op} {d.randrange(100)}",
            lambda: (
                f"{d.choice(('MAX', 'MIN', 'MEAN', 'SUM'))}_MONTH(用电量, {d.choice(('QUARTER', 'YEAR'))}, {d.choice((0, -1))}) {op} {d.randrange(90)}"
            ),
            lambda: f"QUARTER(用电量, 0) {op} {d.randrange(1, 30) / 20} * QUARTER(用电量, -4)",
            lambda: f"MONTH(用电量, '2026-0{d.randrange(1, 7)}') {op} {d.randrange(40)}",
            lambda: f"GROWTH(营业收入, QUARTER) {op} {d.randrange(-20, 40)}%",
            lambda: f"GROWTH(用电量, YEAR) {op} 0.0{d.randrange(10)}",
            lambda: f"企业规模 {d.choice(('=', '<>'))} '{d.choice(('大型', '中型', '小型'))}'",
            lambda: "企业规模 IN ('小型', '微型')",
            lambda: f"行业代码 LIKE '{d.choice(('C13', 'C', '科', '科技'))}%'",
            lambda: f"STARTS(地区代码, '{d.choice(('4105', '41', '3501'))}')",
            lambda: d.choice(("规上", "失信", "失信 = FALSE", "规上 <> TRUE")),
            lambda: (
                f"成立日期 {op} DATE '20{d.randrange(20, 27)}-0{d.randrange(1, 10)}-{d.randrange(1, 29):02d}'"
            ),
            lambda: f"认定日期 + INTERVAL {d.randrange(1, 40)} {d.choice(('MONTH', 'DAY'))} {op} AS_OF",
            lambda: f"认定日期 + INTERVAL '3' YEAR {op} DATE '2026-02-28'",
            lambda: f"认定日期 {op} 成立日期",
            lambda: f"{d.choice(('ANY_OF', 'ALL_OF'))}('{d.choice(TITLES)}', '{d.choice(TITLES)}')",
            lambda: f"HAS('{d.choice(TITLES)}')",
            lambda: f"KNOWN({d.choice(('注册资本', '成立日期', '资质荣誉', 'YEAR(营业收入, -1)'))})",
        ]
        return d.choice(templates)()

    def condition(self, depth: int) -> str:
        """A tree of conditions."""
        if depth == 0 or self.dice.random() < 0.3:
            return self.leaf()
        if self.dice.random() < 0.2:
            return f"NOT ({self.condition(depth - 1)})"
        word = self.dice.choice((" AND ", " OR "))
        return "(" + word.join(self.condition(depth - 1) for _ in range(self.dice.randrange(2, 4))) + ")"

    def amount(self) -> str:
        """A formula of money."""
        d = self.dice
        return d.choice(
            (
                f"{d.randrange(1, 50)}万元",
                f"{self.number()} * {d.randrange(1, 30)}%",
                f"LEAST({self.number()} * 0.1, {d.randrange(1, 9)}万元)",
                f"占地 * {d.randrange(1, 900) / 100}元/亩",
                f"GREATEST({self.number()} / 3, 1万元)",
                f"CASE WHEN {self.leaf()} THEN {self.number()} * 5% WHEN {self.leaf()} THEN 3万元 ELSE 注册资本 / 7 END",
            )
        )

    def part(self, number: int) -> dict[str, object]:
        """One part of a benefit."""
        part: dict[str, object] = {"name": f"部分{number}", "amount": self.amount()}
        if self.dice.random() < 0.5:
            part["when"] = self.condition(1)
        if self.dice.random() < 0.4:
            part["cap"] = f"{self.dice.randrange(2, 9)}万元"
        if self.dice.random() < 0.2:
            part["floor"] = "1万元"
        return part

    def benefit(self) -> dict[str, object]:
        """One to three parts and how they come together."""
        benefit: dict[str, object] = {
            "parts": [self.part(n) for n in range(self.dice.randrange(1, 4))],
            "unit": "元",
        }
        benefit["combine"] = self.dice.choice(("SUM", "MAX"))
        if self.dice.random() < 0.3:
            benefit["cap"] = "8万元"
        if self.dice.random() < 0.2:
            benefit["pays_from"] = "1000元"
        return benefit


def rule(dice: Random, number: int) -> str:
    """One policy as the text of its file."""
    draw = Draw(dice)
    clauses = [
        {"key": f"c{n}", "name": f"条件{n}", "condition": draw.condition(2)}
        for n in range(dice.randrange(1, 4))
    ]
    document = {
        "code": f"INV-{number:04d}",
        "name": f"规则{number}",
        "document": "虚构",
        "issuer": "安川市",
        "source": "虚构",
        "level": "CITY",
        "in_force_from": "2026-01-01",
        "delivery": "AUTOMATIC",
        "period": "2026Q1",
        "confirmed": "true",
        "clauses": clauses,
        "benefit": draw.benefit(),
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).replace("'true'", "true")
