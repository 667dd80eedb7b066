"""The policy engine (政策引擎): rules in, three-valued verdicts and amounts out. Pure, usable alone.

For: reading rules, matching tables of firms, explaining one firm, comparing two versions.
Not for: storing anything, knowing Django.
"""

from gongjian.policies.engine.catalogue import Catalogue, FactDef, Gather, Kind
from gongjian.policies.engine.faults import BadRule, Fault
from gongjian.policies.engine.library import BadLibrary, check_library, read_library
from gongjian.policies.engine.periods import Period, PeriodKind, parse_period
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

__all__ = [
    "BadLibrary",
    "BadRule",
    "Benefit",
    "Case",
    "Catalogue",
    "Clause",
    "Combine",
    "Delivery",
    "Expect",
    "FactDef",
    "Fault",
    "Gather",
    "Group",
    "Kind",
    "Level",
    "Part",
    "Period",
    "PeriodKind",
    "Policy",
    "Stacking",
    "Verdict",
    "check_library",
    "in_force",
    "parse_period",
    "read_file",
    "read_library",
    "read_policy",
]
