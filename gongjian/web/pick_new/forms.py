"""The short forms by which one unit, person, firm or contact is registered from within a pick list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Contact, Enterprise
from gongjian.enterprises.queries import firms_called, search_firms, visible_to
from gongjian.people import services as people
from gongjian.people.folded_names import called
from gongjian.people.models import Account, Area, Person, Tenure, Unit
from gongjian.people.queries import find_units, subtree
from gongjian.people.staff.services import register_staff
from gongjian.web.forms import Form, Pick, TextArea, dress
from gongjian.web.people.forms import NAMED, as_tree, kept_areas
from gongjian.web.record_keys import record_key

PREFIX = "made"
ANOTHER = "another"


class NewForm(Form):
    """The base: a name; where that name is registered already, the choice between what is there and a new record."""

    name = forms.CharField(label=_("名称"), max_length=100)
    asked = _("已有同名的。是同一个就选已登记的；确是另一个，选“另外新建”。")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, prefix=PREFIX, **kwargs)
        self.account = account
        self.there: list[Model] = []
        self.prepare()
        if self.is_bound and (name := str(self.data.get(self.add_prefix("name"), "")).strip()):
            self.there = list(self.namesakes(name))[:NAMED]
        if self.there:
            self._offer_what_is_there()

    def prepare(self) -> None:
        """Give the fields their choices."""

    def namesakes(self, name: str) -> Iterable[Model]:
        """What is registered under this name, however it is written."""
        raise NotImplementedError

    def in_words(self, record: Any) -> str:
        """A record so that it can be told from its namesakes."""
        return str(record)

    def register(self, facts: dict[str, Any], *, at: datetime) -> Model:
        """Register the new record."""
        raise NotImplementedError

    def _offer_what_is_there(self) -> None:
        known = [
            (str(one.pk), gettext("用已登记的：%(name)s") % {"name": self.in_words(one)})
            for one in self.there
        ]
        self.fields["same"] = forms.ChoiceField(
            label=_("已有同名的"),
            choices=[*known, (ANOTHER, gettext("另外新建一个"))],
            widget=forms.RadioSelect,
            required=False,
        )
        self.order_fields(["name", "same"])
        dress(self)
        if self.data.get(self.add_prefix("same")) not in ("", None, ANOTHER):
            for field in self.fields.values():
                field.required = False  # the record is there: nothing more is asked

    def clean(self) -> dict[str, Any]:
        """Nothing is made under a name that is there before somebody has said that it is another one."""
        facts: dict[str, Any] = super().clean() or {}
        if self.there and not facts.get("same"):
            self.add_error("same", str(self.asked))
        return facts

    def record(self, *, at: datetime) -> Model:
        """The record to choose: the one that was there, or the new one."""
        facts = dict(self.cleaned_data)
        same = facts.pop("same", "")
        if same and same != ANOTHER:
            return next(one for one in self.there if str(one.pk) == same)
        return self.register(facts, at=at)


class NewUnit(NewForm):
    """A unit."""

    title = _("新建单位")
    name = forms.CharField(label=_("单位名称"), max_length=80, help_text=_("写全称。"))
    area = forms.ModelChoiceField(label=_("所属地区"), queryset=Area.objects.none())
    duties = TextArea(
        label=_("主要职责"), rows=2, required=False, help_text=_("写清管哪些事，交办时据此找牵头单位。")
    )

    def prepare(self) -> None:
        """Offer the areas whose units the account keeps."""
        areas = kept_areas(self.account)
        as_tree(self.fields["area"], areas)
        self.fields["area"].initial = areas.first()

    def namesakes(self, name: str) -> Iterable[Unit]:
        """Units in use of that name or short name."""
        return Unit.objects.filter(called(name), disabled_on__isnull=True).select_related("area")

    def in_words(self, record: Unit) -> str:
        """With its area."""
        return f"{record.name}（{record.area}）"

    def register(self, facts: dict[str, Any], *, at: datetime) -> Unit:
        """Add the unit."""
        return people.add_unit(facts.pop("area"), **facts, by=self.account, at=at)


class NewPerson(NewForm):
    """A person with the post it holds."""

    title = _("新建人员")
    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = Pick(label=_("单位"), source="unit-find", offers_new=False)
    post = forms.CharField(label=_("职务"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)

    def prepare(self) -> None:
        """Offer the units in use."""
        unit: Any = self.fields["unit"]
        unit.queryset, unit.find = Unit.objects.filter(disabled_on__isnull=True), find_units

    def namesakes(self, name: str) -> Iterable[Person]:
        """Persons of that name."""
        return Person.objects.filter(called(name))

    def in_words(self, record: Person) -> str:
        """With the post held last."""
        held = Tenure.objects.filter(person=record).select_related("post__unit").last()
        where = held.post.in_full if held else record.note or gettext("没有职务")
        return f"{record.name}（{where}）"

    def register(self, facts: dict[str, Any], *, at: datetime) -> Person:
        """Add the person and the post."""
        made = register_staff(
            unit=facts["unit"],
            area=None,
            name=facts["name"],
            title=facts["post"],
            phone=facts["phone"],
            by=self.account,
            at=at,
        )
        return made.person


class NewFirm(NewForm):
    """A firm."""

    title = _("新建企业")
    name = forms.CharField(label=_("企业名称"), max_length=100, help_text=_("写营业执照上的全称。"))
    area = forms.ModelChoiceField(label=_("所属地区"), queryset=Area.objects.none())
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)

    def prepare(self) -> None:
        """Offer the areas the account writes in."""
        areas = subtree(self.account.writes_area) if self.account.writes_area else Area.objects.none()
        as_tree(self.fields["area"], areas.order_by("path"))

    def namesakes(self, name: str) -> Iterable[Enterprise]:
        """Firms of that name that the account may read, so that it can choose them."""
        seen = visible_to(self.account)
        return firms_called(name).filter(pk__in=seen.values("pk"))

    def in_words(self, record: Enterprise) -> str:
        """With its area."""
        return f"{record.name}（{record.area}）"

    def register(self, facts: dict[str, Any], *, at: datetime) -> Enterprise:
        """Add the firm to the register."""
        code = facts.pop("credit_code") or None
        known = [one.pk for one in self.there]
        return enterprises.register_firm(**facts, credit_code=code, namesakes=known, by=self.account, at=at)


class NewContact(NewForm):
    """A contact person of a firm."""

    title = _("新建联系人")
    enterprise = Pick(label=_("企业"), source="enterprise-find", offers_new=False)
    name = forms.CharField(label=_("姓名"), max_length=40)
    post = forms.CharField(label=_("职务"), max_length=40, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    field_order = ("enterprise", "name")

    def prepare(self) -> None:
        """Offer the firms the account reads."""
        firm: Any = self.fields["enterprise"]
        firm.queryset = visible_to(self.account)
        firm.find = lambda text: search_firms(text, account=self.account)

    def namesakes(self, name: str) -> Iterable[Contact]:
        """Contacts of the same firm with that name."""
        chosen = self.data.get(self.add_prefix("enterprise"), "")
        rows = Contact.objects.filter(enterprise__in=visible_to(self.account), name=name)
        return rows.filter(enterprise=record_key(chosen))

    def in_words(self, record: Contact) -> str:
        """With title and telephone number."""
        return " ".join(part for part in (record.name, record.title, record.phone) if part)

    def register(self, facts: dict[str, Any], *, at: datetime) -> Contact:
        """Add the contact to the firm."""
        return enterprises.add_contact(
            facts["enterprise"],
            name=facts["name"],
            title=facts["post"],
            phone=facts["phone"],
            by=self.account,
            at=at,
        )


FORMS: dict[str, type[NewForm]] = {
    "unit": NewUnit,
    "person": NewPerson,
    "firm": NewFirm,
    "contact": NewContact,
}
