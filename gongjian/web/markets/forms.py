"""Forms of the local market."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.markets import queries
from gongjian.markets.models import Introduction, Product
from gongjian.markets.states import IntroductionResult, ProductSource, Side
from gongjian.people.models import Account, Area
from gongjian.people.queries import subtree, within
from gongjian.people.states import AreaLevel
from gongjian.visits.models import Visit
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import Form, dress

OUTSIDE = [("yes", _("现从外地采购")), ("no", _("已在本地采购")), ("unknown", _("不清楚"))]
TOLD = {"yes": True, "no": False}


class ProductForm(Form):
    """The goods a firm makes or buys."""

    side = forms.ChoiceField(label=_("供需"), choices=Side.choices)
    names = forms.CharField(label=_("产品名称"), max_length=300, help_text=_("写物品本身，多个用、隔开。"))
    spec = forms.CharField(label=_("规格"), max_length=80, required=False)
    yearly = forms.CharField(label=_("年用量或产量"), max_length=40, required=False)
    outside = forms.ChoiceField(
        label=_("采购来源"), choices=[("unknown", _("不清楚")), *OUTSIDE[:2]], required=False
    )
    found = forms.ChoiceField(label=_("来源"), choices=ProductSource.choices)
    visit = forms.ModelChoiceField(label=_("走访"), queryset=Visit.objects.none(), required=False)

    def __init__(self, *args: Any, visits: QuerySet[Visit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].queryset = visits  # type: ignore[attr-defined]

    def clean_outside(self) -> bool | None:
        """True if bought from outside the area, False if from within it, None if not known."""
        return TOLD.get(self.cleaned_data["outside"])


class ResultForm(EditForm):
    """The result of an introduction."""

    result = forms.ChoiceField(label=_("对接结果"), choices=IntroductionResult.choices)
    amount = forms.DecimalField(
        label=_("成交金额（万元）"),
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("成交时填写。"),
    )
    note = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class _AreaFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas: QuerySet[Area] = subtree(account.reads_area) if account.reads_area else Area.objects.none()
        self.filters["area"].queryset = areas.exclude(level=AreaLevel.TOWNSHIP)
        dress(self.form)


class MarketFilter(_AreaFilter):
    """Filters of the list of needs."""

    q = django_filters.CharFilter(label=_("产品或企业"), method="by_text")
    area = django_filters.ModelChoiceFilter(label=_("地区"), queryset=Area.objects.none(), method="by_area")
    outside = django_filters.ChoiceFilter(
        label=_("采购来源"), choices=OUTSIDE, method="by_outside", empty_label=_("全部")
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        """Search by goods or firm."""
        return queries.products_with_text(rows, value)

    def by_area(self, rows: QuerySet[Product], _name: str, value: Area) -> QuerySet[Product]:
        """Needs of firms in the area and the areas below it."""
        return rows.filter(within(value, "enterprise__area"))

    def by_outside(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        """Needs bought outside the area, within it, or not known."""
        return rows.filter(outside=TOLD[value]) if value in TOLD else rows.filter(outside__isnull=True)


class IntroductionFilter(_AreaFilter):
    """Filters of the ledger of introductions."""

    result = django_filters.ChoiceFilter(
        label=_("对接结果"), choices=IntroductionResult.choices, empty_label=_("全部")
    )
    area = django_filters.ModelChoiceFilter(label=_("地区"), queryset=Area.objects.none(), method="by_area")

    class Meta:
        model = Introduction
        fields: list[str] = []

    def by_area(self, rows: QuerySet[Introduction], _name: str, value: Area) -> QuerySet[Introduction]:
        """Introductions of firms in the area and the areas below it."""
        return rows.filter(within(value))
