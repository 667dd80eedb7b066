"""The policy engine (政策引擎): from rules and facts of firms to verdicts, amounts and missing facts. No Django.

It reads and checks rules, matches them with tables of firms, explains one firm, and compares two versions of a rule. A verdict
has three values, since an unknown fact is neither true nor false. Nothing is stored here.

>>> from datetime import date
>>> from gongjian.engines.policy import Catalogue, compile_policies, read_policy
>>> rule = '''{code: P-1, name: 增产奖励, document: 某文件, issuer: 某局, source: 某文件, level: CITY, delivery: FAST,
...   in_force_from: 2026-01-01, period: current, confirmed: true,
...   clauses: [{key: listed, name: 规上, condition: 规上企业},
...             {key: revenue, name: 营收两千万, condition: 营业收入 >= 2000万元}],
...   benefit: {parts: [{name: 奖励, amount: 营业收入 * 1%, cap: 50万元}]}}'''
>>> catalogue = Catalogue.of([
...     {"key": "规上企业", "english": "above_size", "kind": "FLAG"},
...     {"key": "营业收入", "english": "revenue", "unit": "万元"},
... ])
>>> plan = compile_policies([read_policy(rule, catalogue=catalogue)], as_of=date(2026, 11, 25))
>>> for facts in ({"规上企业": True}, {"规上企业": True, "营业收入": 3000}):
...     (answer,) = plan.explain(facts)
...     print(answer.verdict, answer.certain, answer.possible, answer.missing)
UNKNOWN 0.00 500000.00 ('营业收入',)
MEETS 300000.00 300000.00 ()
"""

from gongjian.engines.policy.binding.binder import bind
from gongjian.engines.policy.cases.runner import CaseResult, Difference, run_cases
from gongjian.engines.policy.facts.catalogue import Catalogue, FactDef, Gather, Kind
from gongjian.engines.policy.facts.periods import Period, PeriodKind, parse_period
from gongjian.engines.policy.facts.row import BadValue
from gongjian.engines.policy.language.errors import BadRule, Fault
from gongjian.engines.policy.one_firm.amounts import Amounts
from gongjian.engines.policy.one_firm.explanation import ClauseAnswer, ConditionAnswer, Explanation, NearMiss
from gongjian.engines.policy.one_firm.stacking import SettledGroup, Settlement, settle
from gongjian.engines.policy.plan import Plan, compile_policies, pay
from gongjian.engines.policy.rules.library import BadLibrary, check_library, read_library
from gongjian.engines.policy.rules.policy import (
    Benefit,
    Case,
    Clause,
    Combine,
    Delivery,
    Expect,
    Group,
    Level,
    Part,
    Policy,
    Stacking,
    Verdict,
    in_force,
)
from gongjian.engines.policy.rules.reader import read_file, read_policy
from gongjian.engines.policy.tables.amounts import UNBOUNDED
from gongjian.engines.policy.tables.bad_cells import BadCell, BadTable
from gongjian.engines.policy.tables.near_misses import within_reach
from gongjian.engines.policy.tables.results import AmountsByRow, Count, Outcome
from gongjian.engines.policy.tables.table import Table, UnknownColumn
from gongjian.engines.policy.tables.table_file import TableFile, read_table
from gongjian.engines.policy.what_if import Change, Cost, WhatIf, compare

__all__ = [
    "UNBOUNDED",
    "Amounts",
    "AmountsByRow",
    "BadCell",
    "BadLibrary",
    "BadRule",
    "BadTable",
    "BadValue",
    "Benefit",
    "Case",
    "CaseResult",
    "Catalogue",
    "Change",
    "Clause",
    "ClauseAnswer",
    "Combine",
    "ConditionAnswer",
    "Cost",
    "Count",
    "Delivery",
    "Difference",
    "Expect",
    "Explanation",
    "FactDef",
    "Fault",
    "Gather",
    "Group",
    "Kind",
    "Level",
    "NearMiss",
    "Outcome",
    "Part",
    "Period",
    "PeriodKind",
    "Plan",
    "Policy",
    "SettledGroup",
    "Settlement",
    "Stacking",
    "Table",
    "TableFile",
    "UnknownColumn",
    "Verdict",
    "WhatIf",
    "bind",
    "check_library",
    "compare",
    "compile_policies",
    "in_force",
    "parse_period",
    "pay",
    "read_file",
    "read_library",
    "read_policy",
    "read_table",
    "run_cases",
    "settle",
    "within_reach",
]
