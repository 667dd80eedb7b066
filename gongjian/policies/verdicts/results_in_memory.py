"""All firms under all rules in force on a day, kept in memory: by data version, rules and day; one firm changed is one firm anew.

The data version is the last event of any firm or workbook of facts in the trail: every write to a firm leaves one. `recompute` builds the
same from nothing; a test holds both equal.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gongjian.audit.models import Event
from gongjian.engines import policy as engine
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.facts.catalogue import all_facts
from gongjian.enterprises.facts_for_rules.queries import FactsTable, facts_of, facts_table
from gongjian.enterprises.models import Enterprise
from gongjian.policies.models import PolicyVersion
from gongjian.policies.queries import in_force
from gongjian.policies.rule_files.checks import facts_catalogue, rule_of
from gongjian.policies.verdicts.answers import Stamp

KEPT = 4  # boards kept in memory: today's, and a few other days asked for
MANY = 200  # firms changed since; from here on building anew is quicker
WHOLE = [
    name.value
    for name in (
        EnterpriseEvent.FACTS_IMPORTED,
        EnterpriseEvent.MERGED,
        EnterpriseEvent.REGISTERED,
        EnterpriseEvent.BATCH_WRITTEN,
        EnterpriseEvent.BATCH_UNDONE,
    )
]
FIRM = "enterprises.enterprise"
TOLD_BY = (FIRM, "enterprises.factbatch")  # whose events tell that facts of firms changed
FAILS, UNKNOWN, MEETS = range(3)
VERDICTS = {engine.Verdict.FAILS: FAILS, engine.Verdict.UNKNOWN: UNKNOWN, engine.Verdict.MEETS: MEETS}
NO_BOUND = engine.UNBOUNDED
Last = tuple[int, str, datetime]


@dataclass
class Column:
    """One policy over all firms: verdict 0 1 2, amounts in cents (`NO_BOUND`: no bound), whether it is a near miss."""

    verdict: npt.NDArray[np.int8]
    certain: npt.NDArray[np.int64]
    possible: npt.NDArray[np.int64]
    near: npt.NDArray[np.bool_] | None = None

    @classmethod
    def empty(cls, firms: int) -> "Column":
        """Nothing known yet."""
        return cls(np.zeros(firms, np.int8), np.zeros(firms, np.int64), np.zeros(firms, np.int64))

    def fill(self, outcome: engine.Outcome, code: str) -> None:
        """What the engine says of every firm; whoever fails gets nothing, as `empty` has it."""
        for verdict in (engine.Verdict.UNKNOWN, engine.Verdict.MEETS):
            found = outcome.amounts(code, verdict)
            self.verdict[found.rows] = VERDICTS[verdict]
            self.certain[found.rows], self.possible[found.rows] = found.certain, found.possible

    def put(self, row: int, told: engine.Explanation) -> None:
        """What the engine says of one firm."""
        self.verdict[row] = VERDICTS[told.verdict]
        self.certain[row] = int(told.certain * 100)
        self.possible[row] = NO_BOUND if told.possible is None else int(told.possible * 100)
        if self.near is not None:
            self.near[row] = actionable(told)


@dataclass
class Board:
    """Rules in force, the facts they look at, and what came of it. Rows are firms in the order of `pks`."""

    stamp: Stamp
    versions: list[PolicyVersion]
    plan: engine.Plan
    facts: FactsTable
    pks: npt.NDArray[np.int64]
    columns: dict[str, Column] = field(default_factory=dict)

    @cached_property
    def table(self) -> engine.Table:
        """The facts as columns of the engine, converted once; `facts_for` and `_refreshed` keep it in step."""
        return table_of(self.plan, self.facts)

    def rows_of(self, ids: npt.NDArray[np.int64] | None) -> npt.NDArray[np.intp]:
        """Row numbers of these firms, in order; None means all."""
        if ids is None:
            return np.arange(len(self.pks))
        return np.flatnonzero(np.isin(self.pks, ids))

    def near(self, code: str) -> npt.NDArray[np.bool_]:
        """Which firms miss a policy by little; worked out when first asked for, then kept."""
        column = self.columns[code]
        if column.near is None:
            alone = self.plan.alone(code)
            column.near = lacking_little(alone, self.table, self.facts, column.verdict)
        return column.near

    def version_of(self, code: str) -> PolicyVersion | None:
        """The version of a policy that counts."""
        return next((v for v in self.versions if v.policy.code == code and code in self.columns), None)


_boards: OrderedDict[tuple[date, tuple[int, ...]], Board] = OrderedDict()
_lock = threading.Lock()


def forget() -> None:
    """Drop everything kept."""
    with _lock:
        _boards.clear()


def board(on: date) -> Board:
    """The board of a day, brought up to the last event of any firm."""
    versions = in_force(on)
    key = (on, tuple(version.pk for version in versions))
    last = (
        Event.objects.filter(subject_kind__in=TOLD_BY)
        .order_by("-seq")
        .values_list("seq", "digest", "at")
        .first()
    )
    with _lock:
        found = _boards.get(key)
        if found is not None:
            found = _refreshed(found, last)
        if found is None:
            found = recompute(on, versions, last)
        found.versions = versions
        _boards[key] = found
        _boards.move_to_end(key)
        while len(_boards) > KEPT:
            _boards.popitem(last=False)
        return found


def recompute(on: date, versions: list[PolicyVersion], last: Last | None) -> Board:
    """A board from nothing: a few queries for the facts, the columns of the engine."""
    read = [rule for version in versions if (rule := rule_of(version.text)) is not None]
    rules = [rule for rule in readable(read) if about_firms(rule)]
    plan = engine.compile_policies(rules, as_of=on)
    firms = Enterprise.objects.filter(merged_into__isnull=True)
    facts = facts_table(firms, plan.columns, today=on)
    seq, digest, at = last or (0, "", None)
    stamp = Stamp(on, seq, digest, at, len(facts.pks))
    found = Board(stamp, versions, plan, facts, np.array(facts.pks, dtype=np.int64))
    found.columns = evaluate(plan, found.table)
    return found


def about_firms(rule: engine.Policy) -> bool:
    """Whether a rule looks at firms alone: one about projects or matters says nothing of a firm."""
    plan = (
        engine.compile_policies([rule], as_of=rule.in_force_from, others=[rule])
        if not rule.references
        else None
    )
    names = plan.columns if plan is not None else ()
    return all(all_facts()[key].about == "firm" for key in {name.partition("@")[0] for name in names})


def actionable(told: engine.Explanation) -> bool:
    """A near miss that somebody can do something about."""
    return bool(told.near) and all(movable(one.fact) for one in told.near)


def movable(fact: str) -> bool:
    """Whether a fact can be raised or lowered: what stands in the register is no quantity to raise."""
    return all_facts()[fact].recorded


def readable(rules: Sequence[engine.Policy]) -> list[engine.Policy]:
    """Without those that name a policy not among them, or each other in a circle: they cannot be decided."""
    found = list({rule.code: rule for rule in rules}.values())
    while bad := {rule.name for rule in engine.check_library(found)}:
        kept = [rule for rule in found if rule.file not in bad]
        if len(kept) == len(found):
            return [rule for rule in found if not rule.references]
        found = kept
    return found


def evaluate(plan: engine.Plan, table: engine.Table) -> dict[str, Column]:
    """Every policy of a plan over every firm, by columns."""
    columns = {policy.code: Column.empty(table.rows) for policy in plan.policies}
    if columns and table.rows:
        outcome = plan.match(table)
        for code, column in columns.items():
            column.fill(outcome, code)
    return columns


def table_of(plan: engine.Plan, facts: FactsTable) -> engine.Table:
    """The facts a plan looks at as a table of the engine."""
    wanted = {name: facts.columns[name] for name in plan.columns if name in facts.columns}
    return engine.Table.from_values(facts.pks, wanted, catalogue=facts_catalogue())


def lacking_little(
    alone: engine.Plan, table: engine.Table, facts: FactsTable, verdict: npt.NDArray[np.int8]
) -> npt.NDArray[np.bool_]:
    """Of the firms that fail the one policy of a plan those that lack little; at an edge the engine's own words decide."""
    near = np.zeros(len(verdict), np.bool_)
    code, failing = alone.policies[0].code, np.flatnonzero(verdict == FAILS)
    sure, open_ = engine.within_reach(alone, table, code, failing, movable=movable)
    near[sure] = True
    for row in open_:
        near[row] = actionable(alone.explain(firm_facts(facts, int(row), alone.columns))[0])
    return near


def firm_facts(facts: FactsTable, row: int, names: Sequence[str] | None = None) -> dict[str, Any]:
    """One firm of a table, in the words of the engine; only these columns where named."""
    wanted = facts.columns if names is None else [name for name in names if name in facts.columns]
    return {name: value for name in wanted if (value := facts.columns[name][row]) is not None}


def explained(plan: engine.Plan, facts: Mapping[str, Any]) -> list[engine.Explanation]:
    """Every policy for one firm; none where no rule is in force."""
    return plan.explain(facts) if plan.policies else []


def _put(columns: Mapping[str, Column], row: int, plan: engine.Plan, facts: Mapping[str, Any]) -> None:
    for told in explained(plan, facts):
        columns[told.policy.code].put(row, told)


def _refreshed(found: Board, last: Last | None) -> Board | None:
    """The board with the firms changed since brought up to date; None when it has to be built anew."""
    stamp = found.stamp
    if (stamp.seq, stamp.digest) == (last or (0, ""))[:2]:
        return found
    if last is None or not Event.objects.filter(seq=stamp.seq, digest=stamp.digest).exists():
        return None
    since = Event.objects.filter(subject_kind__in=TOLD_BY, seq__gt=stamp.seq)
    changed = set(since.filter(subject_kind=FIRM).values_list("subject_id", flat=True)[: MANY * 4])
    if len(changed) > MANY or since.filter(name__in=WHOLE).exists():
        return None
    for firm in Enterprise.objects.filter(pk__in=changed):
        row = int(np.searchsorted(found.pks, firm.pk))
        if row >= len(found.pks) or found.pks[row] != firm.pk:
            return None
        known = facts_of(firm, today=stamp.on).values
        for name, values in found.facts.columns.items():
            if values[row] != known.get(name):
                values[row] = known.get(name)
                found.table.put(row, name, values[row])
        _put(found.columns, row, found.plan, firm_facts(found.facts, row))
    found.stamp = Stamp(stamp.on, *last, len(found.pks))
    return found


def others(found: Board, rule: engine.Policy) -> list[engine.Policy]:
    """The rules in force that another rule may name."""
    return [policy for policy in found.plan.policies if policy.code != rule.code]


def facts_for(found: Board, plan: engine.Plan) -> FactsTable:
    """The board's facts, and those it has not read yet: a draft may ask for others. Its table is kept in step."""
    wanted = [name for name in plan.columns if name not in found.facts.columns]
    if wanted:
        firms = Enterprise.objects.filter(merged_into__isnull=True)
        more = facts_table(firms, wanted, today=found.stamp.on)
        place = {pk: row for row, pk in enumerate(more.pks)}
        for name in wanted:
            values = more.columns.get(name)
            found.facts.columns[name] = [
                values[place[pk]] if values is not None and pk in place else None for pk in found.facts.pks
            ]
            found.table.add(name, found.facts.columns[name])
    return found.facts


def evaluate_one(found: Board, rule: engine.Policy, *, on: date) -> tuple[Column, npt.NDArray[np.bool_]]:
    """One rule over every firm of a board: a draft, an old version, a turned threshold; what is kept is not done again."""
    if on == found.stamp.on and any(rule is kept for kept in found.plan.policies):
        return found.columns[rule.code], found.near(rule.code)
    plan = engine.compile_policies([rule], as_of=on, others=others(found, rule))
    facts = facts_for(found, plan)
    column = evaluate(plan, found.table)[rule.code]
    return column, lacking_little(plan, found.table, facts, column.verdict)
