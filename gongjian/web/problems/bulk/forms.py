"""Handing over many problems at once: a suggested unit for each, or one unit for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gongjian.people.models import Account
from gongjian.problems.models import Problem
from gongjian.problems.states import FILED
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.web.problems.forms import HandOverForm

ALL, LATER = "all", "later"  # to the one unit below; not this time


class BulkHandOverForm(HandOverForm):
    """A unit for each problem; task and deadline are common to all."""

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
        self.chances = {
            pk: [suggestion for suggestion in suggestions if suggestion.person]
            for pk, suggestions in chances.items()
        }
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
            if problem.is_unfiled:
                self.fields[f"category-{problem.pk}"] = forms.ChoiceField(
                    label=_("问题类别"),
                    choices=[("", _("待归类：请选类别")), *FILED],
                    required=False,
                    widget=forms.Select(attrs={"class": "form-select", "aria-label": _("问题类别")}),
                )

    def _choices(self, problem: Problem) -> list[tuple[str, Any]]:
        choices = [
            (key(suggestion), f"{suggestion.unit}·{suggestion.person} {suggestion.percent}%")
            for suggestion in self.chances.get(problem.pk, ())
        ]
        return [*choices, (ALL, _("交给下面统一的单位")), (LATER, _("这次不交办"))]

    def lines(
        self,
    ) -> list[tuple[Problem, forms.BoundField, "suggested_units.Suggestion | None", forms.BoundField | None]]:
        """Each problem with its field, its likeliest unit, and the field of its category while it has none."""
        return [
            (
                problem,
                self[f"to-{problem.pk}"],
                next(iter(self.chances.get(problem.pk, ())), None),
                self[f"category-{problem.pk}"] if problem.is_unfiled else None,
            )
            for problem in self.problems
        ]

    def likeliest(self) -> dict[str, Any]:
        """Initial values of a new form: the likeliest unit in every row, and everything already typed."""
        typed = self.typed() | {
            name: self[name].value()[0] for name in ("lead_unit", "responsible_person", "copied_to")
        }
        typed |= {name: self[name].value() for name in self.fields if name.startswith("category-")}
        return typed | {
            f"to-{pk}": key(suggestions[0]) for pk, suggestions in self.chances.items() if suggestions
        }

    def clean(self) -> dict[str, Any]:
        """Collect the problems to hand over, and the unit each one goes to."""
        data = super().clean()
        answers = {problem.pk: data.pop(f"to-{problem.pk}", LATER) for problem in self.problems}
        data["categories"] = self._filed(data, answers)
        unit, person = data.pop("lead_unit", None), data.pop("responsible_person", None)
        named = {
            pk: {key(suggestion): (suggestion.unit, suggestion.person) for suggestion in suggestions}
            for pk, suggestions in self.chances.items()
        }
        data["to"] = {pk: named[pk][answer] for pk, answer in answers.items() if answer in named.get(pk, {})}
        data["otherwise"] = (unit, person) if unit and person else None
        data["problems"] = [problem for problem in self.problems if answers[problem.pk] != LATER]
        data.pop("limit", None)
        self._check(sum(answer == ALL for answer in answers.values()), unit=unit, person=person)
        if not data["problems"] and not self.errors:
            self.add_error(None, _("每一行都选了“这次不交办”。请至少给一行选单位。"))
        return data

    def _filed(self, data: dict[str, Any], answers: dict[int, str]) -> dict[int, str]:
        """The category of each problem nobody has filed; none is handed over without."""
        filed = {one.pk: data.pop(f"category-{one.pk}", "") for one in self.problems if one.is_unfiled}
        for pk, category in filed.items():
            if not category and answers[pk] != LATER:
                self.add_error(f"category-{pk}", _("交办前请选问题类别。"))
        return filed

    def _check(self, waiting: int, *, unit: Any, person: Any) -> None:
        """One unit for all needs both of its parts, when a row asks for it."""
        ask = ngettext(
            "有 %(n)s 行交给统一的单位。请填写，或给这些行选建议的单位。",
            "有 %(n)s 行交给统一的单位。请填写，或给这些行选建议的单位。",
            waiting,
        ) % {"n": waiting}
        for name, value in (("lead_unit", unit), ("responsible_person", person)):
            if waiting and not value and name not in self.errors:
                self.add_error(name, ask)


def key(suggestion: "suggested_units.Suggestion") -> str:
    """A suggestion encoded as the value of a choice."""
    return f"{suggestion.unit.pk}:{suggestion.person.pk if suggestion.person else ''}"
