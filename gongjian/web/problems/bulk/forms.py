"""Handing over many at once: a suggested unit for each row, or one unit for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account
from gongjian.problems.models import Problem
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.web.problems.forms import HandOverForm

ALL, LATER = "all", "later"  # to the one unit below; not this time


class BulkHandOverForm(HandOverForm):
    """Each row says where it goes; task and deadline are common."""

    def __init__(
        self,
        *args: Any,
        account: Account,
        problems: Sequence[Problem],
        chances: "Mapping[int, Sequence[suggested_units.Suggestion]]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, account=account, **kwargs)
        self.problems = list(problems)
        self.chances = {pk: [one for one in found if one.person] for pk, found in chances.items()}
        for name in ("task", "lead_unit", "responsible_person"):
            self.fields[name].required = False
        self.fields["task"].help_text = _("不填则各用自己的问题描述。")
        for problem in self.problems:
            self.fields[f"to-{problem.pk}"] = forms.ChoiceField(
                label=_("交给谁"),
                choices=self._choices(problem),
                initial=ALL,
                error_messages={"invalid_choice": _("建议已经变了。请重新选这一行。")},
                widget=forms.Select(attrs={"class": "form-select", "aria-label": problem.number}),
            )

    def _choices(self, problem: Problem) -> list[tuple[str, Any]]:
        found = [
            (key(one), f"{one.unit}·{one.person} {one.percent}%") for one in self.chances.get(problem.pk, ())
        ]
        return [*found, (ALL, _("交给下面统一的单位")), (LATER, _("这次不交办"))]

    def lines(self) -> list[tuple[Problem, forms.BoundField, "suggested_units.Suggestion | None"]]:
        """Each problem with its box and its likeliest unit."""
        return [
            (one, self[f"to-{one.pk}"], next(iter(self.chances.get(one.pk, ())), None))
            for one in self.problems
        ]

    def likeliest(self) -> dict[str, Any]:
        """First values of a new form: the likeliest unit in every row, everything typed kept."""
        kept = self.typed() | {
            name: self[name].value()[0] for name in ("lead_unit", "responsible_person", "copied_to")
        }
        return kept | {f"to-{pk}": key(found[0]) for pk, found in self.chances.items() if found}

    def clean(self) -> dict[str, Any]:
        """What the service takes: the problems that go, and to whom."""
        data = super().clean()
        answers = {one.pk: data.pop(f"to-{one.pk}", LATER) for one in self.problems}
        unit, person = data.pop("lead_unit", None), data.pop("responsible_person", None)
        named = {
            pk: {key(one): (one.unit, one.person) for one in found} for pk, found in self.chances.items()
        }
        data["to"] = {pk: named[pk][answer] for pk, answer in answers.items() if answer in named.get(pk, {})}
        data["otherwise"] = (unit, person) if unit and person else None
        data["problems"] = [one for one in self.problems if answers[one.pk] != LATER]
        data.pop("limit", None)
        self._check(sum(answer == ALL for answer in answers.values()), unit=unit, person=person)
        if not data["problems"] and not self.errors:
            self.add_error(None, _("每一行都选了“这次不交办”。请至少给一行选单位。"))
        return data

    def _check(self, waiting: int, *, unit: Any, person: Any) -> None:
        """One unit for all needs both of its parts, when a row asks for it."""
        ask = _("有 %(n)s 行交给统一的单位。请填写，或给这些行选建议的单位。") % {"n": waiting}
        for name, value in (("lead_unit", unit), ("responsible_person", person)):
            if waiting and not value and name not in self.errors:
                self.add_error(name, ask)


def key(one: "suggested_units.Suggestion") -> str:
    """A suggestion as the value of a choice."""
    return f"{one.unit.pk}:{one.person.pk if one.person else ''}"
