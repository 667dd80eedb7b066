"""Persons with their posts (人员与职务): one row a post; a namesake elsewhere is asked about, never guessed."""

from functools import partial

from django.utils.translation import gettext as _

from gongjian.engines.writing.folding import fold_name, fold_phone
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.registers import PersonEntry, persons_in
from gongjian.imports.plans import Context, Ref, RowPlan, Writer
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.states import NameKind
from gongjian.people import perms as people_perms
from gongjian.people import services as people
from gongjian.people.models import Person, Post, Tenure


class PersonRows:
    """Compares rows of persons with the register and writes them."""

    def __init__(self, finder: Finder, context: Context) -> None:
        self.finder, self.context, self.registers = finder, context, finder.registers
        self.made: dict[str, list[tuple[str, str, str, int]]] = {}
        self.numbered: dict[tuple[str, str], str] = {}
        self.posts: dict[tuple[str, str, str], int] = {}
        self.principals: dict[str, str] = {}

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """As they stand."""
        return rows

    def plan(self, row: LedgerRow) -> RowPlan:
        """What the row would create or change."""
        plan = RowPlan(row, row.text("name"))
        if row.troubles:
            return plan
        self._tidy(row)
        plan.title = row.text("name")
        if row.text("unit") and not row.text("title"):
            row.refuse(_("有单位没有职务，请写明职务"), "unit")
            return plan
        unit = self._unit(plan)
        if row.troubles or plan.undecided or plan.skipped:
            return plan
        person = self._person(plan, unit)
        if person is None:
            return plan
        self._plan_phone(plan, person)
        if unit is not None:
            self._plan_post(plan, person, unit)
        return plan

    def _tidy(self, row: LedgerRow) -> None:
        """A name with its title or its number beside it: 张三（副局长）."""
        found = persons_in(row.text("name"))
        if len(found) != 1:
            row.refuse(_("一行只写一个人，现在是“%(name)s”") % {"name": row.text("name")}, "name")
            return
        row.values["name"] = found[0].name
        for name in ("title", "phone"):
            if getattr(found[0], name):
                row.values.setdefault(name, getattr(found[0], name))

    def _unit(self, plan: RowPlan) -> Ref | None:
        text = plan.row.text("unit")
        if not text:
            return None
        area = self.finder.area(plan, plan.row.text("area"), "area") if plan.row.text("area") else None
        return None if plan.row.troubles else self.finder.unit(plan, text, area=area)

    def _person(self, plan: RowPlan, unit: Ref | None) -> Ref | None:
        row = plan.row
        name, phone = row.text("name"), fold_phone(row.text("phone"))
        shown = phone or row.text("phone_hidden")
        found = self.registers.person(name, phone=shown, unit=unit.pk if unit else None)
        if found is not None:
            return Ref(pk=found.pk)
        if earlier := self._earlier(plan, name, phone, _key(unit)):
            return earlier
        if same := self.registers.persons_called(name):
            ref = self.finder.names.settle(
                plan,
                NameKind.PERSON,
                name,
                where=row.text("unit"),
                near=[(person.pk, person.shown) for person in same],
                facts={"name": name, "phone": row.text("phone")},
            )
            return ref if ref is None or ref.pk else self._new(plan, name, phone, unit)
        return self._new(plan, name, phone, unit)

    def _earlier(self, plan: RowPlan, name: str, phone: str, unit: str) -> Ref | None:
        """The person of an earlier row: of the same 人员编号, telephone number or unit; others of that name are a question."""
        number = plan.row.text("number")
        if number:  # the ledger says who is who
            known = self.numbered.get((fold_name(name), number))
            return Ref(key=known) if known else None
        for key, known_phone, known_unit, first in self.made.get(fold_name(name), []):
            if (phone and phone == known_phone) or (unit == known_unit and not (phone and known_phone)):
                return Ref(key=key)
            if not phone or not known_phone:
                plan.questions.append(
                    _("与第 %(row)s 行同名、单位不同：是另一个人请勾选；是同一个人，请在两行写上同一个电话")
                    % {"row": first + 1}
                )
        return None

    def _new(self, plan: RowPlan, name: str, phone: str, unit: Ref | None) -> Ref:
        key = f"PERSON:{fold_name(name)}:{phone}:{plan.row.sheet}:{plan.row.number}"
        if number := plan.row.text("number"):
            self.numbered[fold_name(name), number] = key
        self.made.setdefault(fold_name(name), []).append((key, phone, _key(unit), plan.row.number))
        plan.is_new = True
        plan.change(_("电话"), "", plan.row.text("phone"))
        plan.steps.append(partial(self._write_person, plan, key))
        return Ref(key=key)

    def _write_person(self, plan: RowPlan, key: str, to: Writer) -> None:
        row = plan.row
        person = people.add_person(
            name=row.text("name"), phone=row.text("phone"), note=row.text("note"), by=to.by, at=to.at
        )
        to.created(plan, person, key)

    def _plan_phone(self, plan: RowPlan, person: Ref) -> None:
        phone, known = plan.row.text("phone"), self.registers.persons.get(person.pk or 0)
        if known is None or not phone or fold_phone(known.phone) == fold_phone(phone):
            return
        plan.change(_("电话"), known.phone, phone)
        stored = Person.objects.get(pk=known.pk)
        if not people_perms.can_keep_person(self.context.by, stored):
            plan.row.refuse(_("%(name)s由别的攻坚办维护，电话不能改") % {"name": known.shown}, "phone")
            return
        plan.steps.append(partial(self._write_phone, plan, stored, phone))

    def _write_phone(self, plan: RowPlan, person: Person, phone: str, to: Writer) -> None:
        before = {"phone": person.phone}
        person = people.update_person(
            person, name=person.name, phone=phone, note=person.note, by=to.by, at=to.at
        )
        to.changed(plan, person, before, before)

    def _plan_post(self, plan: RowPlan, person: Ref, unit: Ref) -> None:
        row, title = plan.row, plan.row.text("title")
        home = next((u for u in self.registers.units if u.pk == unit.pk), None)
        if home is not None and not self.finder.keeps(plan, self.registers.area(home.area), "unit"):
            return
        known = self.registers.persons.get(person.pk or 0)
        if known and any(pk == unit.pk and fold_name(t) == fold_name(title) for pk, _unit, t in known.posts):
            return
        key = (_key(person), _key(unit), fold_name(title))
        if (first := self.posts.get(key)) is not None:
            plan.notes.append(_("与第 %(row)s 行重复") % {"row": first + 1})
            return
        self.posts[key] = row.number
        if row.values.get("is_principal") and self._other_principal(plan, known, unit):
            return
        plan.change(_("职务"), "", f"{row.text('unit')}{title}")
        if known and (others := [t for pk, _unit, t in known.posts if pk == unit.pk]):
            plan.notes.append(_("原任%(title)s仍保留，免职请到人员页办理") % {"title": "、".join(others)})
        plan.steps.append(partial(self._write_post, plan, person, unit))

    def _other_principal(self, plan: RowPlan, known: PersonEntry | None, unit: Ref) -> bool:
        """Whether the unit has another principal, in the register or in an earlier row; said in the plan."""
        name = plan.row.text("name")
        sitting = self.principals.setdefault(_key(unit), name)
        stored = Tenure.objects.filter(post__unit=unit.pk, post__is_principal=True, until__isnull=True)
        other = (
            stored.exclude(person=known.pk if known else None).select_related("person").first()
            if unit.pk
            else None
        )
        if other is not None or sitting != name:
            shown = other.person.name if other is not None else sitting
            plan.row.refuse(
                _("一把手已是%(name)s。请先结束其任期，或不写“一把手”") % {"name": shown}, "is_principal"
            )
            return True
        return False

    def _write_post(self, plan: RowPlan, person: Ref, unit: Ref, to: Writer) -> None:
        row, stored = plan.row, to.unit(unit)
        had_post = Post.objects.filter(unit=stored, title=row.text("title")).exists()
        tenure = people.appoint(
            to.person(person),
            unit=stored,
            title=row.text("title"),
            is_principal=bool(row.values.get("is_principal")),
            since=row.values.get("since"),
            by=to.by,
            at=to.at,
        )
        if not had_post:
            to.created(plan, tenure.post)
        to.created(plan, tenure)


def _key(ref: Ref | None) -> str:
    return "" if ref is None else ref.key or str(ref.pk)
