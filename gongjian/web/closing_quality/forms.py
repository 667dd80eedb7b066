"""Forms of closing quality and call-backs."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.audit.queries import day_head
from gongjian.people.models import Account, Area
from gongjian.people.queries import subtree
from gongjian.people.states import AreaLevel
from gongjian.problems.states import CallBackResult, Satisfaction
from gongjian.web.enterprises.contact_field import ContactText
from gongjian.web.forms import DateField, Form, TextArea

SHOWN = 16  # signs of the chain's head that make a seed


def suggested_seed(today: date) -> str:
    """The head of yesterday's audit trail: nobody could choose it, everybody can look it up."""
    head = day_head(today - timedelta(days=1))
    return head.digest[:SHOWN] if head else ""


class PeriodForm(Form):
    """The first and last day of a period."""

    first = DateField(label=gettext_lazy("交办起"))
    last = DateField(label=gettext_lazy("交办止"))

    def clean(self) -> dict[str, Any]:
        """Require that the first day is not after the last."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            self.add_error("first", _("起始日期不能晚于截止日期。"))
        return data


class DrawForm(Form):
    """What the sample is drawn from, its size, and the stated seed."""

    area = forms.ModelChoiceField(label=gettext_lazy("地区"), queryset=Area.objects.none())
    first = DateField(label=gettext_lazy("销号起"))
    last = DateField(label=gettext_lazy("销号止"))
    size = forms.IntegerField(label=gettext_lazy("抽取数量"), min_value=1, max_value=500)
    seed = forms.CharField(
        label=gettext_lazy("随机种子"),
        max_length=80,
        help_text=gettext_lazy(
            "缺省为昨日留痕链头，谁也不能事先选定；也可以填当天公布的开奖号码等公开数字。"
        ),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["area"]
        if account.writes_area is not None:
            field.queryset = subtree(account.writes_area).exclude(level=AreaLevel.TOWNSHIP)


class CallForm(Form):
    """The result of one call-back."""

    result = forms.ChoiceField(label=gettext_lazy("回访结果"), choices=CallBackResult.choices)
    satisfaction = forms.ChoiceField(
        label=gettext_lazy("满意度"), choices=[("", "—"), *Satisfaction.choices], required=False
    )
    said_by = ContactText(label=gettext_lazy("评价人"), required=False)
    note = TextArea(label=gettext_lazy("说明"), rows=2, required=False)

    def __init__(self, *args: Any, subject_firm: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said_by: Any = self.fields["said_by"]
        said_by.limit_to(subject_firm)
