"""Forms of the import of facts: the workbook, and the template to fill in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.audit.wording import words
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.facts.wording import first_day
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.fact_import.template_workbook import FactColumn, fact_columns
from gongjian.web.enterprises.vocabulary import SOURCES, USUAL
from gongjian.web.forms import DateField, Form

PERIODS = [("", _("表头里已写明")), *PeriodKind.choices]


class WorkbookForm(Form):
    """The workbook to upload, and the source its figures come from."""

    file = forms.FileField(
        label=_("Excel 文件"),
        help_text=_(".xlsx、.xls、.ods 或 .csv，不超过 10 MB、20000 行；隐藏的工作表不读。"),
    )
    source = forms.CharField(
        label=_("数据来源"),
        max_length=60,
        help_text=_("谁报的数，如企业月报、供电公司、税务部门。同一来源以后再报就是更正。"),
    )
    period_kind = forms.ChoiceField(label=_("期别"), choices=PERIODS, required=False)
    period = DateField(
        label=_("所属期"),
        required=False,
        help_text=_("表头只写“本月”“3月”或不写期别时，填这一期里的任意一天。"),
    )

    def clean(self) -> dict[str, Any]:
        """Require a day where a kind of period is chosen."""
        data: dict[str, Any] = super().clean() or {}
        kind, period = data.get("period_kind"), data.get("period")
        if kind and period is None and "period" not in self.errors:
            self.add_error("period", _("选了期别，请填这一期里的任意一天。"))
        data["default"] = (
            (kind or PeriodKind.MONTH, first_day(period, kind or PeriodKind.MONTH)) if period else None
        )
        return data


class TemplateForm(Form):
    """Which facts, periods and source the template workbook is for."""

    kind = forms.ChoiceField(label=_("期别"), choices=PeriodKind.choices, initial=PeriodKind.MONTH)
    last = DateField(label=_("最后一期"), help_text=_("这一期里的任意一天。"))
    number = forms.IntegerField(label=_("共几期"), min_value=1, max_value=24, initial=1)
    source = forms.CharField(label=_("数据来源"), max_length=60, initial=lambda: words(SOURCES[0]))
    keys = forms.MultipleChoiceField(
        label=_("指标"),
        choices=lambda: [(key, entry.label) for key, entry in catalogue().items()],
        initial=list(USUAL),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"last": first_day(today, PeriodKind.MONTH)})
        super().__init__(*args, **kwargs)

    def columns(self) -> list[FactColumn]:
        """The columns of the template workbook."""
        data = self.cleaned_data
        return fact_columns(data["keys"], kind=data["kind"], last=data["last"], number=data["number"])
