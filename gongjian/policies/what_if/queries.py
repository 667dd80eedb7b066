"""Two rules compared over the same firms (试算、比较): who gains, who loses, what it costs."""

from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from gongjian.engines import policy
from gongjian.policies.rule_files.checks import FaultLine, check_text, read_rule
from gongjian.policies.verdicts import results_in_memory
from gongjian.policies.verdicts.answers import Comparison
from gongjian.policies.verdicts.queries import Ids, count_totals, yuan_of_cents
from gongjian.policies.verdicts.results_in_memory import MEETS, ResultsInMemory, results_on


def compare(before: str, after: str, *, on: date, ids: Ids) -> Comparison | tuple[FaultLine, ...]:
    """Compare two rule texts over the firms `ids`, or return the faults of the first unreadable one."""
    was, now = read_rule(before), read_rule(after)
    if was is None or now is None:
        return check_text(before if was is None else after).faults
    return compare_rules(results_on(on), was, now, ids=ids)


def compare_rules(
    results: ResultsInMemory, before: policy.Policy, after: policy.Policy, *, ids: Ids
) -> Comparison:
    """Compare two rules over the firms `ids`, with the results in memory."""
    old, new = (
        results_in_memory.evaluate_rule(results, rule, on=results.stamp.on) for rule in (before, after)
    )
    rows = results.rows_of(ids)
    was, now = old[0].verdict[rows] == MEETS, new[0].verdict[rows] == MEETS
    pks, paid, pays = results.pks[rows], old[0].certain[rows], new[0].certain[rows]
    changed = was & now & (paid != pays)

    def listed(
        chosen: npt.NDArray[np.bool_], cents: npt.NDArray[np.int64]
    ) -> tuple[tuple[int, Decimal], ...]:
        return tuple((int(pk), yuan_of_cents(c)) for pk, c in zip(pks[chosen], cents[chosen], strict=True))

    return Comparison(
        before=count_totals(*old, rows),
        after=count_totals(*new, rows),
        gained=listed(now & ~was, pays),
        lost=listed(was & ~now, paid),
        changed=tuple(
            (int(pk), yuan_of_cents(a), yuan_of_cents(b))
            for pk, a, b in zip(pks[changed], paid[changed], pays[changed], strict=True)
        ),
    )
