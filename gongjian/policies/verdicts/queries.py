"""Verdicts of the rules on our firms (判定): totals, lists, one firm on one page. Amounts in yuan as Decimal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils import translation

from gongjian.audit.wording import SOURCE
from gongjian.engines import policy as engine
from gongjian.enterprises.facts_for_rules.queries import facts_of
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import matching_firms, visible_to
from gongjian.people.models import Account, Area
from gongjian.people.queries import EVERYWHERE, within
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files.checks import read_rule
from gongjian.policies.states import Grade
from gongjian.policies.verdicts import results_in_memory
from gongjian.policies.verdicts.answers import EntitledFirm, FirmRow, FirmSheet, FirmVerdict, Totals
from gongjian.policies.verdicts.reasons import firm_verdict, reasons
from gongjian.policies.verdicts.results_in_memory import (
    FAILS,
    MEETS,
    NO_BOUND,
    UNKNOWN,
    PolicyColumn,
    ResultsInMemory,
    results_on,
)

Ids = npt.NDArray[np.int64] | None
SOON = timedelta(days=45)
ORDER = {Grade.NEAR: 0, Grade.MEETS: 1, Grade.UNKNOWN: 2, Grade.FAILS: 3}


def yuan_of_cents(cents: int) -> Decimal:
    """An amount of cents in yuan."""
    return Decimal(int(cents)).scaleb(-2)


def visible_ids(account: Account, *, area: Area | None = None, text: str = "") -> Ids:
    """Keys of the firms an account sees, within `area` and matching `text` where given; None means all firms."""
    whole = account.role in EVERYWHERE and account.reads_area is not None and account.reads_area.depth == 1
    if whole and area is None and not text.strip():
        return None
    rows = visible_to(account)
    if area is not None:
        rows = rows.filter(within(area))
    if text.strip():
        rows = matching_firms(rows, text).order_by()
    return np.fromiter(rows.values_list("pk", flat=True), dtype=np.int64)


def area_codes() -> tuple[str, ...]:
    """Statistics codes of the city and its counties, without trailing zeros."""
    rows = Area.objects.filter(depth__lte=2).exclude(stat_code="").values_list("stat_code", flat=True)
    return tuple(dict.fromkeys(code.rstrip("0") or code for code in rows))


def place_of(code: str) -> str:
    """The area of this office that statistics know by this code, shortened or whole; empty for a place outside it."""
    found = Area.objects.filter(stat_code__startswith=code).order_by("path").first() if code else None
    return found.name if found and (found.stat_code.rstrip("0") or code) == code.rstrip("0") else ""


def count_totals(column: PolicyColumn, near: npt.NDArray[np.bool_], rows: npt.NDArray[np.intp]) -> Totals:
    """Totals of one policy over some rows of its column."""
    verdict, certain, possible = column.verdict[rows], column.certain[rows], column.possible[rows]
    close = int(near[rows].sum())
    return Totals(
        meets=int((verdict == MEETS).sum()),
        near=close,
        unknown=int((verdict == UNKNOWN).sum()),
        fails=int((verdict == FAILS).sum()) - close,
        certain=yuan_of_cents(certain.sum()),
        possible=yuan_of_cents(possible[possible != NO_BOUND].sum()),
        bounded=bool((possible != NO_BOUND).all()),
    )


def policy_totals(results: ResultsInMemory, code: str, ids: Ids) -> Totals | None:
    """Totals of one policy over the firms `ids`; None if its rule cannot be read."""
    if code not in results.columns:
        return None
    return count_totals(results.columns[code], results.near(code), results.rows_of(ids))


def _grades(column: PolicyColumn, near: npt.NDArray[np.bool_], rows: npt.NDArray[np.intp]) -> list[Grade]:
    words = {MEETS: Grade.MEETS, UNKNOWN: Grade.UNKNOWN, FAILS: Grade.FAILS}
    return [
        Grade.NEAR if close else words[verdict]
        for verdict, close in zip(column.verdict[rows].tolist(), near[rows].tolist(), strict=True)
    ]


def firm_rows(
    version: PolicyVersion, *, on: date, ids: Ids, at_hand: ResultsInMemory | None = None
) -> list[FirmRow]:
    """Every firm of `ids` with its verdict and amounts under one version; `at_hand`: the results of the day, if already loaded."""
    results, column, near = _column(version, on, at_hand)
    rows = results.rows_of(ids)
    return [
        FirmRow(pk, grade, yuan_of_cents(certain), None if possible == NO_BOUND else yuan_of_cents(possible))
        for pk, grade, certain, possible in zip(
            results.pks[rows].tolist(),
            _grades(column, near, rows),
            column.certain[rows].tolist(),
            column.possible[rows].tolist(),
            strict=True,
        )
    ]


def _column(
    version: PolicyVersion, on: date, at_hand: ResultsInMemory | None = None
) -> tuple[ResultsInMemory, PolicyColumn, npt.NDArray[np.bool_]]:
    """The results of the day with the column of a version: the kept one if it is in force, else computed now."""
    results = at_hand or results_on(on)
    code = version.policy.code
    current = results.version_of(code)
    if current is not None and current.pk == version.pk:
        return results, results.columns[code], results.near(code)
    rule = read_rule(version.text)
    if rule is None:
        empty = PolicyColumn.empty(len(results.pks))
        return results, empty, np.zeros(len(results.pks), np.bool_)
    column, near = results_in_memory.evaluate_rule(results, rule, on=on)
    return results, column, near


def totals_of_rows(rows: Sequence[FirmRow]) -> Totals:
    """Totals of a list of firms."""
    count = {grade: sum(row.grade == grade for row in rows) for grade in Grade}
    possible = [row.possible for row in rows]
    return Totals(
        meets=count[Grade.MEETS],
        near=count[Grade.NEAR],
        unknown=count[Grade.UNKNOWN],
        fails=count[Grade.FAILS],
        certain=sum((row.certain for row in rows), Decimal(0)),
        possible=sum((amount for amount in possible if amount is not None), Decimal(0)),
        bounded=None not in possible,
    )


def sorted_rows(rows: Sequence[FirmRow], *, grade: str = "", by: str = "") -> list[FirmRow]:
    """The rows of one grade (all if empty), sorted by `by`: amount, name, or else near misses first."""
    keys: dict[str, Callable[[FirmRow], Any]] = {
        "amount": lambda row: (-row.certain, -(row.possible or Decimal(0)), row.pk),
        "name": lambda row: row.pk,
    }
    chosen = [row for row in rows if grade in {"", row.grade}]
    return sorted(chosen, key=keys.get(by, lambda row: (ORDER[row.grade], -row.certain, row.pk)))


def verdicts_under_version(
    pks: Sequence[int], version: PolicyVersion, *, on: date, at_hand: ResultsInMemory | None = None
) -> dict[int, FirmVerdict]:
    """Firm key -> its verdict under one version, with clauses and sentences. Uses the facts in memory, no query per firm."""
    results = at_hand or results_on(on)
    rule = read_rule(version.text)
    if rule is None:
        return {}
    plan = engine.compile_policies([rule], as_of=on, others=results_in_memory.other_rules(results, rule))
    table = results_in_memory.facts_with(results, plan)
    place = {pk: row for row, pk in enumerate(table.pks)}
    return {
        pk: firm_verdict(
            plan.explain(results_in_memory.facts_of_row(table, place[pk], plan.columns))[0], version, on=on
        )
        for pk in pks
        if pk in place
    }


def verdicts_of_firm(firm: Enterprise, *, on: date) -> list[FirmVerdict]:
    """The verdict of every rule in force on one firm, from its facts as they are now."""
    results = results_on(on)
    versions = {version.policy.code: version for version in results.versions}
    known = facts_of(firm, today=on).values
    return [
        firm_verdict(explanation, versions[explanation.policy.code], on=on)
        for explanation in results_in_memory.explain_all(results.plan, known)
    ]


def firm_sheet(firm: Enterprise, *, on: date) -> FirmSheet:
    """All verdicts on one firm in reading order, with groups of policies settled and unconfirmed rules apart."""
    results = results_on(on)
    versions = {version.policy.code: version for version in results.versions}
    explanations = results_in_memory.explain_all(results.plan, facts_of(firm, today=on).values)
    confirmed = [explanation for explanation in explanations if versions[explanation.policy.code].confirmed]
    settled = engine.settle(confirmed)
    verdicts = [
        firm_verdict(explanation, versions[explanation.policy.code], on=on) for explanation in explanations
    ]
    verdicts.sort(key=_reading_order)
    graded = {
        grade: tuple(
            verdict
            for verdict in verdicts
            if verdict.confirmed and verdict.policy.gives and verdict.grade == grade
        )
        for grade in Grade
    }
    possible = sum((part.possible for part in settled.parts if part.possible is not None), Decimal(0))
    return FirmSheet(
        meets=graded[Grade.MEETS],
        near=graded[Grade.NEAR],
        unknown=graded[Grade.UNKNOWN],
        fails=graded[Grade.FAILS],
        unsure=tuple(
            verdict
            for verdict in verdicts
            if not verdict.confirmed and verdict.policy.gives and verdict.grade != Grade.FAILS
        ),
        classes=tuple(
            verdict for verdict in verdicts if not verdict.policy.gives and verdict.grade != Grade.FAILS
        ),
        certain=settled.certain,
        undecided=possible - settled.certain,
        as_of=results.stamp,
    )


def _reading_order(verdict: FirmVerdict) -> tuple[Any, ...]:
    """Sorts the most certain money first, then the most possible, then the fewest missing facts."""
    return (
        -verdict.certain,
        -(verdict.possible or Decimal(0)),
        len(verdict.missing),
        verdict.last_day or date.max,
        verdict.policy.pk,
    )


def totals_of_text(text: str, *, on: date, ids: Ids) -> Totals | None:
    """Totals of a rule text over the firms `ids`; None if it cannot be read."""
    rule = read_rule(text)
    if rule is None:
        return None
    results = results_on(on)
    column, near = results_in_memory.evaluate_rule(results, rule, on=on)
    return count_totals(column, near, results.rows_of(ids))


def entitled_firms(version: PolicyVersion, *, on: date, ids: Ids) -> list[EntitledFirm]:
    """Firms that meet a version, each with the amount it is due, to the cent, and the reasons."""
    meeting = [
        row.pk for row in firm_rows(version, on=on, ids=ids) if row.grade == Grade.MEETS and row.certain > 0
    ]
    with translation.override(SOURCE):  # they are kept with the payout and worded again for its readers
        verdicts = verdicts_under_version(meeting, version, on=on)
        why = {pk: reasons(verdicts[pk]) for pk in meeting}
    firms = Enterprise.objects.select_related("area").in_bulk(meeting)
    return [EntitledFirm(firms[pk], verdicts[pk].certain, why[pk]) for pk in meeting if pk in firms]


def period_of(version: PolicyVersion, *, on: date) -> str:
    """The period a version pays for: its own, else the year of the day."""
    rule = read_rule(version.text)
    return str(rule.period) if rule is not None and rule.period is not None else f"{on.year}"


@dataclass(frozen=True)
class ClosingSoon:
    """A policy whose last day to act is near, with the firms that could still act."""

    policy: Policy
    days_left: int
    totals: Totals


def closing_soon(account: Account, *, on: date) -> list[ClosingSoon]:
    """Confirmed policies whose last day is near and that some firms nearly meet or lack data for, soonest first."""
    results = results_on(on)
    soon = [
        version.policy
        for version in results.versions
        if version.confirmed
        and version.policy.gives
        and version.policy.last_day
        and on <= version.policy.last_day <= on + SOON
    ]
    ids = visible_ids(account) if soon else None
    counted = [(policy, policy_totals(results, policy.code, ids)) for policy in soon]
    closing = [
        ClosingSoon(policy, (policy.last_day - on).days, totals)
        for policy, totals in counted
        if policy.last_day and totals and (totals.near or totals.unknown)
    ]
    return sorted(closing, key=lambda row: (row.days_left, row.policy.pk))
