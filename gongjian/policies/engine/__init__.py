"""The policy engine (政策引擎): rules in, three-valued verdicts and amounts out. Pure, usable alone.

For: reading rules, matching tables of firms, explaining one firm, comparing two versions.
Not for: storing anything, knowing Django.
"""

from gongjian.policies.engine.amounts import Amounts
from gongjian.policies.engine.binding import bind
from gongjian.policies.engine.cases import CaseResult, Difference, run_cases
from gongjian.policies.engine.catalogue import Catalogue, FactDef, Gather, Kind
from gongjian.policies.engine.comparing import Change, Cost, WhatIf, compare
from gongjian.policies.engine.explaining import ClauseAnswer, ConditionAnswer, Explanation, NearMiss
from gongjian.policies.engine.facts import BadValue
from gongjian.policies.engine.faults import BadRule, Fault
from gongjian.policies.engine.gains import UNBOUNDED
from gongjian.policies.engine.library import BadLibrary, check_library, read_library
from gongjian.policies.engine.outcome import Count, Outcome, Sparse
from gongjian.policies.engine.periods import Period, PeriodKind, parse_period
from gongjian.policies.engine.plan import Plan, compile_policies, pay
from gongjian.policies.engine.policy import (
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
from gongjian.policies.engine.reading import read_file, read_policy
from gongjian.policies.engine.screening import within_reach
from gongjian.policies.engine.stacking import Settled, Settlement, settle
from gongjian.policies.engine.table import Table, UnknownColumn
from gongjian.policies.engine.tablefile import BadCell, BadTable, TableFile, read_table

__all__ = [
    "UNBOUNDED",
    "Amounts",
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
    "Settled",
    "Settlement",
    "Sparse",
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
