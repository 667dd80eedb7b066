"""The results of all rules in force on a day over all firms, kept in memory for each day and set of rules.

They are valid up to the last event of any firm or workbook of facts, as every write to a firm leaves one. When a few firms
have changed since, only their rows are computed again; after many changes everything is. `recompute` builds the results from
nothing, and a test holds both equal.
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
from gongjian.policies.rule_files.checks import facts_catalogue, read_rule
from gongjian.policies.verdicts.answers import Stamp

KEPT = 4  # results kept in memory: those of today and of a few other days asked for
MOST_REFRESHED = 200  # changed firms; for more than these computing everything again is quicker
REBUILD_EVENTS = [
    name.value
    for name in (
        EnterpriseEvent.FACTS_IMPORTED,
        EnterpriseEvent.MERGED,
        EnterpriseEvent.REGISTERED,
        EnterpriseEvent.BATCH_WRITTEN,
        EnterpriseEvent.BATCH_UNDONE,
    )
]
FIRM_KIND = "enterprises.enterprise"
SUBJECTS_WATCHED = (FIRM_KIND, "enterprises.factbatch")  # an event of these means that facts of firms changed
FAILS, UNKNOWN, MEETS = range(3)
VERDICTS = {engine.Verdict.FAILS: FAILS, engine.Verdict.UNKNOWN: UNKNOWN, engine.Verdict.MEETS: MEETS}
NO_BOUND = engine.UNBOUNDED
Last = tuple[int, str, datetime]


@dataclass
class PolicyColumn:
    """One policy over all firms: verdicts 0, 1, 2; amounts in cents (`NO_BOUND`: no upper bound); near misses, once asked for."""

    verdict: npt.NDArray[np.int8]
    certain: npt.NDArray[np.int64]
    possible: npt.NDArray[np.int64]
    near: npt.NDArray[np.bool_] | None = None

    @classmethod
    def empty(cls, firms: int) -> "PolicyColumn":
        """A column in which every firm fails and gets nothing."""
        return cls(np.zeros(firms, np.int8), np.zeros(firms, np.int64), np.zeros(firms, np.int64))

    def fill(self, outcome: engine.Outcome, code: str) -> None:
        """Take over the engine's outcome for every firm that meets or may meet the policy; the others stay as `empty` has them."""
        for verdict in (engine.Verdict.UNKNOWN, engine.Verdict.MEETS):
            amounts = outcome.amounts(code, verdict)
            self.verdict[amounts.rows] = VERDICTS[verdict]
            self.certain[amounts.rows], self.possible[amounts.rows] = amounts.certain, amounts.possible

    def set_value(self, row: int, explanation: engine.Explanation) -> None:
        """Take over the engine's explanation of one firm."""
        self.verdict[row] = VERDICTS[explanation.verdict]
        self.certain[row] = int(explanation.certain * 100)
        self.possible[row] = NO_BOUND if explanation.possible is None else int(explanation.possible * 100)
        if self.near is not None:
            self.near[row] = can_be_acted_on(explanation)


@dataclass
class ResultsInMemory:
    """The rules in force on a day, the facts they look at, and one column per policy. Rows are firms in the order of `pks`."""

    stamp: Stamp
    versions: list[PolicyVersion]
    plan: engine.Plan
    facts: FactsTable
    pks: npt.NDArray[np.int64]
    columns: dict[str, PolicyColumn] = field(default_factory=dict)

    @cached_property
    def table(self) -> engine.Table:
        """The facts as a table of the engine, converted once; `facts_with` and `_refreshed` keep it up to date."""
        return table_of(self.plan, self.facts)

    def rows_of(self, ids: npt.NDArray[np.int64] | None) -> npt.NDArray[np.intp]:
        """Row numbers of these firms, ascending; of all firms if `ids` is None."""
        if ids is None:
            return np.arange(len(self.pks))
        return np.flatnonzero(np.isin(self.pks, ids))

    def near(self, code: str) -> npt.NDArray[np.bool_]:
        """Which firms miss a policy by little, as one flag per row; computed when first asked for, then kept."""
        column = self.columns[code]
        if column.near is None:
            plan = self.plan.plan_of(code)
            column.near = near_misses(plan, self.table, self.facts, column.verdict)
        return column.near

    def version_of(self, code: str) -> PolicyVersion | None:
        """The version of a policy in force, if its rule can be read."""
        return next((v for v in self.versions if v.policy.code == code and code in self.columns), None)


_results: OrderedDict[tuple[date, tuple[int, ...]], ResultsInMemory] = OrderedDict()
_lock = threading.Lock()


def forget() -> None:
    """Drop all kept results."""
    with _lock:
        _results.clear()


def results_on(on: date) -> ResultsInMemory:
    """The results of a day, brought up to the last event of any firm."""
    versions = in_force(on)
    key = (on, tuple(version.pk for version in versions))
    last = (
        Event.objects.filter(subject_kind__in=SUBJECTS_WATCHED)
        .order_by("-seq")
        .values_list("seq", "digest", "at")
        .first()
    )
    with _lock:
        results = _results.get(key)
        if results is not None:
            results = _refreshed(results, last)
        if results is None:
            results = recompute(on, versions, last)
        results.versions = versions
        _results[key] = results
        _results.move_to_end(key)
        while len(_results) > KEPT:
            _results.popitem(last=False)
        return results


def recompute(on: date, versions: list[PolicyVersion], last: Last | None) -> ResultsInMemory:
    """The results of a day built from nothing: a few queries for the facts, then the engine over whole columns."""
    read = [rule for version in versions if (rule := read_rule(version.text)) is not None]
    rules = [rule for rule in decidable(read) if about_firms(rule)]
    plan = engine.compile_policies(rules, as_of=on)
    firms = Enterprise.objects.filter(merged_into__isnull=True)
    facts = facts_table(firms, plan.columns, today=on)
    seq, digest, at = last or (0, "", None)
    stamp = Stamp(on, seq, digest, at, len(facts.pks))
    results = ResultsInMemory(stamp, versions, plan, facts, np.array(facts.pks, dtype=np.int64))
    results.columns = evaluate_plan(plan, results.table)
    return results


def about_firms(rule: engine.Policy) -> bool:
    """Whether a rule uses only facts of firms; rules about projects or services give no verdict on a firm."""
    plan = (
        engine.compile_policies([rule], as_of=rule.in_force_from, others=[rule])
        if not rule.references
        else None
    )
    names = plan.columns if plan is not None else ()
    return all(all_facts()[key].about == "firm" for key in {name.partition("@")[0] for name in names})


def can_be_acted_on(explanation: engine.Explanation) -> bool:
    """Whether a firm nearly meets the policy by facts it can change."""
    return bool(explanation.near) and all(movable(near_miss.fact) for near_miss in explanation.near)


def movable(fact: str) -> bool:
    """Whether a firm can raise or lower this fact; facts from the register it cannot."""
    return all_facts()[fact].recorded


def decidable(rules: Sequence[engine.Policy]) -> list[engine.Policy]:
    """The rules that can be decided: those naming an absent policy or each other in a circle are not."""
    rules_left = list({rule.code: rule for rule in rules}.values())
    while bad := {rule.name for rule in engine.check_library(rules_left)}:
        kept = [rule for rule in rules_left if rule.file not in bad]
        if len(kept) == len(rules_left):
            return [rule for rule in rules_left if not rule.references]
        rules_left = kept
    return rules_left


def evaluate_plan(plan: engine.Plan, table: engine.Table) -> dict[str, PolicyColumn]:
    """Policy code -> its column, for every policy of a plan over every firm of a table."""
    columns = {policy.code: PolicyColumn.empty(table.rows) for policy in plan.policies}
    if columns and table.rows:
        outcome = plan.match(table)
        for code, column in columns.items():
            column.fill(outcome, code)
    return columns


def table_of(plan: engine.Plan, facts: FactsTable) -> engine.Table:
    """The facts a plan looks at as a table of the engine."""
    wanted = {name: facts.columns[name] for name in plan.columns if name in facts.columns}
    return engine.Table.from_values(facts.pks, wanted, catalogue=facts_catalogue())


def near_misses(
    plan: engine.Plan, table: engine.Table, facts: FactsTable, verdict: npt.NDArray[np.int8]
) -> npt.NDArray[np.bool_]:
    """One flag per firm: whether it narrowly misses the plan's only policy, exact near the limit."""
    near = np.zeros(len(verdict), np.bool_)
    code, failing = plan.policies[0].code, np.flatnonzero(verdict == FAILS)
    sure, undecided = engine.within_reach(plan, table, code, failing, movable=movable)
    near[sure] = True
    for row in undecided:
        near[row] = can_be_acted_on(plan.explain(facts_of_row(facts, int(row), plan.columns))[0])
    return near


def facts_of_row(facts: FactsTable, row: int, names: Sequence[str] | None = None) -> dict[str, Any]:
    """The known facts of one row as the engine takes them; only the columns `names` where given."""
    wanted = facts.columns if names is None else [name for name in names if name in facts.columns]
    return {name: value for name in wanted if (value := facts.columns[name][row]) is not None}


def explain_all(plan: engine.Plan, facts: Mapping[str, Any]) -> list[engine.Explanation]:
    """The explanation of every policy of a plan for one firm; empty when no rule is in force."""
    return plan.explain(facts) if plan.policies else []


def _put(columns: Mapping[str, PolicyColumn], row: int, plan: engine.Plan, facts: Mapping[str, Any]) -> None:
    for explanation in explain_all(plan, facts):
        columns[explanation.policy.code].set_value(row, explanation)


def _refreshed(results: ResultsInMemory, last: Last | None) -> ResultsInMemory | None:
    """The results with changed firms brought up to date; None when everything has to be computed again."""
    stamp = results.stamp
    if (stamp.seq, stamp.digest) == (last or (0, ""))[:2]:
        return results
    if last is None or not Event.objects.filter(seq=stamp.seq, digest=stamp.digest).exists():
        return None
    since = Event.objects.filter(subject_kind__in=SUBJECTS_WATCHED, seq__gt=stamp.seq)
    changed = set(
        since.filter(subject_kind=FIRM_KIND).values_list("subject_id", flat=True)[: MOST_REFRESHED * 4]
    )
    if len(changed) > MOST_REFRESHED or since.filter(name__in=REBUILD_EVENTS).exists():
        return None
    for firm in Enterprise.objects.filter(pk__in=changed):
        row = int(np.searchsorted(results.pks, firm.pk))
        if row >= len(results.pks) or results.pks[row] != firm.pk:
            return None
        known = facts_of(firm, today=stamp.on).values
        for name, values in results.facts.columns.items():
            if values[row] != known.get(name):
                values[row] = known.get(name)
                results.table.set_value(row, name, values[row])
        _put(results.columns, row, results.plan, facts_of_row(results.facts, row))
    results.stamp = Stamp(stamp.on, *last, len(results.pks))
    return results


def other_rules(results: ResultsInMemory, rule: engine.Policy) -> list[engine.Policy]:
    """The rules in force that another rule may name."""
    return [policy for policy in results.plan.policies if policy.code != rule.code]


def facts_with(results: ResultsInMemory, plan: engine.Plan) -> FactsTable:
    """The facts in memory, together with those only this plan asks for, as a draft may; the table is kept in step."""
    wanted = [name for name in plan.columns if name not in results.facts.columns]
    if wanted:
        firms = Enterprise.objects.filter(merged_into__isnull=True)
        more = facts_table(firms, wanted, today=results.stamp.on)
        place = {pk: row for row, pk in enumerate(more.pks)}
        for name in wanted:
            values = more.columns.get(name)
            results.facts.columns[name] = [
                values[place[pk]] if values is not None and pk in place else None for pk in results.facts.pks
            ]
            results.table.add_column(name, results.facts.columns[name])
    return results.facts


def evaluate_rule(
    results: ResultsInMemory, rule: engine.Policy, *, on: date
) -> tuple[PolicyColumn, npt.NDArray[np.bool_]]:
    """The column and near misses of one rule over all firms, such as a draft or an old version; a rule in force is not computed again."""
    if on == results.stamp.on and any(rule is known_rule for known_rule in results.plan.policies):
        return results.columns[rule.code], results.near(rule.code)
    plan = engine.compile_policies([rule], as_of=on, others=other_rules(results, rule))
    facts = facts_with(results, plan)
    column = evaluate_plan(plan, results.table)[rule.code]
    return column, near_misses(plan, results.table, facts, column.verdict)
