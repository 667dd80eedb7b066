"""Names that no register knows for certain, collected into one list: create, match or skip, once for all rows (未登记的名称)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from gongjian.engines.writing.folding import fold_name
from gongjian.enterprises import services as enterprises
from gongjian.imports.plans import Ref, RowPlan
from gongjian.imports.states import NameDecision, NameKind
from gongjian.people import services as people
from gongjian.people.models import Account, Area


@dataclass
class UnknownName:
    """One name: where it is written, what it may be, what a new record would hold, and what was decided."""

    key: str
    kind: NameKind
    name: str
    where: str
    near: list[tuple[int, str]]
    facts: dict[str, Any]
    decision: str = ""
    match: int | None = None
    rows: list[int] = field(default_factory=list)
    made: list[int] = field(default_factory=list)  # firms of this name that the list has created already

    def register(self, by: Account, at: datetime) -> Model:
        """Register it, in the caller's transaction."""
        if self.kind == NameKind.FIRM:
            area = Area.objects.get(pk=self.facts["area"])
            others = [*(pk for pk, _shown in self.near), *self.made]  # the list has shown them
            firm = enterprises.register_firm(
                name=self.name, credit_code=self.facts["code"], area=area, namesakes=others, by=by, at=at
            )
            self.made.append(firm.pk)
            return firm
        if self.kind == NameKind.UNIT:
            area = Area.objects.get(pk=self.facts["area"])
            return people.add_unit(area, name=self.facts["name"], by=by, at=at)
        return people.add_person(name=self.facts["name"], phone=self.facts["phone"], by=by, at=at)


class UnknownNames:
    """The list, filled while rows are compared."""

    def __init__(self, decisions: Mapping[str, Any]) -> None:
        self.decisions = decisions
        self.listed: dict[str, UnknownName] = {}
        self._made: dict[str, list[int]] = defaultdict(list)

    def settle(
        self,
        plan: RowPlan,
        kind: NameKind,
        name: str,
        *,
        where: str = "",
        near: list[tuple[int, str]] | None = None,
        facts: dict[str, Any] | None = None,
    ) -> Ref | None:
        """The record the name stands for by the decision on it; None, said in the plan, when it is skipped or undecided."""
        key, facts = f"{kind.value}:{fold_name(name)}@{fold_name(where)}", facts or {}
        if self._has_another_code(key, facts):
            key, where = f"{key}#{facts['code']}", f"{where} {facts['code']}".strip()
        if key not in self.listed:
            decided = self.decisions.get(key, {})
            entry = UnknownName(key, kind, name, where, near or [], facts, made=self._made[fold_name(name)])
            entry.decision, entry.match = decided.get("do", ""), decided.get("pk")
            self.listed[key] = entry
        entry = self.listed[key]
        entry.facts = facts | {name: value for name, value in entry.facts.items() if value}
        entry.rows.append(plan.row.number)
        if entry.decision == NameDecision.CREATE:
            return Ref(key=key)
        if entry.decision == NameDecision.MATCH and entry.match:
            return Ref(pk=entry.match)
        if entry.decision == NameDecision.SKIP:
            plan.skipped.append(_("“%(name)s”按您的选择跳过") % {"name": name})
        else:
            plan.undecided.append(
                _("%(kind)s“%(name)s”还没有登记，或不止一个：请先登记，或在名单里定下是哪一个")
                % {"kind": kind.label, "name": name}
            )
        return None

    def _has_another_code(self, key: str, facts: Mapping[str, Any]) -> bool:
        """Whether the list has a firm of this name and place with another code."""
        known = self.listed[key].facts.get("code") if key in self.listed else None
        return bool(known and facts.get("code") and known != facts["code"])

    @property
    def undecided(self) -> list[UnknownName]:
        """Those still without a decision."""
        return [entry for entry in self.listed.values() if not entry.decision]
