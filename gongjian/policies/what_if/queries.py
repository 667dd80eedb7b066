"""Two rules over the same firms (试算、比较): who gains, who loses, what it costs."""

from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from gongjian.engines import policy
from gongjian.policies.rule_files.checks import FaultLine, check_text, rule_of
from gongjian.policies.verdicts import results_in_memory
from gongjian.policies.verdicts.answers import Comparison
from gongjian.policies.verdicts.queries import Ids, counted, yuan
from gongjian.policies.verdicts.results_in_memory import MEETS, Board, board


def compare(before: str, after: str, *, on: date, ids: Ids) -> Comparison | tuple[FaultLine, ...]:
    """Both rules over the firms named; the faults of the one that cannot be read."""
    was, now = rule_of(before), rule_of(after)
    if was is None or now is None:
        return check_text(before if was is None else after).faults
    return between(board(on), was, now, ids=ids)


def between(found: Board, before: policy.Policy, after: policy.Policy, *, ids: Ids) -> Comparison:
    """Both rules over the firms of a board."""
    old, new = (results_in_memory.evaluate_one(found, rule, on=found.stamp.on) for rule in (before, after))
    at = found.rows_of(ids)
    was, now = old[0].verdict[at] == MEETS, new[0].verdict[at] == MEETS
    pks, paid, pays = found.pks[at], old[0].certain[at], new[0].certain[at]
    changed = was & now & (paid != pays)

    def listed(
        chosen: npt.NDArray[np.bool_], cents: npt.NDArray[np.int64]
    ) -> tuple[tuple[int, Decimal], ...]:
        return tuple((int(pk), yuan(c)) for pk, c in zip(pks[chosen], cents[chosen], strict=True))

    return Comparison(
        before=counted(*old, at),
        after=counted(*new, at),
        gained=listed(now & ~was, pays),
        lost=listed(was & ~now, paid),
        changed=tuple(
            (int(pk), yuan(a), yuan(b))
            for pk, a, b in zip(pks[changed], paid[changed], pays[changed], strict=True)
        ),
    )
