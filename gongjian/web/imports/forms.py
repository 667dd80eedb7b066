"""Forms of the import of ledgers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises.states import PeriodKind
from gongjian.imports.states import ImportKind
from gongjian.people.models import Account
from gongjian.web.forms import DateField, Form
from gongjian.web.imports.order import kinds_of, takes_facts

MONTHLY = ("source", "period")


class LedgerForm(Form):
    """The ledger to upload, and what it lists; source and month are asked of monthly figures alone."""

    kind = forms.ChoiceField(label=_("台账种类"), choices=ImportKind.choices)
    file = forms.FileField(
        label=_("Excel 文件"),
        help_text=_("您手头的表原样上传：.xlsx、.xls、.et、.ods 或 .csv，不超过 20 MB。"),
    )
    source = forms.CharField(
        label=_("数据来源"),
        max_length=60,
        required=False,
        help_text=_("谁报的数，如供电公司、税务部门；不填按企业月报。同一来源以后再报就是更正。"),
    )
    period = DateField(
        label=_("所属月份"), required=False, help_text=_("表头没有写明月份时，填这个月里的任意一天。")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        self.takes_facts = takes_facts(account)
        field.choices = kinds_of(account)
        field.widget.attrs["data-unfolds"] = ""
        for name in () if self.takes_facts else MONTHLY:
            del self.fields[name]

    def monthly(self) -> list[forms.BoundField]:
        """The fields that are asked of monthly figures alone."""
        return [self[name] for name in MONTHLY if name in self.fields]

    def always(self) -> list[forms.BoundField]:
        """The fields of every ledger."""
        return [field for field in self if field.name not in MONTHLY]

    @property
    def default_period(self) -> Any:
        """The month of figures whose headings name none."""
        day = self.cleaned_data.get("period")
        return (PeriodKind.MONTH, day.replace(day=1)) if day else None
