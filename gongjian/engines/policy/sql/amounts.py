"""Amounts in SQL: the certain and the possible amount, in whole numbers until the last step, rounded once to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from sqlglot import exp

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.rules.policy import Combine, Part
from gongjian.engines.policy.sql.expressions import (
    WHOLE,
    SqlWriter,
    is_null,
    null_unless_all_known,
    whole_number,
)


@dataclass(frozen=True)
class SqlAmounts:
    """Writes the benefit of one policy; every value is an amount in 元 times `scale`, which makes it whole."""

    bound: b.BoundPolicy
    writer: SqlWriter

    @property
    def scale(self) -> int:
        """The common denominator of everything that is added or compared."""
        benefit = self.bound.policy.benefit
        fixed = [benefit.cap, benefit.pays_from]
        fixed += [edge for part in benefit.parts for edge in (part.cap, part.floor)]
        values = [f for f in fixed if f is not None] + [part.amount.scale for part in self.bound.parts]
        return lcm(*(value.denominator for value in values))

    def amount(self, part: b.BoundPart) -> exp.Expr:
        """The formula of one part; NULL if any of its facts is unknown."""
        factor = part.amount.scale * self.scale
        return self.writer.linear_sum(part.amount.terms, part.amount.constant, int(factor))

    def _fixed(self, value: Fraction | int) -> exp.Expr:
        return exp.cast(whole_number(int(value * self.scale)), WHOLE[self.writer.dialect])

    def _within_limits(self, part: Part, value: exp.Expr) -> exp.Expr:
        """A value no lower than the floor and no higher than the cap of a part."""
        raised = exp.Anonymous(this="GREATEST", expressions=[value, self._fixed(part.floor)])
        return (
            raised
            if part.cap is None
            else exp.Anonymous(this="LEAST", expressions=[raised, self._fixed(part.cap)])
        )

    def least_paid(self, part: Part, when: exp.Expr | None, value: exp.Expr) -> exp.Expr:
        """The least a part pays."""
        unknown = exp.If(this=is_null(value), true=self._fixed(part.floor))
        paid = exp.Case(ifs=[unknown], default=self._within_limits(part, value.copy()))
        return paid if when is None else exp.Case(ifs=[exp.If(this=when, true=paid)], default=self._fixed(0))

    def most_paid(self, part: Part, when: exp.Expr | None, value: exp.Expr) -> exp.Expr:
        """The most a part may pay; NULL without an upper bound."""
        most = exp.cast(exp.Null(), WHOLE[self.writer.dialect]) if part.cap is None else self._fixed(part.cap)
        paid = exp.Case(
            ifs=[exp.If(this=is_null(value), true=most)], default=self._within_limits(part, value.copy())
        )
        if when is None:
            return paid
        return exp.Case(ifs=[exp.If(this=exp.Not(this=when.copy()), true=self._fixed(0))], default=paid)

    def combined(self, parts: Sequence[exp.Expr]) -> exp.Expr:
        """All parts together, before the limits of the benefit."""
        if not parts:
            return self._fixed(0)
        if len(parts) == 1:
            return parts[0]
        if self.bound.policy.benefit.combine is Combine.MAX:
            return null_unless_all_known(
                [part.copy() for part in parts], exp.Anonymous(this="GREATEST", expressions=list(parts))
            )
        total = parts[0]
        for part in parts[1:]:
            total = exp.Add(this=total, expression=part)
        return total

    def bounded(self, total: exp.Expr) -> exp.Expr:
        """A total no higher than the cap of the benefit, and zero below `pays_from`."""
        benefit = self.bound.policy.benefit
        if benefit.cap is not None:
            limited = exp.Anonymous(this="LEAST", expressions=[total, self._fixed(benefit.cap)])
            total = exp.Case(
                ifs=[exp.If(this=is_null(total.copy()), true=self._fixed(benefit.cap))], default=limited
            )
        if benefit.pays_from:
            too_little = exp.LT(this=exp.Paren(this=total.copy()), expression=self._fixed(benefit.pays_from))
            total = exp.Case(ifs=[exp.If(this=too_little, true=self._fixed(0))], default=total)
        return total

    def cents(self, total: exp.Expr) -> exp.Expr:
        """A total rounded half up to the cent: (200 x + D) div 2 D in whole numbers, since no two engines round alike."""
        doubled = exp.Mul(this=exp.Paren(this=total), expression=whole_number(200))
        above = exp.Paren(this=exp.Add(this=doubled, expression=self._fixed(1)))
        below = self._fixed(2)
        names = {"postgres": "DIV", "clickhouse": "intDiv"}
        if self.writer.dialect in names:
            quotient: exp.Expr = exp.Anonymous(this=names[self.writer.dialect], expressions=[above, below])
        else:
            quotient = exp.IntDiv(this=above, expression=below)
        hundredth = exp.cast(exp.Literal.string("0.01"), "DECIMAL(3, 2)")
        return exp.Mul(this=exp.cast(exp.cast(quotient, "BIGINT"), "DECIMAL(20, 0)"), expression=hundredth)
