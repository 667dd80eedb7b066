"""The problem ledger with its past states (问题台账): each row a problem, its matter, what the firm said, with the days of the ledger."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.assignments.past_matters.services import PastMatter
from gongjian.assignments.states import Outcome
from gongjian.audit import Refused
from gongjian.engines.writing.folding import fold_name
from gongjian.engines.writing.phones import mask_phones
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.register.credit_code import read_credit_code
from gongjian.imports.kinds.problem_states import PastState, past_state
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.firm_register import FirmRegister
from gongjian.imports.names.registers import AreaEntry, NamedPerson, persons_in
from gongjian.imports.plans import Context, Ref, RowPlan, Writer
from gongjian.imports.reading.fields import FIELDS
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.states import ImportKind
from gongjian.imports.vocabulary import UNIT_LIST, UNIT_PART
from gongjian.people.models import Tenure
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.problems.past_problems.services import PastProblem, PastWord
from gongjian.problems.states import Category, Channel, Origin, Satisfaction, WordMethod

LABELS = {field.name: field.label for field in FIELDS[ImportKind.PROBLEMS]}
STATE = gettext_lazy("状态")
TITLE = 30  # characters of a problem by which a row is shown
Units = tuple[Ref, list[Ref], Ref | None]  # lead unit, supporting units, responsible leader


class ProblemRows:
    """Compares rows of problems with the ledger and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context, self.registers = finder, context, finder.registers
        self.firms = FirmRegister()
        self.seen: dict[tuple[str, str, date], int] = {}
        self._known: set[tuple[int, str]] | None = None

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """As they stand."""
        return rows

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create; a problem that is in the ledger already stays as it is."""
        plan = RowPlan(row, row.text("text")[:TITLE])
        state = past_state(row)
        if state is None or row.troubles:
            return plan
        firm = self._firm(plan)
        if row.troubles or (firm is not None and self._stands_already(plan, firm, state)):
            return plan
        units = self._units(plan) if row.text("lead_unit") else None
        person = self._person(plan, units) if row.text("lead_unit") else None
        if firm is None or row.troubles or plan.undecided or plan.skipped:
            return plan
        plan.is_new = True
        self._show(plan, state)
        plan.entry = partial(self._past, plan, state, (firm, units, person))
        return plan

    def _show(self, plan: RowPlan, state: PastState) -> None:
        row = plan.row
        for name in ("firm", "collected_on", "lead_unit", "handed_on", "due"):
            plan.change(LABELS[name], "", state.collected_on if name == "collected_on" else row.text(name))
        plan.change(STATE, "", state.in_words)
        if not row.values.get("category"):
            plan.notes.append(_("没有写类别，记为“其他”"))
        plan.notes += state.notes

    # --- who it is about

    def _firm(self, plan: RowPlan) -> Ref | None:
        row, area = plan.row, self.finder.county(plan)
        try:
            code = read_credit_code(row.text("code")) or ""
        except Refused as refused:
            row.refuse(refused.sentence, "code")
            return None
        if row.troubles:
            return None
        return self.finder.firm(plan, self.firms, row.text("firm"), code=code, area=area)

    def _stands_already(self, plan: RowPlan, firm: Ref, state: PastState) -> bool:
        """Whether the ledger, or an earlier row, has this problem of this firm from this day."""
        text = fold_name(mask_phones(plan.row.text("text")))
        key = (firm.key or str(firm.pk), text, state.collected_on)
        if (first := self.seen.setdefault(key, plan.row.number)) != plan.row.number:
            plan.notes.append(_("与第 %(row)s 行重复") % {"row": first + 1})
            return True
        if self._known is None:
            rows = Problem.objects.values_list("enterprise_id", "text", "recorded_at")
            self._known = {
                (pk, f"{fold_name(mask_phones(said))}{timezone.localdate(at)}")
                for pk, said, at in rows.iterator()
            }
        if (firm.pk or 0, f"{text}{state.collected_on}") in self._known:
            plan.notes.append(_("台账里已有，办理情况以台账为准"))
            return True
        return False

    # --- who had it

    def _units(self, plan: RowPlan) -> Units | None:
        row = plan.row
        named = self._named_units(row.text("lead_unit"))
        others = self._named_units(row.text("supporting_units"))
        area = self.registers.areas_called(row.text("county"))
        found = [self.finder.unit(plan, name, area=self._home(name, area)) for name in [*named, *others]]
        leader = None
        if who := next(iter(persons_in(row.text("responsible_leader"))), None):
            leader = self.finder.person(plan, who)
        settled = [unit for unit in found if unit is not None]
        if len(settled) < len(found) or not settled:
            return None
        return settled[0], list(dict.fromkeys(unit for unit in settled[1:] if unit != settled[0])), leader

    def _named_units(self, text: str) -> list[str]:
        """The units a cell names: 金融局牵头，人社局配合; blanks part them where each piece is a unit."""
        found: list[str] = []
        for part in filter(None, (UNIT_PART.sub("", part.strip()) for part in UNIT_LIST.split(text))):
            pieces = part.split()
            several = len(pieces) > 1 and not self.registers.units_called(part)
            found += pieces if several and all(map(self.registers.units_called, pieces)) else [part]
        return found

    def _home(self, name: str, area: list[AreaEntry]) -> AreaEntry | None:
        """The county of the row where it has a unit of this name: 发改局 is that of the county."""
        if len(area) == 1 and any(unit.area == area[0].pk for unit in self.registers.units_called(name)):
            return area[0]
        return None

    def _person(self, plan: RowPlan, units: Units | None) -> Ref | None:
        """The responsible person; a row that names none asks whether it was the unit's principal."""
        row, unit = plan.row, units[0] if units else Ref()
        if who := next(iter(persons_in(row.text("responsible_person"))), None):
            phone = who.phone or row.text("person_phone")
            return self.finder.person(
                plan, NamedPerson(who.name, who.title, phone), unit=unit.pk, where=row.text("lead_unit")
            )
        if units is None:
            return None  # asked once the unit is known
        principal = (
            Tenure.objects.filter(post__unit=unit.pk, post__is_principal=True, until__isnull=True)
            .select_related("person")
            .first()
            if unit.pk
            else None
        )
        if principal is None:
            row.refuse(
                _("没有写责任人，%(unit)s也没有登记一把手。请写明责任人") % {"unit": row.text("lead_unit")},
                "responsible_person",
            )
            return None
        plan.questions.append(
            _("没有写责任人：记在一把手%(name)s名下请勾选") % {"name": principal.person.name}
        )
        return Ref(pk=principal.person_id)

    # --- writing

    def write_together(self, plans: Sequence[RowPlan], to: Writer) -> None:
        """Write many rows in a few statements; a row that is refused stays out and stops no other."""
        ready: list[tuple[RowPlan, PastProblem, Enterprise]] = []
        guard: Any = transaction.atomic if to.names else nullcontext  # names are all that is stored so far
        for plan in plans:
            with to.row(plan, guard=guard):
                past, firm = plan.entry(to)
                problems.check_problem(past, enterprise=firm, by=to.by)
                ready.append((plan, past, firm))
        made = problems.import_problems([(past, firm) for _plan, past, firm in ready], by=to.by, at=to.at)
        for (plan, _past, _firm), problem in zip(ready, made, strict=True):
            to.created(plan, problem)

    def _past(self, plan: RowPlan, state: PastState, who: Any, to: Writer) -> Any:
        firm, units, person = who
        past = PastProblem(
            text=plan.row.text("text"),
            collected_on=state.collected_on,
            own_number=plan.row.text("number"),
            category=Category(plan.row.values.get("category", Category.OTHER)),
            channel=Channel(plan.row.values.get("channel", Channel.VISIT)),
            origin=Origin(plan.row.values.get("origin", Origin.COUNTY)),
            raised_by=plan.row.text("contact"),
            answer=state.answer,
            answered_on=state.answered_on,
            matter=_matter(plan, state, units, person, to) if units and person else None,
            word=_word(plan, state),
        )
        return past, to.firm(firm)


def _matter(plan: RowPlan, state: PastState, *who: Any) -> PastMatter:
    (lead, supporting, leader), person, to = who
    row = plan.row
    writer: Writer = to
    return PastMatter(
        task=row.text("task") or row.text("text"),
        lead_unit=writer.unit(lead),
        supporting_units=[writer.unit(unit) for unit in supporting],
        responsible_person=writer.person(person),
        responsible_leader=writer.person(leader) if leader else None,
        handed_on=state.handed_on or state.collected_on,
        due=row.values.get("due"),
        resolved_on=state.resolved_on,
        outcome=Outcome(state.outcome) if state.outcome else None,
        closed_on=state.closed_on,
        text=row.text("progress"),
    )


def _word(plan: RowPlan, state: PastState) -> PastWord | None:
    row = plan.row
    day = state.word_on
    if not row.values.get("satisfaction") or day is None:
        return None
    method = WordMethod(row.values.get("method", WordMethod.CALL_BACK))
    said_by = row.text("contact") or row.text("firm")
    return PastWord(Satisfaction(row.values["satisfaction"]), method, said_by[:60], day)
