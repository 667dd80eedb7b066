"""Forms of indicators and figures: which month, a table or a grid of values, corrections, handing up, the catalogue."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.indicators.figures.queries import GridLine
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import areas_shown
from gongjian.indicators.reading.cells import BadValue, Cell, Fault, Place, Said, read_value
from gongjian.indicators.states import Answer, Column, Direction, Nature
from gongjian.people.models import Account, Area
from gongjian.people.queries import subtree
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form, TextArea
from gongjian.web.indicators.months import month_of, months_offered
from gongjian.web.indicators.sentences import why_not_taken

BEST = _("统计数优先")
YEARS = 5  # years a page of an indicator offers


class MonthFilter(Form):
    """The month of a page, the column and the day as of which it is told."""

    month = forms.ChoiceField(label=_("月份"), choices=[], required=False)
    column = forms.ChoiceField(label=_("口径"), choices=[("", BEST), *Column.choices], required=False)
    as_of = DateField(label=_("截至某日所知"), required=False)

    def __init__(self, *args: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        field: Any = self.fields["month"]
        field.choices = months_offered(latest)

    def chosen(self) -> tuple[date, str, date | None]:
        """The month, the column and the day; what is not valid counts as not chosen."""
        data = self.cleaned_data if self.is_valid() else {}
        return month_of(data.get("month") or "") or self.latest, data.get("column") or "", data.get("as_of")


class YearFilter(Form):
    """The year and the area of the page of an indicator."""

    area = forms.ChoiceField(label=_("地区"), choices=[], required=False)
    year = forms.ChoiceField(label=_("年份"), choices=[], required=False)
    as_of = DateField(label=_("截至某日所知"), required=False)

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas, self.today = areas_shown(account), today
        area: Any = self.fields["area"]
        area.choices = [("", _("全部")), *((str(one.pk), str(one)) for one in self.areas)]
        year: Any = self.fields["year"]
        year.choices = [(str(today.year - n), str(today.year - n)) for n in range(YEARS)]


class EntryFilter(Form):
    """Which grid to fill in: one indicator by area, or one area by indicator."""

    at_hand = ("indicator", "area", "month", "column")
    indicator = forms.ModelChoiceField(label=_("指标"), queryset=Indicator.objects.none(), required=False)
    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.none(), required=False)
    month = forms.ChoiceField(label=_("月份"), choices=[])
    column = forms.ChoiceField(label=_("口径"), choices=Column.choices)

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicator: Any = self.fields["indicator"]
        indicator.queryset = Indicator.objects.filter(formula="", disabled_on__isnull=True)
        area: Any = self.fields["area"]
        area.queryset = subtree(account.writes_area) if account.writes_area else Area.objects.none()
        month: Any = self.fields["month"]
        month.choices = months_offered(today.replace(day=1))

    def clean_month(self) -> date | None:
        """The first day of the chosen month."""
        return month_of(self.cleaned_data["month"])


class TableForm(EntryFilter):
    """A table of figures, pasted or as a file, and what its headings leave open."""

    text = TextArea(
        label=_("从 Excel 复制的表格"),
        rows=8,
        required=False,
        help_text=_("连同表头一起复制粘贴；地区、指标、月份写在行上或列上都认得。"),
    )
    file = forms.FileField(
        label=_("或上传文件"), required=False, help_text=_(".xlsx、.xls、.et、.ods 或 .csv，不超过 20 MB。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, help_text in (
            ("indicator", _("表里没有写指标时选。")),
            ("area", _("表里没有写地区时选。")),
            ("month", _("表里没有写月份时选。")),
            ("column", _("表里没有写口径时选。")),
        ):
            self.fields[name].required = False
            self.fields[name].help_text = help_text
        for name in ("month", "column"):
            field: Any = self.fields[name]
            field.choices = [("", _("表里已写明")), *field.choices]

    def said(self) -> Said:
        """What is chosen for figures whose cells do not say it."""
        data = self.cleaned_data
        indicator, area = data.get("indicator"), data.get("area")
        return Said(
            indicator.pk if indicator else None,
            area.pk if area else None,
            data.get("month"),
            data.get("column") or None,
        )


class GridForm(Form):
    """One box a row of the grid of entry; what is left empty stays as it is."""

    def __init__(self, *args: Any, lines: Sequence[GridLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            box = forms.TextInput(attrs={"inputmode": "decimal"})
            self.fields[line.name] = forms.CharField(
                label=line.label, required=False, max_length=40, widget=box
            )

    def clean(self) -> dict[str, Any]:
        """Each box as a number, or why it is none."""
        data = super().clean() or {}
        self.read: list[Cell] = []
        for number, line in enumerate(self.lines, 1):
            if not data.get(line.name):
                continue
            try:
                value = read_value(data[line.name], unit=line.indicator.unit)
            except BadValue as bad:
                self.add_error(line.name, why_not_taken(Fault(Place("", number, 1), bad.why, bad.shown)))
                continue
            place = Place("", number, 1)
            self.read.append(Cell(line.indicator.pk, line.area.pk, line.month, line.column, value, place))
        return data

    def rows(self) -> list[tuple[GridLine, forms.BoundField]]:
        """Each line with its box."""
        return [(line, self[line.name]) for line in self.lines]


class AnswerForm(Form):
    """What the clerk says of an odd figure."""

    answer = forms.ChoiceField(label=_("答复"), choices=Answer.choices[1:])
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class RestateForm(Form):
    """The corrected value of a figure and its reason."""

    value = forms.CharField(label=_("更正为"), max_length=40)
    reason = forms.CharField(label=_("更正理由"), max_length=200, help_text=_("原数值仍然保留，可以查看。"))
    unit = ""

    def clean_value(self) -> Decimal:
        """The value as a number in the unit of the indicator."""
        try:
            return read_value(self.cleaned_data["value"], unit=self.unit)
        except BadValue as bad:
            raise forms.ValidationError(why_not_taken(Fault(Place("", 1, 1), bad.why, bad.shown))) from bad


class ReturnFilter(MonthFilter):
    """The month and the column of the returns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["as_of"]
        field: Any = self.fields["column"]
        field.choices = Column.choices


class HandUpForm(Form):
    """Which return is handed up."""

    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.none())
    month = DateField(label=_("月份"))
    column = forms.ChoiceField(label=_("口径"), choices=Column.choices)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["area"]
        field.queryset = subtree(account.writes_area) if account.writes_area else Area.objects.none()


class IndicatorForm(EditForm):
    """An entry of the catalogue."""

    name = forms.CharField(label=_("名称"), max_length=40)
    english = forms.CharField(label=_("英文名称"), max_length=80, required=False)
    unit = forms.CharField(label=_("计量单位"), max_length=12)
    nature = forms.ChoiceField(label=_("性质"), choices=Nature.choices)
    direction = forms.ChoiceField(label=_("方向"), choices=Direction.choices)
    due_day = forms.IntegerField(label=_("次月几日前报送"), min_value=1, max_value=31)
    joined = forms.BooleanField(label=_("1-2月合并"), required=False)
    source = forms.CharField(label=_("数据来源"), max_length=40)
    formula = forms.CharField(
        label=_("计算公式"),
        max_length=200,
        required=False,
        help_text=_("填了公式就由系统算出，不再录入：sum(a, b)、growth(a)、share(a, b)、per_head(a, b)。"),
    )
    order = forms.IntegerField(label=_("排序"), min_value=0, max_value=9999)
    disabled_on = DateField(label=_("停用日期"), required=False)


class NewIndicatorForm(IndicatorForm):
    """A new entry of the catalogue; its code stays for good."""

    key = forms.CharField(
        label=_("代码"), max_length=40, help_text=_("公式用它指代指标，以后不能改，如 retail。")
    )
