"""From a YAML file to a policy. All faults are reported together, each with its line and column."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import yaml

from gongjian.engines.policy.cases.reader import CaseReader
from gongjian.engines.policy.facts.areas import AREA_CODE, area_prefix
from gongjian.engines.policy.facts.catalogue import Catalogue
from gongjian.engines.policy.facts.periods import Period, parse_period
from gongjian.engines.policy.facts.units import MeasureUnit
from gongjian.engines.policy.language.definitions import read_definitions
from gongjian.engines.policy.language.errors import BadExpression, BadRule, Fault
from gongjian.engines.policy.language.expressions import ReadExpression, read_amount, read_condition
from gongjian.engines.policy.language.functions import RuleScope
from gongjian.engines.policy.language.nodes import Bool, Constant, Numeric, TextIn
from gongjian.engines.policy.rules.policy import (
    Benefit,
    Clause,
    Combine,
    Delivery,
    Group,
    Level,
    Part,
    Policy,
    Reference,
    Stacking,
    money_unit,
)
from gongjian.engines.policy.rules.yaml_positions import Node, RuleText
from gongjian.engines.policy.vocabulary import AREA_NAME, MONEY
from gongjian.engines.writing.signs import clean_text

FIELDS = (
    "code",
    "name",
    "document",
    "issuer",
    "level",
    "area",
    "in_force_from",
    "in_force_until",
    "delivery",
    "period",
    "last_day",
    "confirmed",
    "confirm_note",
    "source",
    "group",
    "explain",
    "define",
    "clauses",
    "benefit",
    "cases",
)
CURRENT = "current"
Choice = TypeVar("Choice", bound=StrEnum)


class PolicyReader:
    """Reads one file."""

    def __init__(self, text: str, *, catalogue: Catalogue, name: str, codes: frozenset[str] | None) -> None:
        self.rule_text = RuleText(text, name)
        self.catalogue = catalogue
        self.name = name
        self.scope = RuleScope(catalogue, codes=codes)
        self.references: list[Reference] = []

    def read(self) -> Policy:
        """The policy. Raises BadRule with every fault."""
        root = self.rule_text.root()
        fields = self.rule_text.mapping(root, FIELDS, name=self.name)
        policy = self._header(fields, root)
        self.scope.policy_period = policy.period
        if "define" in fields:
            self._definitions(fields["define"])
        clauses = self._clauses(fields, root, policy.area)
        benefit = self._benefit(fields.get("benefit"))
        cases = CaseReader(self.rule_text, self.catalogue, {c.key for c in clauses}).read(fields.get("cases"))
        if self.rule_text.faults:
            raise BadRule(self.rule_text.faults, name=self.name)
        return replace(
            policy,
            clauses=clauses,
            benefit=benefit,
            cases=cases,
            references=tuple(self.references),
            file=self.name,
        )

    def _header(self, fields: dict[str, Node], root: Node) -> Policy:
        start = self._day(fields, "in_force_from", root)
        in_force_until = self._day(fields, "in_force_until", None)
        last_day = self._day(fields, "last_day", None)
        self._check_order(fields, start, in_force_until, "in_force_until")
        self._check_order(fields, start, last_day, "last_day")
        confirmed = self._yes_or_no(fields, "confirmed", root)
        note = self.rule_text.text_field(fields, "confirm_note", parent=root, needed=False)
        if not confirmed and "confirmed" in fields and not note:
            self.rule_text.fault(fields["confirmed"], "no_note")
        return Policy(
            code=self.rule_text.text_field(fields, "code", parent=root),
            name=self.rule_text.text_field(fields, "name", parent=root),
            document=self.rule_text.text_field(fields, "document", parent=root),
            issuer=self.rule_text.text_field(fields, "issuer", parent=root),
            source=self.rule_text.text_field(fields, "source", parent=root),
            level=self._choice(fields, "level", Level, root),
            area=self.rule_text.text_field(fields, "area", parent=root, needed=False),
            in_force_from=start or date.min,
            in_force_until=in_force_until,
            delivery=self._choice(fields, "delivery", Delivery, root),
            period=self._period(fields, root),
            last_day=last_day,
            confirmed=confirmed,
            confirm_note=note,
            explain=self.rule_text.text_field(fields, "explain", parent=root, needed=False),
            group=self._group(fields.get("group")),
            clauses=(),
            benefit=Benefit(),
        )

    def _day(self, fields: dict[str, Node], name: str, needed_by: Node | None) -> date | None:
        if needed_by is None and (name not in fields or fields[name].value in ("", "null", "~")):
            return None
        text = self.rule_text.text_field(fields, name, parent=needed_by or fields[name])
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.rule_text.fault(fields[name], "not_a_date", found=text)
            return None

    def _check_order(self, fields: dict[str, Node], start: date | None, end: date | None, name: str) -> None:
        if start and end and end < start:
            self.rule_text.fault(fields[name], "dates_reversed", later=name, earlier="in_force_from")

    def _yes_or_no(self, fields: dict[str, Node], name: str, root: Node) -> bool:
        node = fields.get(name)
        if node is None:
            self.rule_text.fault(root, "missing_field", name=name)
            return False
        if node.value not in ("true", "false"):
            self.rule_text.fault(node, "wants_yes_no", name=name, found=self.rule_text.written(node))
        return bool(node.value == "true")

    def _choice(self, fields: dict[str, Node], name: str, kind: type[Choice], parent: Node) -> Choice:
        text = self.rule_text.text_field(fields, name, parent=parent)
        if text in set(kind):
            return kind(text)
        if text:
            self.rule_text.fault(fields[name], "not_a_choice", name=name, found=text, choices="、".join(kind))
        return next(iter(kind))

    def _period(self, fields: dict[str, Node], root: Node) -> Period | None:
        text = self.rule_text.text_field(fields, "period", parent=root)
        if text in ("", CURRENT):
            return None
        period = parse_period(text)
        if period is None:
            self.rule_text.fault(fields["period"], "not_a_period", found=text)
        return period

    def _group(self, node: Node | None) -> Group | None:
        if node is None:
            return None
        fields = self.rule_text.mapping(node, ("name", "rule", "cap"), name="group")
        if not fields:
            return None
        rule = self._choice(fields, "rule", Stacking, node)
        cap = self._constant(fields.get("cap"), "cap", money_unit(MONEY[0]))
        if rule is Stacking.CAP and cap is None:
            self.rule_text.fault(node, "missing_field", name="cap")
        return Group(self.rule_text.text_field(fields, "name", parent=node), rule, cap)

    def _definitions(self, node: Node) -> None:
        definitions, references = read_definitions(self.rule_text, node, self.scope)
        self.scope.definitions = definitions
        for owner, read in references:
            self._add_references(owner, read)

    def _add_references(
        self,
        node: Node,
        read: ReadExpression[Bool] | ReadExpression[Numeric] | ReadExpression[Bool | Numeric],
    ) -> None:
        for code, offset in read.references:
            line, column = self.rule_text.position(node, offset)
            self.references.append(Reference(code, line, column))

    def _clauses(self, fields: dict[str, Node], root: Node, area: str) -> tuple[Clause, ...]:
        items = self.rule_text.items(fields.get("clauses"), name="clauses")
        if not items:
            self.rule_text.fault(fields.get("clauses", root), "no_clauses")
        clauses = [clause for item in items if (clause := self._clause(item)) is not None]
        seen: set[str] = set()
        for clause, item in zip(clauses, items, strict=False):
            if clause.key in seen:
                self.rule_text.fault(item, "key_taken", name=clause.key)
            seen.add(clause.key)
        return (*self._area(fields, area), *clauses)

    def _area(self, fields: dict[str, Node], area: str) -> Iterator[Clause]:
        """The clause that limits a policy of one area to firms of that area."""
        if not area:
            return
        fact = self.catalogue.find(AREA_CODE)
        if fact is None:
            self.rule_text.fault(fields["area"], "no_area_fact")
            return
        prefix = area_prefix(area)
        if prefix is None:
            self.rule_text.fault(fields["area"], "not_an_area", found=area[:24])
            return
        text = f"STARTS({fact.key}, '{prefix}')"
        yield Clause("area", AREA_NAME, "", text, TextIn(fact, (), (prefix,), text))

    def _clause(self, node: Node) -> Clause | None:
        fields = self.rule_text.mapping(node, ("key", "name", "reference", "condition"), name="clauses")
        if not fields:
            return None
        key = self.rule_text.text_field(fields, "key", parent=node)
        name = self.rule_text.text_field(fields, "name", parent=node)
        reference = self.rule_text.text_field(fields, "reference", parent=node, needed=False)
        text = self.rule_text.text_field(fields, "condition", parent=node)
        condition = self._condition(fields.get("condition"), text)
        return Clause(key, name, reference, text, condition) if condition is not None else None

    def _condition(self, node: Node | None, text: str) -> Bool | None:
        if node is None or not text:
            return None
        try:
            read = read_condition(node.value, scope=self.scope)
        except BadExpression as error:
            self.rule_text.fault_inside(node, error)
            return None
        self._add_references(node, read)
        return read.value

    def _amount(self, node: Node | None, name: str, unit: MeasureUnit) -> Numeric | None:
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.rule_text.fault(node, "wants_text", name=name)
            return None
        try:
            read = read_amount(node.value, scope=self.scope, unit=unit)
        except BadExpression as error:
            self.rule_text.fault_inside(node, error)
            return None
        self._add_references(node, read)
        return read.value

    def _constant(self, node: Node | None, name: str, unit: MeasureUnit) -> Fraction | None:
        amount = self._amount(node, name, unit)
        if amount is None or node is None:
            return None
        if not isinstance(amount, Constant):
            self.rule_text.fault(node, "wants_number", name=name, found=self.rule_text.written(node))
            return None
        return amount.value

    def _benefit(self, node: Node | None) -> Benefit:
        if node is None:
            return Benefit()
        fields = self.rule_text.mapping(
            node, ("parts", "combine", "cap", "pays_from", "unit"), name="benefit"
        )
        name = self.rule_text.text_field(fields, "unit", parent=node, needed=False) or MONEY[0]
        if name not in MONEY:
            self.rule_text.fault(
                fields["unit"], "not_a_choice", name="unit", found=name, choices="、".join(MONEY)
            )
            name = MONEY[0]
        unit = money_unit(name)
        parts = [
            p
            for item in self.rule_text.items(fields.get("parts"), name="parts")
            if (p := self._part(item, unit))
        ]
        combine = self._choice(fields, "combine", Combine, node) if "combine" in fields else Combine.SUM
        cap = self._constant(fields.get("cap"), "cap", unit)
        pays_from = self._constant(fields.get("pays_from"), "pays_from", unit)
        return Benefit(tuple(parts), combine, cap, pays_from or Fraction(0))

    def _part(self, node: Node, unit: MeasureUnit) -> Part | None:
        fields = self.rule_text.mapping(
            node, ("name", "when", "amount", "cap", "floor", "reference"), name="parts"
        )
        if not fields:
            return None
        name = self.rule_text.text_field(fields, "name", parent=node)
        amount_text = self.rule_text.text_field(fields, "amount", parent=node)
        amount = self._amount(fields.get("amount"), "amount", unit) if amount_text else None
        when_text = self.rule_text.text_field(fields, "when", parent=node, needed=False)
        when = self._condition(fields.get("when"), when_text)
        cap = self._constant(fields.get("cap"), "cap", unit)
        floor = self._constant(fields.get("floor"), "floor", unit) or Fraction(0)
        if cap is not None and cap < floor:
            self.rule_text.fault(fields["cap"], "cap_below_floor")
        if amount is None:
            return None
        reference = self.rule_text.text_field(fields, "reference", parent=node, needed=False)
        return Part(name, amount, amount_text, when, when_text, cap, floor, reference)


def read_policy(
    text: str, *, catalogue: Catalogue, name: str = "", codes: Collection[str] | None = None
) -> Policy:
    """One policy from the text of its file.

    `codes`: the other policies that MEETS('...') may name; None leaves that to `read_library`.
    Raises BadRule with every fault, each with line, column, what is wrong and what to do.
    """
    known = None if codes is None else frozenset(codes)
    return PolicyReader(text, catalogue=catalogue, name=name, codes=known).read()


def read_file(path: Path, *, catalogue: Catalogue) -> Policy:
    """One policy from its file. Raises BadRule, also when the file is not UTF-8."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadRule([Fault(line, 1, "not_utf8")], name=path.name) from error
    return read_policy(clean_text(text), catalogue=catalogue, name=path.name)
