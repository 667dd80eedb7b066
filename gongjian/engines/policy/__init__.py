"""The policy engine (政策引擎): rules in, three-valued verdicts and amounts out. Pure, usable alone.

For: reading rules, matching tables of firms, explaining one firm, comparing two versions.
Not for: storing anything, knowing Django.
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
from gongjian.engines.policy.tables.near_misses import within_reach
from gongjian.engines.policy.tables.results import AmountsByRow, Count, Outcome
from gongjian.engines.policy.tables.table import Table, UnknownColumn
from gongjian.engines.policy.tables.table_file import BadCell, BadTable, TableFile, read_table
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
