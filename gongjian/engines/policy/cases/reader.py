"""Cases in a rule file (用例): facts of an invented firm and the expected answer, checked against the catalogue."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import yaml

from gongjian.engines.policy.facts.catalogue import Catalogue, FactDef, Kind, closest
from gongjian.engines.policy.facts.periods import parse_period
from gongjian.engines.policy.language.errors import suggested
from gongjian.engines.policy.rules.policy import Case, Expect, Value, Verdict
from gongjian.engines.policy.rules.yaml_positions import Node, RuleText
from gongjian.engines.policy.vocabulary import CASE_FORMS

FARTHEST = 30  # places before or behind the point of a number in a case
UNBOUNDED = "unbounded"
_EXPECT = ("verdict", "certain", "possible", "missing", "clauses", "near")


@dataclass
class CaseReader:
    """Reads the cases of one policy. `keys`: the keys of its clauses."""

    rule_text: RuleText
    catalogue: Catalogue
    keys: set[str]

    def read(self, node: Node | None) -> tuple[Case, ...]:
        """All cases that can be read; faults are added to the rule text."""
        return tuple(
            c for item in self.rule_text.items(node, name="cases") if (c := self._case(item)) is not None
        )

    def _case(self, node: Node) -> Case | None:
        fields = self.rule_text.mapping(node, ("name", "facts", "as_of", "expect"), name="cases")
        if not fields:
            return None
        name = self.rule_text.text_field(fields, "name", parent=node)
        facts: list[tuple[str, Value]] = []
        if "facts" in fields:
            for key, value in self._pairs(fields["facts"], "facts"):
                facts += self._fact(key, value)
        if "expect" not in fields:
            self.rule_text.fault(node, "missing_field", name="expect")
            return None
        as_of = self._day(fields["as_of"]) if "as_of" in fields else None
        return Case(name, tuple(facts), self._expect(fields["expect"]), as_of, node.start_mark.line + 1)

    def _pairs(self, node: Node, name: str) -> list[tuple[Node, Node]]:
        self.rule_text.mapping(node, None, name=name)
        return list(node.value) if isinstance(node, yaml.MappingNode) else []

    def _fact_and_column(self, key: Node) -> tuple[FactDef, str] | None:
        """The fact and the column that a key of a case names; None after adding a fault."""
        word, _, tail = str(key.value).partition("@")
        fact = self.catalogue.find(word)
        period = parse_period(tail) if tail else None
        if fact is None:
            near = suggested(closest(word, self.catalogue.names()))
            self.rule_text.fault(key, "unknown_fact", name=word, suggestion=near)
            return None
        if tail and (period is None or not fact.periods):
            self.rule_text.fault(key, "case_fact", name=self.rule_text.written(key))
            return None
        return fact, f"{fact.key}@{period}" if period else fact.key

    def _fact(self, key: Node, node: Node) -> list[tuple[str, Value]]:
        named = self._fact_and_column(key)
        if named is None:
            return []
        fact, column = named
        if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null"):
            return [(column, None)]
        try:
            return [(column, self._value(fact, node))]
        except (ValueError, InvalidOperation):
            text = self.rule_text.written(node)
            self.rule_text.fault(
                node, "case_value", name=self.rule_text.written(key), found=text, form=CASE_FORMS[fact.kind]
            )
            return []

    def _value(self, fact: FactDef, node: Node) -> Value:
        if isinstance(node, yaml.ScalarNode) and fact.kind is not Kind.SET:
            return self._scalar(fact, str(node.value))
        if isinstance(node, yaml.SequenceNode) and fact.kind is Kind.SET:
            if any(not isinstance(item, yaml.ScalarNode) for item in node.value):
                raise ValueError(fact.key)
            return tuple(str(item.value) for item in node.value)
        raise ValueError(fact.key)

    def _scalar(self, fact: FactDef, text: str) -> Value:
        if fact.kind is Kind.NUMBER:
            return _finite_decimal(text)
        if fact.kind is Kind.FLAG:
            if text not in ("true", "false"):
                raise ValueError
            return text == "true"
        if fact.kind is Kind.DATE:
            return date.fromisoformat(text)
        if fact.choices and text not in fact.choices:
            raise ValueError
        return text

    def _day(self, node: Node) -> date | None:
        try:
            return date.fromisoformat(str(node.value))
        except ValueError:
            self.rule_text.fault(node, "not_a_date", found=self.rule_text.written(node))
            return None

    def _expect(self, node: Node) -> Expect:
        fields = self.rule_text.mapping(node, _EXPECT, name="expect")
        missing = fields.get("missing")
        clauses = self._clauses(fields["clauses"]) if "clauses" in fields else ()
        possible = fields.get("possible")
        unbounded = possible is not None and possible.value == UNBOUNDED
        return Expect(
            self._verdict(fields["verdict"]) if "verdict" in fields else None,
            self._number(fields.get("certain"), "certain"),
            UNBOUNDED if unbounded else self._number(possible, "possible"),
            self._missing(missing) if missing is not None else None,
            clauses,
            self._near(fields["near"]) if "near" in fields else None,
        )

    def _missing(self, node: Node) -> tuple[str, ...]:
        named = [self._fact_and_column(item) for item in self.rule_text.items(node, name="missing")]
        return tuple(
            sorted(column for fact_and_column in named if fact_and_column for column in fact_and_column[1:])
        )

    def _clauses(self, node: Node) -> tuple[tuple[str, Verdict], ...]:
        verdicts = []
        for key, value in self._pairs(node, "clauses"):
            word = str(key.value)
            if word not in self.keys:
                near = suggested(closest(word, self.keys))
                self.rule_text.fault(key, "unknown_clause", name=self.rule_text.written(key), suggestion=near)
            elif (verdict := self._verdict(value)) is not None:
                verdicts.append((word, verdict))
        return tuple(verdicts)

    def _near(self, node: Node) -> tuple[tuple[str, Decimal], ...]:
        gaps = []
        for key, value in self._pairs(node, "near"):
            named, gap = self._fact_and_column(key), self._number(value, "near")
            if named is not None and gap is not None:
                gaps.append((named[1], Decimal(str(value.value))))
        return tuple(sorted(gaps))

    def _verdict(self, node: Node) -> Verdict | None:
        if str(node.value) in set(Verdict):
            return Verdict(str(node.value))
        choices = "、".join(Verdict)
        self.rule_text.fault(
            node, "not_a_choice", name="verdict", found=self.rule_text.written(node), choices=choices
        )
        return None

    def _number(self, node: Node | None, name: str) -> Fraction | None:
        if node is None:
            return None
        try:
            return Fraction(_finite_decimal(str(node.value)))
        except (ValueError, InvalidOperation):
            self.rule_text.fault(node, "wants_number", name=name, found=self.rule_text.written(node))
            return None


def _finite_decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite() or abs(value.adjusted()) > FARTHEST:
        raise ValueError(text)
    return value
