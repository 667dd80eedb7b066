"""Groups of policies settled in the whole table: the certain amounts of the lines add up to what `settle` says of each firm."""

import json
from datetime import date
from decimal import Decimal
from random import Random

import polars as pl
import pytest

from gongjian.cli.main import main
from gongjian.cli.match import FACTS
from gongjian.engines.policy import BadRule, Catalogue, compile_policies, read_policy, settle
from gongjian.engines.policy.rules.policy import Verdict
from gongjian.engines.policy.tables.amounts import UNBOUNDED
from gongjian.engines.policy.tables.settling import SettledAmounts
from tests.engines.policy.generated import CATALOGUE, Author
from tests.engines.policy.test_matching import RULE, firms
from tests.engines.policy.test_tables import table_of

CATALOGUE_OF_FACTS = Catalogue.load(FACTS)
BEST = "{name: 一, rule: BEST}"
CAP = "{name: 二, rule: CAP, cap: 30万元}"
HIGH = "{name: 三, rule: CAP, cap: 100000000万元}"


def rule(n, group, text=None):
    return (text or RULE.format(n=n, until="2026-12-31")) + f"group: {group}\n"


@pytest.mark.parametrize("seed", range(6))
def test_lines_add_up_to_what_one_firm_gains(seed):
    dice, author = Random(seed), Author(seed)
    texts = [author.rule(f"P{n}") for n in range(9)]
    texts = [
        text + f"group: {group}\n" if (group := dice.choice([BEST, CAP, HIGH, None])) else text
        for text in texts
    ]
    people = [author.firm() for _ in range(60)]
    plan = compile_policies([read_policy(t, catalogue=CATALOGUE) for t in texts], as_of=date(2026, 4, 30))
    outcome = plan.match(table_of(people))
    settled = SettledAmounts.of(outcome)
    certain = [Decimal(0)] * len(people)
    for n in range(len(texts)):
        for verdict in (Verdict.MEETS, Verdict.UNKNOWN):
            own = outcome.amounts(n, verdict)
            amounts = settled.amounts(n, own)
            for row, low, high, most in zip(
                amounts.rows, amounts.certain, amounts.possible, own.possible, strict=True
            ):
                certain[row] += Decimal(int(low)) / 100
                assert high == UNBOUNDED or low <= high
                assert most == UNBOUNDED or 0 <= high <= most
    assert certain == [settle(plan.explain(firm)).certain for firm in people]
    assert sum(certain) == Decimal(sum(settled.certain(n) for n in range(len(texts)))) / 100


def written(path, *groups_and_amounts, rows):
    folder = path / "rules"
    folder.mkdir()
    for n, (group, amount) in enumerate(groups_and_amounts):
        text = RULE.format(n=n, until="2026-12-31").replace(
            '"0.1元/千瓦时 * QUARTER(用电量, 0)", cap: 30万元', amount
        )
        (folder / f"{n}.yaml").write_text(rule(n, group, text), encoding="utf-8")
    file = firms(path, "csv", headings=["企业名称", "规上企业", "用电量@2026Q1"], rows=rows)
    words = ["match", str(file), str(folder), "--as-of", "2026-04-01", "--out", str(path / "out.csv")]
    code = main([*words, "--stats", str(path / "s.json")])
    return code, path


@pytest.mark.parametrize(
    ("group", "amounts", "lines"),
    [
        (BEST, ("100万元", "50万元"), ["1000000.00", "0.00"]),
        (BEST, ("50万元", "100万元"), ["0.00", "1000000.00"]),
        (BEST, ("50万元", "50万元", "50万元"), ["500000.00", "0.00", "0.00"]),
        (CAP, ("20万元", "20万元", "5万元"), ["200000.00", "100000.00", "0.00"]),
        (CAP, ("40万元",), ["300000.00"]),
    ],
)
def test_the_command_settles_groups(tmp_path, group, amounts, lines):
    code, path = written(tmp_path, *((group, a) for a in amounts), rows=[["甲", "是", 300]])
    assert code == 0
    frame = pl.read_csv(path / "out.csv", infer_schema=False)
    assert frame["certain_amount"].to_list() == lines
    total = json.loads((path / "s.json").read_text(encoding="utf-8"))["certain_amount"]
    assert Decimal(total) == sum(map(Decimal, lines))


def test_what_may_yet_be_the_best_stays_possible(tmp_path):
    _, path = written(
        tmp_path,
        (BEST, "10万元"),
        (BEST, "\"0.1元/千瓦时 * MONTH(用电量, '2026-02')\""),
        (BEST, "5万元"),
        rows=[["甲", "是", 300]],
    )
    frame = pl.read_csv(path / "out.csv", infer_schema=False)
    assert frame["certain_amount"].to_list() == ["100000.00", "0.00", "0.00"]
    assert frame["possible_amount"].to_list() == ["100000.00", None, "0.00"]


def test_one_group_has_one_rule_on_any_day():
    texts = [rule(0, CAP), rule(1, CAP.replace("30万元", "40万元"))]
    read = [read_policy(text, catalogue=CATALOGUE_OF_FACTS) for text in texts]
    with pytest.raises(BadRule, match="同一组“二”"):
        compile_policies(read, as_of=date(2026, 4, 1))
    later = (
        texts[1]
        .replace("2026-12-31", "2027-12-31")
        .replace("in_force_from: 2026-01-01", "in_force_from: 2027-01-01")
    )
    assert compile_policies(
        [read[0], read_policy(later, catalogue=CATALOGUE_OF_FACTS)], as_of=date(2026, 4, 1)
    )
