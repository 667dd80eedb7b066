"""Every clause for one firm (逐户判定): clauses about a single column are looked up, the others are computed.

The answers about a number change only at the thresholds it is compared with, so between two of them they are computed once and
kept; so are the answers about a text. Answers are 0 (fails), 1 (unknown), 2 (meets).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.facts.row import Row
from gongjian.engines.policy.one_firm.closures import Closures, Judge

KEPT_TEXTS = 4096  # texts of one column whose answers are kept; beyond that all are dropped
Join = Callable[[bytearray], int]
_Key = tuple[bool, b.Test] | b.Tree


class _Lookup:
    """The trees about one single column, with the answers kept so far."""

    def __init__(self, place: int, trees: Sequence[b.Tree], judges: Sequence[Judge]) -> None:
        self.place, self.judges = place, judges
        tests = [leaf.test for tree in trees for leaf in b.leaves(tree)]
        numeric = next(b.sources(tests[0])).kind in (Kind.NUMBER, Kind.DATE, Kind.FLAG)
        self.cuts = _cuts(tests) if numeric else None
        self.answers_by_key: dict[object, bytes] = {}

    def work_out(self, key: object, row: Row) -> bytes:
        if len(self.answers_by_key) > KEPT_TEXTS:
            self.answers_by_key.clear()
        answers = self.answers_by_key[key] = bytes(judge(row) for judge in self.judges)
        return answers


def _cuts(tests: Iterable[b.Test]) -> list[int]:
    """The whole numbers at which the answer of any of these tests may change, ascending."""
    cuts: set[int] = set()
    for test in tests:
        if isinstance(test, b.LinearTest):
            (_source, factor), bound = test.terms[0], test.bound
            cuts |= {-(-bound // factor), bound // factor + 1}
    return sorted(cuts)


def _column(tree: b.Tree) -> b.FactSource | None:
    """The only column of a tree, if each of its tests compares that column alone with a constant; None otherwise."""
    columns = set(b.sources(tree))
    tests = (leaf.test for leaf in b.leaves(tree))
    plain = all(not isinstance(test, b.LinearTest) or _compares_one_column(test) for test in tests)
    return columns.pop() if len(columns) == 1 and plain else None


def _compares_one_column(test: b.LinearTest) -> bool:
    return len(test.terms) == 1 and isinstance(test.terms[0][0], b.FactSource) and test.terms[0][1] != 0


def _key(tree: b.Tree) -> _Key:
    """The key of a tree; the words of a leaf do not belong to it."""
    return (tree.negated, tree.test) if isinstance(tree, b.Leaf) else tree


class ClauseEvaluator:
    """Computes the answers to distinct trees for one row. `places`: where the answer to each tree stands."""

    def __init__(self, trees: Sequence[b.Tree], place: dict[str, int], closures: Closures) -> None:
        self._closures = closures
        self._of_one_column: dict[b.FactSource, dict[_Key, b.Tree]] = {}
        self._rest: dict[_Key, b.Tree] = {}
        for tree in trees:
            self._collect(tree)
        self._lookups = [
            _Lookup(
                place[source.column],
                [*trees_by_key.values()],
                [closures.tree(t) for t in trees_by_key.values()],
            )
            for source, trees_by_key in self._of_one_column.items()
        ]
        looked_up = [key for trees_by_key in self._of_one_column.values() for key in trees_by_key]
        self._at = {key: n for n, key in enumerate(chain(looked_up, self._rest))}
        self._general = [closures.tree(tree) for tree in self._rest.values()]
        self._joined: list[Join] = []
        self.places = [self._place(tree) for tree in trees]

    def _collect(self, tree: b.Tree) -> None:
        """Sort a tree into those about one column and single tests about several; what joins them is taken apart."""
        column = _column(tree)
        if column is not None:
            self._of_one_column.setdefault(column, {})[_key(tree)] = tree
        elif isinstance(tree, b.Leaf):
            self._rest[_key(tree)] = tree
        else:
            for part in tree.parts:
                self._collect(part)

    def _place(self, tree: b.Tree) -> int:
        key = _key(tree)
        if key not in self._at:
            assert not isinstance(tree, b.Leaf)  # noqa: S101 - all of them are sorted in
            parts = [self._place(part) for part in tree.parts]
            self._at[key] = len(self._at)
            self._joined.append(_joined_by(min if isinstance(tree, b.All) else max, parts))
        return self._at[key]

    def __call__(self, row: Row) -> bytearray:
        """The answers to every tree for one row."""
        parts = []
        for lookup in self._lookups:
            value = row[lookup.place]
            key = value if lookup.cuts is None or value is None else bisect_right(lookup.cuts, value)
            parts.append(lookup.answers_by_key.get(key) or lookup.work_out(key, row))
        answers = bytearray().join(parts)
        answers.extend([judge(row) for judge in self._general])
        for join in self._joined:
            answers.append(join(answers))
        return answers


def _joined_by(how: Callable[[tuple[int, ...]], int], places: list[int]) -> Join:
    if len(places) == 1:
        return itemgetter(places[0])
    pick = itemgetter(*places)
    return lambda answers: how(pick(answers))
