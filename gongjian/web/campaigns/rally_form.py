"""The form of a pledge."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.audit.wording import unit_behind
from gongjian.campaigns.models import Target
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.people.models import Account, Unit
from gongjian.people.queries import find_units, whole_city
from gongjian.web.forms import DateField, Form, Pick, TextArea
from gongjian.web.people.person_of_unit import limit_person_to_unit, person_reason
from gongjian.web.templatetags.figures import figure


class PledgeForm(Form):
    """For which target, the words, who answers for them, until when."""

    target = forms.ModelChoiceField(label=_("目标"), queryset=Target.objects.none(), empty_label=None)
    words = TextArea(label=_("表态"), rows=3, max_length=1000)
    lead_unit = Pick(label=_("牵头单位"), source="unit-find")
    responsible_person = Pick(label=_("责任人"), source="person-find")
    person_reason = person_reason()
    due = DateField(
        meaning=DayMeaning.DUE,
        label=_("办理时限"),
        required=False,
        help_text=_("不填则到目标时段的最后一天。"),
    )

    def __init__(self, *args: Any, account: Account, targets: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["target"].queryset = Target.objects.filter(pk__in=[one.pk for one in targets])
        fields["target"].choices = [
            (
                one.pk,
                f"{one.indicator.label} {one.get_horizon_display()} {figure(one.value)} {unit_behind(one.indicator.unit)}",
            )
            for one in targets
        ]
        fields["lead_unit"].queryset = Unit.objects.filter(
            whole_city(account.reads_area), disabled_on__isnull=True
        )
        fields["lead_unit"].find = find_units
        limit_person_to_unit(self)
