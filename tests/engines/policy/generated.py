"""Invented policies and firms for property tests: every construct of the language, a fifth of the values missing. From a seed."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from gongjian.engines.policy import Catalogue

CATALOGUE = Catalogue.of(
    [
        {"key": "营收", "english": "rev", "unit": "万元", "periods": ["MONTH", "QUARTER", "YEAR"]},
        {"key": "税金", "english": "tax", "unit": "元", "periods": ["QUARTER", "YEAR"]},
        {"key": "人数", "english": "staff", "unit": "人", "periods": ["MONTH"], "gather": "LAST"},
        {"key": "利用率", "english": "use", "unit": "%"},
        {"key": "投资", "english": "invest", "unit": "万元"},
        {"key": "利润", "english": "profit", "unit": "万元"},
        {"key": "行业", "english": "industry", "kind": "TEXT"},
        {"key": "规上", "english": "big", "kind": "FLAG"},
        {"key": "失信", "english": "bad", "kind": "FLAG"},
        {"key": "成立", "english": "founded", "kind": "DATE"},
        {"key": "认定", "english": "awarded", "kind": "DATE"},
        {"key": "资质", "english": "titles", "kind": "SET"},
    ]
)
MONTHS = [f"{y}-{m:02d}" for y in (2025, 2026) for m in range(1, 13)][:15]
NUMBERS = (
    ["投资", "利润", "利用率"]
    + [f"营收@{m}" for m in MONTHS]
    + ["营收@2025Q1", "营收@2026Q1", "营收@2025", "税金@2026Q1", "税金@2025"]
    + [f"人数@{m}" for m in MONTHS[-3:]]
)
AMOUNTS = [
    "投资",
    "利润",
    "QUARTER(营收, 0)",
    "QUARTER(营收, -4)",
    "YEAR(营收, -1)",
    "QUARTER(税金, 0)",
    "YEAR(税金, -1)",
]
AMOUNTS += [
    "MAX_MONTH(营收, YEAR, -1)",
    "MEAN_MONTH(营收, QUARTER, 0)",
    "MIN_MONTH(营收, QUARTER, 0)",
    "MONTH(营收, '2026-03')",
]
OPS = [">=", "<=", ">", "<", "=", "<>"]
RATES = ["5%", "0.8", "1.2", "3", "0.333"]
WORDS = ["C13", "C14", "I65"]
DAYS = ["DATE '2024-02-29'", "AS_OF", "DATE '2025-01-31' - INTERVAL 6 MONTH", "AS_OF - INTERVAL 45 DAY"]
MOVED = ["成立", "成立 + INTERVAL 1 MONTH", "认定 + INTERVAL 3 YEAR", "认定 - INTERVAL 31 DAY"]
READY = [
    "行业 LIKE 'C%'",
    "STARTS(行业, 'C13', 'I')",
    "规上",
    "NOT 失信",
    "失信 = FALSE",
    "规上 <> TRUE",
    "KNOWN(资质)",
    "HAS('高企')",
    "ANY_OF('高企', '小巨人')",
    "ALL_OF('高企', '小巨人')",
    "KNOWN(行业)",
    "KNOWN(投资)",
    "KNOWN(QUARTER(营收, 0))",
    "利用率 >= 80%",
    "利用率 BETWEEN 0.1 AND 85%",
]


class Author:
    """Writes rules and firms by the dice."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)

    def pick(self, of: list[str]) -> str:
        """One of them."""
        return self.dice.choice(of)

    def small(self) -> int:
        """A threshold that is met now and then."""
        return self.dice.randrange(13)

    def money(self, depth: int = 2) -> str:
        """A number in money."""
        kind = self.dice.randrange(9) if depth else 0
        if kind < 2:
            return self.pick(AMOUNTS)
        inner = [self.money(depth - 1), self.money(depth - 1)]
        return [
            f"{self.pick(RATES)} * {self.pick(AMOUNTS)}",
            f"({inner[0]} + {inner[1]})",
            f"({inner[0]} - {inner[1]})",
            f"LEAST({inner[0]}, {self.small()}万元)",
            f"GREATEST({inner[0]}, {inner[1]})",
            f"({inner[0]}) / {self.pick(['3', '0.7'])}",
            f"CASE WHEN {self.simple()} THEN {inner[0]} ELSE {inner[1]} END",
        ][kind - 2]

    def simple(self) -> str:
        """One comparison."""
        op, low = self.pick(OPS), self.small()
        return self.pick(
            [
                f"{self.pick(AMOUNTS)} {op} {low}万元",
                f"{self.pick(MOVED)} {op} {self.pick(DAYS)}",
                f"成立 {op} 认定",
                f"行业 {self.pick(['=', '<>'])} '{self.pick(WORDS)}'",
                f"行业 IN ('{self.pick(WORDS)}', '{self.pick(WORDS)}')",
                self.pick(READY),
                self.pick(READY),
                f"GROWTH(营收, QUARTER) {op} {self.pick(['10%', '0', '-5%'])}",
                f"GROWTH(营收, YEAR, -1) {op} {self.pick(['10%', '0.05'])}",
                f"QUARTER(人数, 0) {op} {low}",
                f"SUM_MONTH(营收, QUARTER, 0) IN ({low}, {self.small()})",
                f"投资 BETWEEN {low % 10} AND 1{low}",
                f"投资 * 利润 {op} {low}万元 * 投资",
            ]
        )

    def condition(self, depth: int = 2) -> str:
        """AND, OR, NOT over comparisons."""
        kind = self.dice.randrange(5) if depth else 0
        if kind == 0:
            return self.simple()
        if kind == 1:
            return f"{self.money()} {self.pick(OPS)} {self.money()}"
        inner = [self.condition(depth - 1), self.condition(depth - 1)]
        return [f"({inner[0]} AND {inner[1]})", f"({inner[0]} OR {inner[1]})", f"NOT ({inner[0]})"][kind - 2]

    def rule(self, code: str = "P") -> str:
        """The text of a policy."""
        lines = [
            f"code: {code}",
            "name: 某政策",
            "document: 文",
            "issuer: 局",
            "level: CITY",
            "in_force_from: 2026-01-01",
        ]
        lines += ["delivery: FAST", "period: 2026Q1", "confirmed: true", "source: 无", "clauses:"]
        for n in range(self.dice.randint(1, 3)):
            lines += [f"  - key: k{n}", f"    name: 条{n}", f'    condition: "{self.condition()}"']
        lines += ["benefit:", f"  combine: {self.pick(['SUM', 'MAX'])}", "  parts:"]
        for n in range(self.dice.randint(1, 3)):
            lines += [
                f"    - name: 部分{n}",
                f'      amount: "{self.pick([self.money(), self.money(), "0.5万元", "33.335"])}"',
            ]
            if self.dice.random() < 0.4:
                lines.append(f'      when: "{self.condition(1)}"')
            if self.dice.random() < 0.4:
                lines += ["      floor: 0.01", f"      cap: {self.dice.randint(1, 90_000)}"]
        if self.dice.random() < 0.3:
            lines.append(f"  cap: {self.dice.randint(1, 200_000)}.5")
        if self.dice.random() < 0.3:
            lines.append("  pays_from: 3333.33")
        return "\n".join(lines) + "\n"

    def number(self) -> Decimal | None:
        """Small whole numbers, so that edges are met, and odd ones."""
        kind = self.dice.randrange(5)
        if kind == 0:
            return None
        if kind < 3:
            return Decimal(self.small())
        return Decimal(self.dice.randrange(-30_000, 120_000)).scaleb(-4)

    def firm(self) -> dict[str, object]:
        """The facts of one firm."""
        facts: dict[str, object] = {name: self.number() for name in NUMBERS}
        facts["利用率"] = self.dice.choice([None, Decimal(80), Decimal("79.9999"), Decimal(85)])
        facts["行业"] = self.dice.choice([None, "C13", "C1311", "C14", "I65"])
        facts |= {name: self.dice.choice([None, True, False]) for name in ("规上", "失信")}
        for name in ("成立", "认定"):
            facts[name] = self.dice.choice(
                [None, date(2023, 1, 1) + timedelta(days=self.dice.randrange(1200)), date(2024, 2, 29)]
            )
        facts["资质"] = self.dice.choice([None, [], ["高企"], ["小巨人", "高企"], ["专精特新"]])
        return facts
