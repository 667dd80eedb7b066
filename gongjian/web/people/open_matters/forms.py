"""Who takes each open matter: one for all, by suggestion, or row by row."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account, Unit
from gongjian.people.queries import find_units, whole_city
from gongjian.problems.open_matters.queries import Holder, OpenMatter
from gongjian.web.forms import Form, Pick, TextArea
from gongjian.web.people.person_of_unit import limit_person_to_unit, person_reason

ALL, LATER = "all", "later"  # to the one below; not this time


class HandOnForm(Form):
    """One holder for all, and in each row another one or none."""

    reason = TextArea(
        label=_("移交原因"), rows=2, help_text=_("如“机构合并”“调任市交通局”，记入每件事的经过。")
    )
    lead_unit = Pick(label=_("移交给单位"), source="unit-find", required=False)
    responsible_person = Pick(label=_("移交给（人）"), source="person-find", required=False)
    person_reason = person_reason()

    def __init__(
        self, *args: Any, account: Account, matters: Sequence[OpenMatter], of_unit: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matters, self.of_unit = matters, of_unit
        unit: Any = self.fields["lead_unit"]
        unit.queryset = Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True)
        unit.find = find_units
        limit_person_to_unit(self)
        if not of_unit:
            self.fields["lead_unit"].help_text = _("人还在原单位就不用填。")
        for matter in matters:
            named = [(_key(holder), _words(holder)) for holder in matter.suggested]
            self.fields[f"to-{matter.key}"] = forms.ChoiceField(
                label=_("移交给"),
                choices=[(ALL, _("移交给下面统一的单位或人")), *named, (LATER, _("这次不移交"))],
                widget=forms.Select(attrs={"class": "form-select", "aria-label": _("移交给")}),
            )

    def lines(self) -> list[tuple[OpenMatter, forms.BoundField]]:
        """Each matter with its field."""
        return [(matter, self[f"to-{matter.key}"]) for matter in self.matters]

    def likeliest(self) -> dict[str, str]:
        """The first suggestion of each row, to be filled in at one press."""
        return {f"to-{matter.key}": _key(matter.suggested[0]) for matter in self.matters if matter.suggested}

    def clean(self) -> dict[str, Any]:
        """Collect who takes which matter."""
        data: dict[str, Any] = super().clean() or {}
        unit, person = data.pop("lead_unit", None), data.pop("responsible_person", None)
        to: dict[str, Holder] = {}
        for matter in self.matters:
            answer = data.pop(f"to-{matter.key}", LATER)
            if answer == ALL and person is not None:
                to[matter.key] = (unit, person)
            elif answer not in {ALL, LATER}:
                to[matter.key] = {_key(holder): holder for holder in matter.suggested}[answer]
            elif answer == ALL:
                self._ask(unit)
        if not to and not self.errors:
            self.add_error(None, _("每一行都选了“这次不移交”。请至少给一行选人。"))
        return data | {"to": to}

    def _ask(self, unit: Unit | None) -> None:
        if "responsible_person" not in self.errors:
            self.add_error("responsible_person", _("有的行交给统一的人。请选人，或给这些行选建议的人。"))
        if self.of_unit and unit is None and "lead_unit" not in self.errors:
            self.add_error("lead_unit", _("请选承接的单位。"))


def _key(holder: Holder) -> str:
    unit, person = holder
    return f"{unit.pk if unit else ''}:{person.pk}"


def _words(holder: Holder) -> str:
    unit, person = holder
    return f"{unit}·{person}" if unit else str(person)
