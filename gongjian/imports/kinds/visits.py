"""Visits and meetings (走访台账): rows of one day, title and leader are one visit, each with a firm more; notes stay with their firm."""

from collections import defaultdict
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.writing.folding import fold_name
from gongjian.enterprises.register.credit_code import read_credit_code
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.firm_register import FirmRegister
from gongjian.imports.names.registers import AreaEntry, persons_in
from gongjian.imports.plans import Context, Ref, RowPlan, Writer
from gongjian.imports.reading.fields import NOTES
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.vocabulary import UNIT_LIST
from gongjian.people.models import Area, Person
from gongjian.visits.models import Stop, Visit
from gongjian.visits.past_visits.services import PastStop, PastVisit, import_stop, import_visit
from gongjian.visits.states import DayPart, NoteHeading, StopResult, VisitKind, VisitState

TITLE = 120
Key = tuple[str, ...]


class VisitRows:
    """Compares rows of visits with the visit book and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context, self.registers = finder, context, finder.registers
        self.firms = FirmRegister()
        self.seen: dict[tuple[Key, str], int] = {}
        self.known = _KnownVisits()

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """As they stand."""
        return rows

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create; a firm that is on the visit already stays as it is."""
        plan = RowPlan(row, row.text("title") or row.text("firm"))
        if not row.troubles:
            _check(plan, self.context.today)
        if row.troubles:
            return plan
        area, firms = self.finder.place(plan), self._firms(plan)
        lead, others = self._lead(plan), self._participants(plan)
        if row.troubles or plan.undecided or plan.skipped:
            return plan
        area = area or self._area_of(firms) or self.finder.own_area()
        key = self._key(row, area, lead)
        new = [firm for firm in firms if not self._stands(plan, key, firm)]
        if (firms and not new) or (not firms and self._stands(plan, key, None)):
            return plan
        plan.is_new = True
        self._show(plan, area)
        plan.steps.append(partial(self._write, plan, (key, area, lead, others), new))
        return plan

    def _show(self, plan: RowPlan, area: AreaEntry) -> None:
        row = plan.row
        plan.change(_("日期"), "", row.values["starts_on"])
        plan.change(_("带队领导"), "", row.text("lead"))
        plan.change(_("企业名称"), "", row.text("firm"))
        plan.change(_("地区"), "", area.name)
        plan.change(_("走访结果"), "", _result(row).label if row.text("firm") else "")
        if row.text("firm") and not _result(row):
            plan.notes.append(_("没有写走访结果，记为待记录"))

    # --- who was there

    def _firms(self, plan: RowPlan) -> list[Ref]:
        row, text = plan.row, plan.row.text("firm")
        if not text:
            return []
        try:
            code = read_credit_code(row.text("code")) or ""
        except Refused as refused:
            row.refuse(refused.sentence, "code")
            return []
        area = self.finder.county(plan) if not row.troubles else None
        whole = code or fold_name(text) in self.firms.by_name
        names = [text] if whole else [part.strip() for part in UNIT_LIST.split(text) if part.strip()]
        found = [self.finder.firm(plan, self.firms, name, code=code, area=area) for name in names]
        return list(dict.fromkeys(firm for firm in found if firm is not None))

    def _area_of(self, firms: list[Ref]) -> AreaEntry | None:
        """Where the first registered firm is."""
        pk = next((firm.pk for firm in firms if firm.pk), None)
        return self.registers.area(self.firms.records[pk].area_id) if pk else None

    def _lead(self, plan: RowPlan) -> Ref | None:
        who = persons_in(plan.row.text("lead"))
        return self.finder.person(plan, who[0]) if who else None

    def _participants(self, plan: RowPlan) -> list[Ref]:
        """Those who are registered; the others are named in a note, so that nobody is made for having come along."""
        named = persons_in(plan.row.text("participants")) + persons_in(plan.row.text("lead"))[1:]
        found, unknown = [], []
        for who in named:
            person = self.registers.person(who.name, phone=who.phone)
            if person is None:
                unknown.append(who.name)
            else:
                found.append(Ref(pk=person.pk))
        if unknown:
            shown = "、".join(unknown)
            plan.row.values["others"] = shown
            plan.notes.append(_("参加人员里没有登记或有同名的：%(names)s，写在记录里") % {"names": shown})
        return found

    # --- what stands already

    def _key(self, row: LedgerRow, area: AreaEntry, lead: Ref | None) -> Key:
        """What makes rows one visit: the days, and the title, else the leader; with neither each row is a visit."""
        days = (str(row.values["starts_on"]), str(row.values.get("ends_on", "")), row.text("part"))
        if title := fold_name(row.text("title")):
            return (*days, row.text("kind"), title)
        if lead is not None:
            return (*days, row.text("kind"), "", lead.key or str(lead.pk))
        return (*days, row.text("kind"), "", "", str(area.pk), row.sheet, str(row.number))

    def _stands(self, plan: RowPlan, key: Key, firm: Ref | None) -> bool:
        row, whom = plan.row, "" if firm is None else firm.key or str(firm.pk)
        if self.known.has(row, firm.pk if firm else None):
            plan.notes.append(_("台账里已有，记录以台账为准"))
            return True
        if (first := self.seen.setdefault((key, whom), row.number)) != row.number:
            plan.notes.append(_("与第 %(row)s 行重复") % {"row": first + 1})
            return True
        return False

    # --- writing

    def _write(self, plan: RowPlan, who: Any, firms: list[Ref], to: Writer) -> None:
        key, *who = who
        made = f"VISIT:{key}"
        visit: Any = to.made.get(made) or self.known.entry(plan.row)
        if visit is None:
            visit = import_visit(self._past(plan, who, to), by=to.by, at=to.at)
            to.created(plan, visit, made)
        own = made in to.made
        notes = _notes(plan.row)
        for firm in firms:
            only = notes if len(firms) == 1 else {}
            past = PastStop(to.firm(firm), _result(plan.row), plan.row.text("received_by"), only)
            stop = import_stop(visit, past, by=to.by, at=to.at)
            if stop is not None and not own:
                to.created(plan, stop)
        if notes and len(firms) != 1:
            import_stop(visit, PastStop(notes=notes), by=to.by, at=to.at)

    def _past(self, plan: RowPlan, who: Any, to: Writer) -> PastVisit:
        (area, lead, others), row = who, plan.row
        starts = row.values["starts_on"]
        return PastVisit(
            title=_title(row),
            area=Area.objects.get(pk=area.pk),
            starts_on=starts,
            ends_on=row.values.get("ends_on", starts),
            kind=_kind(row),
            part=_part(row),
            state=_state(row, self.context.today),
            place=row.text("place"),
            lead=to.person(lead) if lead else None,
            participants=list(Person.objects.filter(pk__in=[person.pk for person in others])),
        )


class _KnownVisits:
    """The visit book as rows are compared with it, read once."""

    def __init__(self) -> None:
        self._stops: dict[tuple[date, int], set[str]] | None = None
        self._titles: dict[tuple[date, str], int] = {}

    def has(self, row: LedgerRow, firm: int | None) -> bool:
        """Whether the firm was visited that day under this title, or the meeting is in the book."""
        self._read()
        day, title = row.values["starts_on"], fold_name(row.text("title"))
        if firm is None:
            return not row.text("firm") and (day, fold_name(_title(row))) in self._titles
        titles = (self._stops or {}).get((day, firm), set())
        return title in titles if title else bool(titles)

    def entry(self, row: LedgerRow) -> Visit | None:
        """The visit of this day and title in the book, to which a firm is added."""
        self._read()
        pk = self._titles.get((row.values["starts_on"], fold_name(row.text("title"))))
        return Visit.objects.get(pk=pk) if pk and row.text("title") else None

    def _read(self) -> None:
        if self._stops is not None:
            return
        found: dict[tuple[date, int], set[str]] = defaultdict(set)
        for day, firm, title in Stop.objects.values_list("visit__starts_on", "enterprise", "visit__title"):
            found[day, firm].add(fold_name(title))
        self._stops = dict(found)
        rows = Visit.objects.order_by("-pk").values_list("starts_on", "title", "pk")
        self._titles = {(day, fold_name(title)): pk for day, title, pk in rows}


def _check(plan: RowPlan, today: date) -> None:
    row = plan.row
    if not row.text("title") and not row.text("firm"):
        row.refuse(_("没有写企业名称，也没有写活动名称"), "firm")
    ends = row.values.get("ends_on")
    if ends is not None and ends < row.values["starts_on"]:
        row.refuse(_("%(label)s早于%(before)s") % {"label": _("结束日期"), "before": _("日期")}, "ends_on")
    if row.text("state") == VisitState.DONE and row.values["starts_on"] > today:
        row.refuse(_("日期还没有到，却写了已完成"), "state")


def _title(row: LedgerRow) -> str:
    if title := row.text("title"):
        return title
    names = [part.strip() for part in UNIT_LIST.split(row.text("firm")) if part.strip()]
    lead = next(iter(persons_in(row.text("lead"))), None)
    if lead is not None:
        return (_("%(name)s走访企业") % {"name": lead.name})[:TITLE]
    return (_("走访%(firm)s") % {"firm": "、".join(names)})[:TITLE]


def _kind(row: LedgerRow) -> VisitKind:
    return VisitKind(row.values.get("kind", VisitKind.VISIT))


def _part(row: LedgerRow) -> DayPart:
    part = row.text("part")
    return DayPart.ALL_DAY if part in ("", "ALL_DAY") else DayPart(part)


def _state(row: LedgerRow, today: date) -> VisitState:
    stated = row.values.get("state")
    past = VisitState.DONE if row.values["starts_on"] <= today else VisitState.PLANNED
    return VisitState(stated) if stated else past


def _result(row: LedgerRow) -> StopResult:
    """What is written, else what follows from a column of difficulties: filled, or left blank on purpose."""
    stated = row.text("result")
    if stated:
        return StopResult.OPEN if stated == "OPEN" else StopResult(stated)
    if row.text("difficulty"):
        return StopResult.PROBLEMS
    return StopResult.NOTHING if "difficulty" in row.columns else StopResult.OPEN


def _notes(row: LedgerRow) -> dict[NoteHeading, str]:
    """What is written under each heading; persons who are not registered stand under 其他."""
    notes = {NoteHeading(name.upper()): row.text(name) for name, _label in NOTES if row.text(name)}
    if others := row.text("others"):
        came = _("参加人员：%(names)s") % {"names": others}
        notes[NoteHeading.OTHER] = "\n".join(filter(None, (notes.get(NoteHeading.OTHER, ""), came)))
    return notes
