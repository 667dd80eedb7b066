"""Forms of commendation: a new list, a line with its evidence, the days of objection, an objection and its answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.indicators.models import Figure
from gongjian.people.models import Area, Unit
from gongjian.standings.commendations.queries import figures_offered, publications_offered, units_offered
from gongjian.standings.models import Commendation, Publication
from gongjian.standings.queries import compared_areas
from gongjian.standings.states import Verdict
from gongjian.web.forms import DateField, Form, TextArea
from gongjian.web.indicators.months import month_in_words
from gongjian.web.templatetags.figures import figure as as_figure


class NewForm(Form):
    """A new list."""

    title = forms.CharField(label=_("表彰名称"), max_length=80)
    basis = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名和文号。"))


class PublicationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker alone
    """Published standings by scheme and month."""

    def label_from_instance(self, obj: Publication) -> str:
        """Scheme and month."""
        return f"{obj.version.scheme} {month_in_words(obj.month)}"


class FigureChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker alone
    """A figure by area, indicator and month."""

    def label_from_instance(self, obj: Figure) -> str:
        """Area, indicator, month, column, value."""
        named = (obj.area, obj.indicator.label, month_in_words(obj.month, joined=obj.indicator.joined))
        return " ".join((*map(str, named), str(obj.get_column_display()), as_figure(obj.value)))


class CommendedForm(Form):
    """An area or a unit with its merit and the evidence behind it."""

    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.none(), required=False)
    unit = forms.ModelChoiceField(label=_("或单位"), queryset=Unit.objects.none(), required=False)
    merit = TextArea(label=_("事迹"), max_length=300)
    publication = PublicationChoice(label=_("排名依据"), queryset=Publication.objects.none(), required=False)
    figure = FigureChoice(label=_("或数据依据"), queryset=Figure.objects.none(), required=False)

    def __init__(self, *args: Any, row: Commendation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["area"].queryset = Area.objects.filter(pk__in=[one.pk for one in compared_areas(row.area)])
        fields["unit"].queryset = units_offered(row)
        fields["publication"].queryset = publications_offered(row)
        fields["figure"].queryset = figures_offered(row, today=today)


class OpenForm(Form):
    """Until when objections are taken."""

    until = DateField(label=_("公示到"), meaning=DayMeaning.ANY)


class ObjectionForm(Form):
    """What speaks against a line."""

    text = forms.CharField(label=_("异议内容"), max_length=300)


class AnswerForm(Form):
    """Whether an objection holds, and the answer."""

    verdict = forms.ChoiceField(label=_("异议答复"), choices=[one for one in Verdict.choices if one[0]])
    answer = forms.CharField(label=_("答复内容"), max_length=300)
