"""Forms of the visit book."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import search_firms as find_firms
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.folded_names import containing
from gongjian.people.models import Account, Area, Person
from gongjian.people.queries import find_persons, spelt, subtree, within
from gongjian.people.states import AreaLevel
from gongjian.visits.models import Visit
from gongjian.visits.states import WRITTEN, DayPart, NoteHeading, StopResult, VisitKind, VisitState
from gongjian.web.editing.forms import EditForm
from gongjian.web.enterprises.contact_field import ContactText
from gongjian.web.forms import DateField, Form, Pick, PickMany, dress

NAMED = 2  # firms that stand in the name of a visit nobody named
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class VisitForm(EditForm):
    """Who visits which place, when, and with whom."""

    by_items = ("participants",)

    kind = forms.ChoiceField(label=_("类型"), choices=VisitKind.choices)
    title = forms.CharField(
        label=_("名称"), max_length=120, required=False, help_text=_("走访企业的可以不填，按企业起名。")
    )
    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.none())
    starts_on = DateField(meaning=DayMeaning.PLANNED, label=_("开始日期"))
    ends_on = DateField(
        meaning=DayMeaning.PLANNED, label=_("结束日期"), required=False, help_text=_("一天的活动不用填。")
    )
    part = forms.ChoiceField(label=_("时段"), choices=DayPart.choices, required=False)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    lead = Pick(label=_("带队领导"), source="person-find", required=False)
    participants = PickMany(label=_("参加人员"), source="person-find", required=False)
    enterprises = PickMany(label=_("企业"), source="enterprise-find", required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["area"].queryset = (
            subtree(account.writes_area).exclude(level=AreaLevel.TOWNSHIP)
            if account.writes_area
            else Area.objects.none()
        )
        for name in ("lead", "participants"):
            fields[name].queryset, fields[name].find = Person.objects.all(), find_persons
        fields["enterprises"].queryset = visible_firms(account)
        fields["enterprises"].find = partial(find_firms, account=account)

    def clean(self) -> dict[str, Any]:
        """A visit without an end ends on the day it starts."""
        data: dict[str, Any] = super().clean() or {}
        data["ends_on"] = data.get("ends_on") or data.get("starts_on")
        if not data.get("title") and "title" not in self.errors:
            data["title"] = named_after(data.get("enterprises") or [])
        if "title" in data and not data["title"]:
            self.add_error("title", gettext("请填写“名称”，或选要走访的企业。"))
        return data


def named_after(firms: Sequence[Enterprise]) -> str:
    """The name of a visit that nobody named: the first firms, and how many there are; "" for none."""
    names = gettext("、").join(str(firm) for firm in firms[:NAMED])
    if len(firms) > NAMED:
        return gettext("走访%(names)s等%(number)s家企业") % {"names": names, "number": len(firms)}
    return gettext("走访%(names)s") % {"names": names} if names else ""


class StopForm(EditForm):
    """The record of a visit to one firm: six written headings; the other three are its problems."""

    result = forms.ChoiceField(
        label=_("走访结果"), choices=[c for c in StopResult.choices if c[0]], widget=forms.RadioSelect
    )
    received_by = ContactText(label=_("企业接待人"), required=False)

    def __init__(self, *args: Any, subject_firm: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        received_by: Any = self.fields["received_by"]
        received_by.limit_to(subject_firm)
        for heading in WRITTEN:
            self.fields[f"note_{heading.value}"] = forms.CharField(
                label=heading.label, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    def notes(self) -> dict[NoteHeading, str]:
        """The text under each heading, blank where there is none."""
        return {h: self.cleaned_data[f"note_{h.value}"] for h in WRITTEN}


class NoteForm(Form):
    """A paragraph on the visit or meeting as a whole."""

    heading = forms.ChoiceField(
        label=_("要点"),
        choices=[
            (h.value, h.label)
            for h in (*WRITTEN, NoteHeading.STATEMENT, NoteHeading.HONOUR, NoteHeading.OTHER)
        ],
    )
    speaker = forms.ModelChoiceField(label=_("讲话人"), queryset=Person.objects.none(), required=False)
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, visit: Visit, speakers: Iterable[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Q(pk=visit.lead_id) | Q(pk__in=visit.participants.values("pk"))
        field: Any = self.fields["speaker"]
        field.queryset = Person.objects.filter(there)
        if speakers:  # those who are there, where the page has fetched them
            people = {person.pk: person for person in (visit.lead, *speakers) if person is not None}
            field.choices = [("", field.empty_label), *((pk, str(person)) for pk, person in people.items())]


class AddStopForm(Form):
    """A firm to add to the visit."""

    enterprise = Pick(label=_("企业"), source="enterprise-find")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["enterprise"]
        field.queryset, field.find = visible_firms(account), partial(find_firms, account=account)


class CancelForm(Form):
    """Why the visit does not take place."""

    reason = forms.CharField(label=_("取消原因"), max_length=200)


class BookFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Filters of the visit book."""

    q = django_filters.CharFilter(label=_("搜索"), method="by_text")
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=VisitKind.choices)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=VisitState.choices)
    area = django_filters.ModelChoiceFilter(label=_("地区"), queryset=Area.objects.none(), method="by_area")
    since = django_filters.DateFilter(label=_("日期起"), field_name="ends_on", lookup_expr="gte", widget=DAY)
    until = django_filters.DateFilter(
        label=_("日期止"), field_name="starts_on", lookup_expr="lte", widget=DAY
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = subtree(account.reads_area) if account.reads_area else Area.objects.none()
        self.filters["area"].queryset = areas.exclude(level=AreaLevel.TOWNSHIP)
        dress(self.form)

    def by_text(self, rows: QuerySet[Visit], _name: str, value: str) -> QuerySet[Visit]:
        """Search by what a row shows: title, place, area, leader, and the firms behind it; by initials, too."""
        firm = containing(value, "stops__enterprise") | spelt(value, "stops__enterprise")
        lead = containing(value, "lead") | spelt(value, "lead")
        area = Q(area__name__icontains=value) | Q(area__short_name__icontains=value)
        return rows.filter(
            Q(title__icontains=value) | Q(place__icontains=value) | area | lead | firm
        ).distinct()

    def by_area(self, rows: QuerySet[Visit], _name: str, value: Area) -> QuerySet[Visit]:
        """Visits in the area and the areas below it."""
        return rows.filter(within(value))
