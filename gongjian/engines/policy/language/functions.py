"""The names and functions a condition may use, the context in which it is read, and the faults of wrong names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from gongjian.engines.policy.facts.catalogue import Catalogue, FactDef, Gather, Kind, closest
from gongjian.engines.policy.facts.periods import MONTHS, Period, PeriodKind, parse_period
from gongjian.engines.policy.language.errors import BadExpression, suggested
from gongjian.engines.policy.language.extents import Extent
from gongjian.engines.policy.language.grammar import QUANTITY, Tree
from gongjian.engines.policy.language.nodes import Bool, Numeric, PeriodSelector

AS_OF = "AS_OF"
FARTHEST = 1200  # months between the period of a policy and one it asks for
FARTHEST_DIGITS = 6

# Functions of the language, each with an example of its use.
FUNCTIONS = {
    "YEAR": "YEAR(营业收入, -1)",
    "QUARTER": "QUARTER(用电量, 0)",
    "MONTH": "MONTH(用电量, '2023-03')",
    "MAX_MONTH": "MAX_MONTH(用电量, YEAR, -1)",
    "MIN_MONTH": "MIN_MONTH(用电量, YEAR, -1)",
    "MEAN_MONTH": "MEAN_MONTH(用电量, QUARTER, 0)",
    "SUM_MONTH": "SUM_MONTH(用电量, QUARTER, 0)",
    "GROWTH": "GROWTH(营业收入, QUARTER) >= 10%",
    "HAS": "HAS('高新技术企业')",
    "ANY_OF": "ANY_OF('甲', '乙')",
    "ALL_OF": "ALL_OF('甲', '乙')",
    "STARTS": "STARTS(行业代码, 'C13', 'C14')",
    "KNOWN": "KNOWN(营业收入)",
    "MEETS": "MEETS('编号')",
    "LEAST": "LEAST(甲, 乙)",
    "GREATEST": "GREATEST(甲, 乙)",
}


@dataclass
class RuleScope:
    """What the expressions of one policy may refer to. `policy_period`: None means the period of the day of the question."""

    catalogue: Catalogue
    policy_period: Period | None = None
    definitions: Mapping[str, Numeric | Bool] = field(default_factory=dict)
    codes: frozenset[str] | None = None
    extents: dict[int, Extent] = field(default_factory=dict)  # of the definitions, by the id of each

    def names(self) -> list[str]:
        """Every name an expression may use."""
        return [*self.definitions, *self.catalogue.names()]


@dataclass
class ExpressionContext:
    """A parsed text with the scope in which it is read; collects references to other policies."""

    tree: Tree
    scope: RuleScope
    references: list[tuple[str, int]] = field(default_factory=list)

    def error(self, node: exp.Expr, code: str, **facts: str) -> BadExpression:
        """A fault at a node; its sentence quotes the text of the node unless `found` is given."""
        return BadExpression(self.tree.offset_of(node), code, **{"found": self.tree.text_of(node), **facts})

    def name(self, node: exp.Expr) -> str | None:
        """The plain name a node consists of; None if it is anything else."""
        if isinstance(node, exp.Column) and not node.args.get("table"):
            return str(node.name)
        return None

    def call(self, node: exp.Expr) -> str | None:
        """The name of the function a node calls, in capitals; None if it calls none."""
        return str(node.this).upper() if isinstance(node, exp.Anonymous) else None

    def fact(self, node: exp.Expr, *, kind: Kind | None = None) -> FactDef:
        """The fact a node names. Raises BadExpression with a suggestion."""
        name = self.name(node)
        if name is None:
            raise self.error(node, "arguments", name=self.tree.text_of(node), form=FUNCTIONS["YEAR"])
        fact = self.scope.catalogue.find(name)
        if fact is None:
            near = closest(name, self.scope.names())
            raise self.error(node, "unknown_fact", name=name, suggestion=suggested(near))
        if kind is Kind.NUMBER and fact.kind is not kind:
            raise self.error(node, "not_a_number")
        return fact

    def text(self, node: exp.Expr) -> str:
        """The quoted text a node consists of. Raises BadExpression."""
        if isinstance(node, exp.Literal) and node.is_string:
            return str(node.this)
        raise self.error(node, "text_literal")

    def some_text(self, node: exp.Expr) -> str:
        """The quoted text a node consists of, without blanks around it. Raises BadExpression, also when nothing is left."""
        text = self.text(node).strip()
        if not text:
            raise self.error(node, "empty_text")
        return text

    def whole_number(self, node: exp.Expr) -> int | None:
        """The whole number a node consists of; None if it is none."""
        sign = -1 if isinstance(node, exp.Neg) else 1
        inner = node.this if isinstance(node, exp.Neg) else node
        if not isinstance(inner, exp.Literal) or inner.is_string:
            return None
        digits = str(inner.this)
        return sign * int(digits) if digits.isdecimal() and len(digits) <= FARTHEST_DIGITS else None

    def period_selector(
        self, node: exp.Expr, fact: FactDef, kind: PeriodKind, which: exp.Expr | None
    ) -> PeriodSelector:
        """The period that `which` selects: steps from the policy's own, or a fixed one. Raises BadExpression."""
        name = str(node.this).upper()
        if not fact.periods:
            raise self.error(node, "no_periods", fact=fact.key, name=name)
        if not has_period_kind(fact, kind):
            raise self.error(
                node, "no_period_kind", fact=fact.key, kind=kind.value, kinds="、".join(fact.periods)
            )
        if which is None:
            return self._relative_period(node, kind, 0)
        if (steps := self.whole_number(which)) is not None:
            if abs(steps) * MONTHS[kind] > FARTHEST:
                raise self.error(which, "period_far")
            return self._relative_period(node, kind, steps)
        if isinstance(which, exp.Neg | exp.Literal) and not which.args.get("is_string"):
            raise self.error(which, "period_far")
        fixed = parse_period(self.text(which))
        if fixed is None or fixed.kind is not kind:
            raise self.error(which, "period_kind", name=name, form=FUNCTIONS.get(name, FUNCTIONS["YEAR"]))
        return PeriodSelector(kind, 0, fixed)

    def _relative_period(self, node: exp.Expr, kind: PeriodKind, steps: int) -> PeriodSelector:
        policy_period = self.scope.policy_period
        if policy_period is not None and (
            policy_period.kind is PeriodKind.DAY or MONTHS[kind] < MONTHS[policy_period.kind]
        ):
            raise self.error(
                node, "period_relative", own=str(policy_period), kind=kind.value, form=FUNCTIONS["MONTH"]
            )
        return PeriodSelector(kind, steps)

    def default_period(self, node: exp.Expr, fact: FactDef) -> PeriodSelector:
        """The period of a fact named without one; none for facts without periods or a policy without a period of its own."""
        policy_period = self.scope.policy_period
        if not fact.periods:
            return PeriodSelector()
        if policy_period is None:
            kind = next((k for k in PeriodKind if k in fact.periods and k in MONTHS), None)
            form = f"{kind}({fact.key}, -1)" if kind else FUNCTIONS["YEAR"]
            raise self.error(node, "period_bare", fact=fact.key, form=form)
        if not has_period_kind(fact, policy_period.kind):
            raise self.error(node, "period_default", fact=fact.key, own=str(policy_period))
        return PeriodSelector(policy_period.kind)


def has_period_kind(fact: FactDef, kind: PeriodKind) -> bool:
    """Whether a fact has values of that length, recorded or computed from shorter periods."""
    if kind in fact.periods:
        return True
    shorter = [p for p in fact.periods if p in MONTHS and kind in MONTHS and MONTHS[p] < MONTHS[kind]]
    return bool(shorter) and fact.gather is not Gather.NONE


def known_function(name: str) -> bool:
    """Whether the language has this function."""
    return name in FUNCTIONS or name == QUANTITY
