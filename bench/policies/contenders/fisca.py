"""OpenFisca-core: one Variable a policy, as its users write it; and with each distinct clause a Variable of its own, cached.

It has no unknown, so every fact has a second Variable that says whether it is known, and a verdict is 2, 1 or 0.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.policies.contenders.vectors import known, number, truth
from bench.policies.forms import KINDS, Node, columns, condition, distinct, parsed, rails
from bench.policies.task import Answer, Ready, Task
from bench.policies.workload import Rule

PERIOD = "2025"
TYPES = {"NUMBER": float, "DATE": int, "TEXT": int, "FLAG": bool}


def _variable(entity: Entity, name: str, kind: type, formula: Callable | None = None) -> type[Variable]:
    body = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _code(text: str) -> CodeType:
    return compile(text, "<rule>", "eval")


def _formula(text: str) -> Callable:
    """A formula method from the text of its return value."""
    code = _code(text)

    def formula(firm, period):
        def n(name: str) -> np.ndarray:
            return firm(name, period)

        def k(name: str) -> np.ndarray:
            return firm(f"{name}_known", period)

        return eval(code, {"np": np, "n": n, "k": k})  # noqa: S307 - the text is generated from our own workload

    return formula


def _inline(leaf: Node) -> tuple[str, str]:
    there, holds = known(columns(leaf)), truth(leaf)
    return f"({there} & {holds})", f"({there} & ~{holds})"


def _add_policy(system: TaxBenefitSystem, entity: Entity, rule: Rule, leaf: Callable) -> None:
    name, amount = rule.code.replace("-", "_"), parsed(rule.amount)
    yes, no = rails(condition(rule), leaf, both="&", either="|")
    system.add_variable(_variable(entity, name, int, _formula(f"np.where({yes}, 2, np.where({no}, 0, 1))")))
    paid = f"np.where((n('{name}') == 2) & {known(columns(amount))}, {number(amount)}, 0)"
    system.add_variable(_variable(entity, f"{name}_amount", float, _formula(paid)))


def _system(rules: list[Rule], *, sharing: bool) -> TaxBenefitSystem:
    entity = Entity("firm", "firms", "firm", "")
    system = TaxBenefitSystem([entity])
    for name, kind in KINDS.items():
        system.add_variable(_variable(entity, name, TYPES[kind]))
        system.add_variable(_variable(entity, f"{name}_known", bool))
    leaf: Callable = _inline
    if sharing:
        names = {text: f"clause_{i}" for i, text in enumerate(distinct(rules))}
        for text, tree in distinct(rules).items():
            for end, formula in zip(("yes", "no"), _inline(tree), strict=True):
                system.add_variable(_variable(entity, f"{names[text]}_{end}", bool, _formula(formula)))

        def named(node: Node) -> tuple[str, str]:
            return f"n('{names[node.sql()]}_yes')", f"n('{names[node.sql()]}_no')"

        leaf = named

    for rule in rules:
        _add_policy(system, entity, rule, leaf)
    return system


def _inputs(frame: pl.DataFrame) -> dict[str, np.ndarray]:
    inputs = {}
    for name in KINDS:
        series = frame[name]
        plain = series.to_physical() if KINDS[name] in ("TEXT", "DATE") else series
        filled = plain.fill_null(value=False) if KINDS[name] == "FLAG" else plain.fill_null(0)
        inputs[name] = filled.to_numpy().astype(
            {float: np.float32, int: np.int32, bool: bool}[TYPES[KINDS[name]]]
        )
        inputs[f"{name}_known"] = series.is_not_null().to_numpy()
    return inputs


def _prepare(task: Task, *, sharing: bool) -> Ready:
    system = _system(list(task.rules), sharing=sharing)
    inputs = _inputs(pl.read_parquet(task.firms))
    size = len(next(iter(inputs.values())))
    codes = [rule.code.replace("-", "_") for rule in task.rules]

    def run() -> list[tuple[np.ndarray, np.ndarray]]:
        simulation = SimulationBuilder().build_default_simulation(system, size)
        for name, values in inputs.items():
            simulation.set_input(name, PERIOD, values)
        return [(simulation.calculate(c, PERIOD), simulation.calculate(f"{c}_amount", PERIOD)) for c in codes]

    def answers(outcome: Any) -> list[Answer]:
        results = []
        for rule, (status, amount) in zip(task.rules, outcome, strict=True):
            met = status == 2
            there = np.logical_and.reduce(
                [inputs[f"{c}_known"] for c in columns(parsed(rule.amount))] or [True]
            )
            sums = float(amount.astype(np.float64).sum())
            results.append((int(met.sum()), int((status == 1).sum()), sums, int((met & ~there).sum())))
        return results

    return Ready(run=run, answers=answers, note="single precision")


def each(task: Task) -> Ready:
    """One Variable a policy."""
    return _prepare(task, sharing=False)


def shared(task: Task) -> Ready:
    """Each distinct clause a Variable too."""
    return _prepare(task, sharing=True)


CONTENDERS = {"openfisca": each, "openfisca-shared": shared}
