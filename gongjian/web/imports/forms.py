"""Forms of the import of ledgers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.imports.states import MAY, ImportKind
from gongjian.people.models import Account
from gongjian.web.forms import Form


class LedgerForm(Form):
    """The ledger to upload, and what it lists."""

    kind = forms.ChoiceField(label=_("台账种类"), choices=ImportKind.choices)
    file = forms.FileField(
        label=_("Excel 文件"),
        help_text=_("您手头的表原样上传：.xlsx、.xls、.et、.ods 或 .csv，不超过 20 MB。"),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(kind.value, kind.label) for kind in ImportKind if account.role in MAY[kind]]
