"""The facts a policy waits for, in SQL: those that are unknown inside expressions that are themselves unknown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.sql.expressions import SqlWriter, all_of, any_of, column, is_null

Guards = Sequence[exp.Expr]


ColumnFlags = Iterator[tuple[str, exp.Expr]]


@dataclass(frozen=True)
class SqlMissingFacts:
    """Writes one flag per column, for a query that has tests and columns by their short names and amounts as a0, a1 ..."""

    bound: b.BoundPolicy
    writer: SqlWriter
    prefix: str = ""  # of the names of the amounts

    def of_clauses(self) -> dict[str, exp.Expr]:
        """For each column, whether an undecided clause waits for it."""
        return _by_column(flag for _, tree in self.bound.clauses for flag in self._tree(tree, []))

    def of_parts(self) -> dict[str, exp.Expr]:
        """For each column, whether the amount waits for it."""
        return _by_column(flag for n, part in enumerate(self.bound.parts) for flag in self._part(n, part))

    def _part(self, n: int, part: b.BoundPart) -> ColumnFlags:
        guards = [is_null(column(f"{self.prefix}a{n}"))]
        if part.when is not None:
            yield from self._tree(part.when, [])
            when = self.writer.tree(part.when)
            guards.append(any_of([is_null(when), when.copy()]))
        for source in dict.fromkeys(b.sources(part.amount)):
            yield from self._source(source, guards)

    def _tree(self, tree: b.Tree, guards: Guards) -> ColumnFlags:
        conditions = [*guards, self.writer.undecided(tree)]
        if isinstance(tree, b.Leaf):
            for source in dict.fromkeys(b.sources(tree.test)):
                yield from self._source(source, conditions)
        else:
            for part in tree.parts:
                yield from self._tree(part, conditions)

    def _source(self, source: b.FactSource, guards: Guards) -> ColumnFlags:
        """Flags of the column itself, or of its missing parts when some parts are known."""
        conditions = [*guards, is_null(self.writer.source(source))]
        if not source.parts:
            yield source.column, all_of(conditions)
            return
        some = self.writer.partly_known(source)
        yield source.column, all_of([*conditions, exp.Not(this=some)])
        for part in source.parts:
            yield from self._source(part, [*conditions, some.copy()])


def _by_column(flags: Iterable[tuple[str, exp.Expr]]) -> dict[str, exp.Expr]:
    tests_by_column: dict[str, list[exp.Expr]] = {}
    for name, test in flags:
        tests_by_column.setdefault(name, []).append(test)
    return {name: any_of(tests) for name, tests in tests_by_column.items()}
