"""From a YAML file to a policy. Every fault is told with its line and column, all of them at once."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import yaml

from gongjian.engines.policy.cases.reader import CaseReader
from gongjian.engines.policy.facts.catalogue import Catalogue
from gongjian.engines.policy.facts.periods import Period, parse_period
from gongjian.engines.policy.facts.units import Unit
from gongjian.engines.policy.language.definitions import read_definitions
from gongjian.engines.policy.language.errors import BadRule, Fault, Wrong
from gongjian.engines.policy.language.expressions import Read, read_amount, read_condition
from gongjian.engines.policy.language.functions import Scope
from gongjian.engines.policy.language.nodes import Among, Bool, Number, Numeric
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
from gongjian.engines.policy.rules.yaml_positions import Marks, Node
from gongjian.engines.policy.vocabulary import AREA_NAME, MONEY

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
        self.marks = Marks(text, name)
        self.catalogue = catalogue
        self.name = name
        self.scope = Scope(catalogue, codes=codes)
        self.references: list[Reference] = []

    def read(self) -> Policy:
        """The policy; raises BadRule with every fault found."""
        root = self.marks.root()
        fields = self.marks.mapping(root, FIELDS, name=self.name)
        policy = self._head(fields, root)
        self.scope.own = policy.period
        if "define" in fields:
            self._definitions(fields["define"])
        clauses = self._clauses(fields, root, policy.area)
        benefit = self._benefit(fields.get("benefit"))
        cases = CaseReader(self.marks, self.catalogue, {c.key for c in clauses}).read(fields.get("cases"))
        if self.marks.faults:
            raise BadRule(self.marks.faults, name=self.name)
        return replace(
            policy,
            clauses=clauses,
            benefit=benefit,
            cases=cases,
            references=tuple(self.references),
            file=self.name,
        )

    def _head(self, fields: dict[str, Node], root: Node) -> Policy:
        start = self._day(fields, "in_force_from", root)
        until = self._day(fields, "in_force_until", None)
        last = self._day(fields, "last_day", None)
        self._order(fields, start, until, "in_force_until")
        self._order(fields, start, last, "last_day")
        confirmed = self._yes(fields, "confirmed", root)
        note = self.marks.words(fields, "confirm_note", parent=root, needed=False)
        if not confirmed and "confirmed" in fields and not note:
            self.marks.fault(fields["confirmed"], "no_note")
        return Policy(
            code=self.marks.words(fields, "code", parent=root),
            name=self.marks.words(fields, "name", parent=root),
            document=self.marks.words(fields, "document", parent=root),
            issuer=self.marks.words(fields, "issuer", parent=root),
            source=self.marks.words(fields, "source", parent=root),
            level=self._choice(fields, "level", Level, root),
            area=self.marks.words(fields, "area", parent=root, needed=False),
            in_force_from=start or date.min,
            in_force_until=until,
            delivery=self._choice(fields, "delivery", Delivery, root),
            period=self._period(fields, root),
            last_day=last,
            confirmed=confirmed,
            confirm_note=note,
            explain=self.marks.words(fields, "explain", parent=root, needed=False),
            group=self._group(fields.get("group")),
            clauses=(),
            benefit=Benefit(),
        )

    def _day(self, fields: dict[str, Node], name: str, needed_by: Node | None) -> date | None:
        if needed_by is None and (name not in fields or fields[name].value in ("", "null", "~")):
            return None
        text = self.marks.words(fields, name, parent=needed_by or fields[name])
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.marks.fault(fields[name], "not_a_date", found=text)
            return None

    def _order(self, fields: dict[str, Node], start: date | None, end: date | None, name: str) -> None:
        if start and end and end < start:
            self.marks.fault(fields[name], "dates_reversed", later=name, earlier="in_force_from")

    def _yes(self, fields: dict[str, Node], name: str, root: Node) -> bool:
        node = fields.get(name)
        if node is None:
            self.marks.fault(root, "missing_field", name=name)
            return False
        if node.value not in ("true", "false"):
            self.marks.fault(node, "wants_yes_no", name=name, found=str(node.value)[:20])
        return bool(node.value == "true")

    def _choice(self, fields: dict[str, Node], name: str, kind: type[Choice], parent: Node) -> Choice:
        text = self.marks.words(fields, name, parent=parent)
        if text in set(kind):
            return kind(text)
        if text:
            self.marks.fault(fields[name], "not_a_choice", name=name, found=text, choices="、".join(kind))
        return next(iter(kind))

    def _period(self, fields: dict[str, Node], root: Node) -> Period | None:
        text = self.marks.words(fields, "period", parent=root)
        if text in ("", CURRENT):
            return None
        period = parse_period(text)
        if period is None:
            self.marks.fault(fields["period"], "not_a_period", found=text)
        return period

    def _group(self, node: Node | None) -> Group | None:
        if node is None:
            return None
        fields = self.marks.mapping(node, ("name", "rule", "cap"), name="group")
        if not fields:
            return None
        rule = self._choice(fields, "rule", Stacking, node)
        cap = self._constant(fields.get("cap"), "cap", money_unit(MONEY[0]))
        if rule is Stacking.CAP and cap is None:
            self.marks.fault(node, "missing_field", name="cap")
        return Group(self.marks.words(fields, "name", parent=node), rule, cap)

    def _definitions(self, node: Node) -> None:
        definitions, references = read_definitions(self.marks, node, self.scope)
        self.scope.definitions = definitions
        for owner, read in references:
            self._refer(owner, read)

    def _refer(self, node: Node, read: Read[Bool] | Read[Numeric] | Read[Bool | Numeric]) -> None:
        for code, offset in read.references:
            line, column = self.marks.place(node, offset)
            self.references.append(Reference(code, line, column))

    def _clauses(self, fields: dict[str, Node], root: Node, area: str) -> tuple[Clause, ...]:
        items = self.marks.items(fields.get("clauses"), name="clauses")
        if not items:
            self.marks.fault(fields.get("clauses", root), "no_clauses")
        clauses = [clause for item in items if (clause := self._clause(item)) is not None]
        seen: set[str] = set()
        for clause, item in zip(clauses, items, strict=False):
            if clause.key in seen:
                self.marks.fault(item, "key_taken", name=clause.key)
            seen.add(clause.key)
        return (*self._area(fields, area), *clauses)

    def _area(self, fields: dict[str, Node], area: str) -> Iterator[Clause]:
        """A policy of one area asks for firms of that area."""
        if not area:
            return
        fact = self.catalogue.find("area_code")
        if fact is None:
            self.marks.fault(fields["area"], "no_area_fact")
            return
        text = f"STARTS({fact.key}, '{area}')"
        yield Clause("area", AREA_NAME, "", text, Among(fact, (), (area,), text))

    def _clause(self, node: Node) -> Clause | None:
        fields = self.marks.mapping(node, ("key", "name", "reference", "condition"), name="clauses")
        if not fields:
            return None
        key = self.marks.words(fields, "key", parent=node)
        name = self.marks.words(fields, "name", parent=node)
        reference = self.marks.words(fields, "reference", parent=node, needed=False)
        text = self.marks.words(fields, "condition", parent=node)
        condition = self._condition(fields.get("condition"), text)
        return Clause(key, name, reference, text, condition) if condition is not None else None

    def _condition(self, node: Node | None, text: str) -> Bool | None:
        if node is None or not text:
            return None
        try:
            read = read_condition(node.value, scope=self.scope)
        except Wrong as wrong:
            self.marks.inside(node, wrong)
            return None
        self._refer(node, read)
        return read.value

    def _amount(self, node: Node | None, name: str, unit: Unit) -> Numeric | None:
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.marks.fault(node, "wants_text", name=name)
            return None
        try:
            read = read_amount(node.value, scope=self.scope, unit=unit)
        except Wrong as wrong:
            self.marks.inside(node, wrong)
            return None
        self._refer(node, read)
        return read.value

    def _constant(self, node: Node | None, name: str, unit: Unit) -> Fraction | None:
        amount = self._amount(node, name, unit)
        if amount is None or node is None:
            return None
        if not isinstance(amount, Number):
            self.marks.fault(node, "wants_number", name=name, found=str(node.value)[:24])
            return None
        return amount.value

    def _benefit(self, node: Node | None) -> Benefit:
        if node is None:
            return Benefit()
        fields = self.marks.mapping(node, ("parts", "combine", "cap", "pays_from", "unit"), name="benefit")
        name = self.marks.words(fields, "unit", parent=node, needed=False) or MONEY[0]
        if name not in MONEY:
            self.marks.fault(
                fields["unit"], "not_a_choice", name="unit", found=name, choices="、".join(MONEY)
            )
            name = MONEY[0]
        unit = money_unit(name)
        parts = [
            p for item in self.marks.items(fields.get("parts"), name="parts") if (p := self._part(item, unit))
        ]
        combine = self._choice(fields, "combine", Combine, node) if "combine" in fields else Combine.SUM
        cap = self._constant(fields.get("cap"), "cap", unit)
        pays_from = self._constant(fields.get("pays_from"), "pays_from", unit)
        return Benefit(tuple(parts), combine, cap, pays_from or Fraction(0))

    def _part(self, node: Node, unit: Unit) -> Part | None:
        fields = self.marks.mapping(
            node, ("name", "when", "amount", "cap", "floor", "reference"), name="parts"
        )
        if not fields:
            return None
        name = self.marks.words(fields, "name", parent=node)
        amount_text = self.marks.words(fields, "amount", parent=node)
        amount = self._amount(fields.get("amount"), "amount", unit) if amount_text else None
        when_text = self.marks.words(fields, "when", parent=node, needed=False)
        when = self._condition(fields.get("when"), when_text)
        cap = self._constant(fields.get("cap"), "cap", unit)
        floor = self._constant(fields.get("floor"), "floor", unit) or Fraction(0)
        if cap is not None and cap < floor:
            self.marks.fault(fields["cap"], "cap_below_floor")
        if amount is None:
            return None
        reference = self.marks.words(fields, "reference", parent=node, needed=False)
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
    """One policy from its file; a file that is no UTF-8 text is refused like any other fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadRule([Fault(line, 1, "yaml", {"found": "UTF-8"})], name=path.name) from error
    return read_policy(text, catalogue=catalogue, name=path.name)
