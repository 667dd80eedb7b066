"""Policies from tests (合成): trees over both rails of bits, shared parts once, in blocks that fit the cache."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.tables.conditions import PreparedTable

BLOCK, LARGE_BLOCK = (
    1 << 16,
    1 << 17,
)  # firms per block: fewer when there are many rows of bits, so that they fit the cache
MANY = 512
Step = tuple[bool, int, tuple[int, ...]]  # whether all must hold (or any), the row to fill, the rows to join


class Program:
    """What to compute in which row of bits: tests first, then negated tests, then shared trees, then policies."""

    def __init__(self, policies: Sequence[Sequence[b.Tree]]) -> None:
        self.tests: list[b.Test] = []
        self.negated: list[tuple[int, int]] = []
        self.steps: list[Step] = []
        self._rows: dict[object, int] = {}
        self._trees: list[tuple[b.Tree, int]] = []
        for leaf in (leaf for trees in policies for tree in trees for leaf in b.leaves(tree)):
            if leaf.test not in self._rows:
                self._rows[leaf.test] = len(self.tests)
                self.tests.append(leaf.test)
        self.height = len(self.tests)
        self.policies = [self._joined(b.All(tuple(trees))) for trees in policies]

    def _new_row(self, key: object) -> int:
        self._rows[key] = self.height
        self.height += 1
        return self.height - 1

    def _row(self, tree: b.Tree) -> int:
        """The row of a tree, which is computed once."""
        if isinstance(tree, b.Leaf):
            return self._leaf(tree)
        joined = self._joined(tree)
        if len(joined) == 1:
            return joined[0]
        key = (isinstance(tree, b.All), joined)
        if key in self._rows:
            return self._rows[key]
        row = self._new_row(key)
        self.steps.append((isinstance(tree, b.All), row, joined))
        return row

    def _leaf(self, leaf: b.Leaf) -> int:
        row = self._rows[leaf.test]
        if not leaf.negated:
            return row
        key = ("not", row)
        if key not in self._rows:
            self.negated.append((row, self._new_row(key)))
        return self._rows[key]

    def _joined(self, tree: b.All | b.Any) -> tuple[int, ...]:
        """The rows to join, each once; an AND within an AND is taken apart, and so is an OR within an OR."""
        rows: dict[int, None] = {}
        for part in tree.parts:
            if type(part) is type(tree) and not isinstance(part, b.Leaf):
                rows.update(dict.fromkeys(self._joined(part)))
            else:
                rows[self._row(part)] = None
        return tuple(sorted(rows))


def evaluate(program: Program, prepared: PreparedTable) -> NDArray[np.uint8]:
    """The answers [policy, rail, byte]: rail 0 where a policy surely holds, rail 1 where it holds or is unknown."""
    rows, width = prepared.rows, (prepared.rows + 7) // 8
    result = np.empty((len(program.policies), 2, width), dtype=np.uint8)
    tests = [(*prepared.flags(test), prepared.nulls(test)) for test in program.tests]
    block = BLOCK if program.height > MANY else LARGE_BLOCK
    scratch = np.empty((program.height, 2, min(block // 8, width)), dtype=np.uint8)
    for start in range(0, rows, block):
        stop = min(start + block, rows)
        low, high = start // 8, (stop + 7) // 8
        part = scratch[:, :, : high - low]
        within = slice(start, stop)
        for n, (holds, unknown, nulls) in enumerate(tests):
            sure, maybe = part[n]
            sure[:] = np.packbits(holds(within), bitorder="little")
            undecided = (
                nulls[low:high] if nulls is not None else np.packbits(unknown(within), bitorder="little")
            )
            np.bitwise_or(sure, undecided, out=maybe)
        rows_of_part = list(part)
        _steps(program, rows_of_part)
        for n, joined in enumerate(program.policies):
            _join(rows_of_part, joined, result[n, :, low:high], every=True)
    _clear_tail(result, rows)
    return result


def rails_of(test: b.Test, prepared: PreparedTable) -> NDArray[np.uint8]:
    """The answers [rail, byte] to one test over the whole table."""
    holds, unknown = prepared.flags(test)
    nulls = prepared.nulls(test)
    everywhere = slice(0, prepared.rows)
    sure = np.packbits(holds(everywhere), bitorder="little")
    return np.stack(
        [sure, sure | (nulls if nulls is not None else np.packbits(unknown(everywhere), bitorder="little"))]
    )


def join_answers(program: Program, tests: Sequence[NDArray[np.uint8]], rows: int) -> NDArray[np.uint8]:
    """The answers [policy, rail, byte] from tests that are answered already."""
    width = (rows + 7) // 8
    scratch = np.empty((program.height, 2, width), dtype=np.uint8)
    for n, test in enumerate(tests):
        scratch[n] = test
    result = np.empty((len(program.policies), 2, width), dtype=np.uint8)
    parts = list(scratch)
    _steps(program, parts)
    for n, joined in enumerate(program.policies):
        _join(parts, joined, result[n], every=True)
    _clear_tail(result, rows)
    return result


def _steps(program: Program, part: list[NDArray[np.uint8]]) -> None:
    for row, target in program.negated:
        np.invert(part[row][1], out=part[target][0])
        np.invert(part[row][0], out=part[target][1])
    for every, target, joined in program.steps:
        _join(part, joined, part[target], every=every)


def _join(
    part: list[NDArray[np.uint8]], joined: tuple[int, ...], out: NDArray[np.uint8], *, every: bool
) -> None:
    """AND or OR of rows, both rails at once; without rows everything holds."""
    if not joined:
        out[:] = 255
        return
    if len(joined) == 1:
        out[:] = part[joined[0]]
        return
    join = np.bitwise_and if every else np.bitwise_or
    join(part[joined[0]], part[joined[1]], out=out)
    for row in joined[2:]:
        join(out, part[row], out=out)


def _clear_tail(result: NDArray[np.uint8], rows: int) -> None:
    """Clear the bits behind the last firm."""
    if rows % 8:
        result[:, :, -1] &= (1 << rows % 8) - 1


def rows_of(bits: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The rows whose bit is set; bytes that are zero are skipped."""
    places = np.flatnonzero(bits != 0)
    inside = np.flatnonzero(np.unpackbits(bits[places], bitorder="little").view(np.bool_))
    rows: NDArray[np.int64] = (places[inside >> 3] << 3) + (inside & 7)
    return rows
