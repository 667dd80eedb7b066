"""Forms of the burden ledger."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises.burden.queries import asked_between
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.models import Asking
from gongjian.enterprises.states import AskingKind, PeriodKind
from gongjian.web.forms import DateField, Form
from gongjian.web.record_keys import RecordKey

ANY = [("", _("全部"))]
OFFERED = 40  # the first of the catalogue: what firms report month by month


class BurdenFilter(Form):
    """Which requests for figures are counted."""

    first = DateField(label=_("起"), required=False)
    last = DateField(label=_("止"), required=False)
    kind = forms.ChoiceField(label=_("问询类型"), choices=ANY + AskingKind.choices, required=False)
    asked_by = forms.CharField(widget=forms.HiddenInput, required=False)
    unit = RecordKey()
    enterprise = RecordKey()

    def rows(self, rows: QuerySet[Asking]) -> QuerySet[Asking]:
        """The requests for figures that the filter selects."""
        self.is_valid()
        chosen = self.cleaned_data
        exact = {name: chosen.get(name) for name in ("kind", "asked_by", "unit", "enterprise")}
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        return asked_between(rows, chosen.get("first"), chosen.get("last"))


class BeforeAskingForm(Form):
    """Which figures a firm is asked for."""

    keys = forms.MultipleChoiceField(label=_("要问的数据"), widget=forms.CheckboxSelectMultiple)
    period_kind = forms.ChoiceField(label=_("期别"), choices=PeriodKind.choices)
    period = DateField(label=_("期内任一天"))
    reason = forms.CharField(
        label=_("再问的理由"),
        max_length=200,
        required=False,
        help_text=_("已经知道的数据不再问；确需再问才填。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["keys"]
        offered.choices = [(fact.key, fact.label) for fact in catalogue().values() if fact.periods][:OFFERED]
