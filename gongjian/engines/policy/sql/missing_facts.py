"""Which facts a policy waits for, in SQL: those unknown in what is itself unknown, all the way up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.sql.expressions import Terms, all_of, any_of, column, is_null

Guards = Sequence[exp.Expr]


Told = Iterator[tuple[str, exp.Expr]]


@dataclass(frozen=True)
class Missing:
    """Writes one flag a column. The query it stands in has tests and columns by their short names, amounts as a0 ..."""

    bound: b.BoundPolicy
    terms: Terms

    def of_clauses(self) -> dict[str, exp.Expr]:
        """Column -> whether an undecided clause waits for it."""
        return _gathered(told for _, tree in self.bound.clauses for told in self._tree(tree, []))

    def of_parts(self) -> dict[str, exp.Expr]:
        """Column -> whether the amount waits for it."""
        return _gathered(told for n, part in enumerate(self.bound.parts) for told in self._part(n, part))

    def _part(self, n: int, part: b.BoundPart) -> Told:
        guards = [is_null(column(f"a{n}"))]
        if part.when is not None:
            yield from self._tree(part.when, [])
            when = self.terms.tree(part.when)
            guards.append(any_of([is_null(when), when.copy()]))
        for source in dict.fromkeys(b.sources(part.amount)):
            yield from self._source(source, guards)

    def _tree(self, tree: b.Tree, guards: Guards) -> Told:
        mine = [*guards, is_null(self.terms.tree(tree))]
        if isinstance(tree, b.Leaf):
            for source in dict.fromkeys(b.sources(tree.test)):
                yield from self._source(source, mine)
        else:
            for part in tree.parts:
                yield from self._tree(part, mine)

    def _source(self, source: b.Source, guards: Guards) -> Told:
        """The column itself; or, when some of what it is computed from is there, the rest of that."""
        mine = [*guards, is_null(self.terms.source(source))]
        if not source.parts:
            yield source.column, all_of(mine)
            return
        some = self.terms.some(source)
        yield source.column, all_of([*mine, exp.Not(this=some)])
        for part in source.parts:
            yield from self._source(part, [*mine, some.copy()])


def _gathered(told: Iterable[tuple[str, exp.Expr]]) -> dict[str, exp.Expr]:
    found: dict[str, list[exp.Expr]] = {}
    for name, test in told:
        found.setdefault(name, []).append(test)
    return {name: any_of(tests) for name, tests in found.items()}
