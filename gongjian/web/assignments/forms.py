"""One small form for each move, built from the table of moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.models import Assignment
from gongjian.assignments.perms import acts_for_unit, offered_moves
from gongjian.assignments.states import MOVE, PROXY_LABELS, QUESTIONS, Answer, Move, Outcome
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.people.models import Account, Person, Unit
from gongjian.people.queries import find_persons, find_units, whole_city
from gongjian.people.states import Role
from gongjian.web.forms import DateField, FilesField, Form, Pick, dress
from gongjian.web.people.person_of_unit import limit_person_to, limit_person_to_unit, person_reason


def _text(label: Any, *, required: bool = True) -> forms.Field:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 2}), required=required)


def _date(label: Any, *, required: bool = True) -> forms.Field:
    return DateField(meaning=DayMeaning.DUE, label=label, required=required)


def _question(label: Any) -> forms.Field:
    return forms.ChoiceField(label=label, choices=Answer.choices, widget=forms.RadioSelect)


class MoveForm(Form):
    """The fields one move asks for; a move that asks for nothing has none."""

    def __init__(
        self, *args: Any, verb: str, account: Account, assignment: Assignment, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.verb, self.proxy = verb, acts_for_unit(account, assignment, verb)
        self.label = PROXY_LABELS[verb] if self.proxy else MOVE[verb].label
        for name, field in _fields(verb, account).items():
            self.fields[name] = field
        if verb == "reassign":
            limit_person_to_unit(self)
        if verb == "change_person":
            limit_person_to(self, assignment.lead_unit)
            if account.role == Role.HANDLER:  # a unit names its own persons only
                del self.fields["person_reason"]
        if self.proxy:
            self.fields["proxy_reason"] = proxy_reason()
        dress(self)

    def facts(self) -> dict[str, Any]:
        """The values for the service, with the answers of the acceptance test combined into one."""
        data: dict[str, Any] = dict(self.cleaned_data)
        answers = {key: data.pop(key) for key in QUESTIONS if key in data}
        return data | ({"answers": answers} if answers else {})


def _person() -> forms.Field:
    return Pick(label=_("责任人"), source="person-find", queryset=Person.objects.all(), find=find_persons)


def proxy_reason() -> forms.Field:
    """The field that every move made for a unit asks for."""
    return forms.CharField(
        label=_("代办理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        help_text=_("如“单位没有账号，纸质签收单见附件”。记入经过、台账和统计。"),
    )


def _fields(verb: str, account: Account) -> dict[str, forms.Field]:
    reason = {"reason": _text(_("理由"))}
    fields_by_verb: dict[str, dict[str, forms.Field]] = {
        "object_to": reason,
        "overrule": reason,
        "refuse_extension": reason,
        "hold": reason,
        "return_": reason,
        "withdraw": reason,
        "reopen": reason | {"due": _date(_("新的办理时限"), required=False)},
        "report": {"text": _text(_("进展情况")), "files": FilesField(required=False)},
        "remind": {"text": _text(_("催办意见"), required=False)},
        "ask_extension": {"until": _date(_("申请延期至"))} | reason,
        "resolve": {
            "outcome": forms.ChoiceField(label=_("办理结果"), choices=Outcome.choices),
            "text": _text(_("办理情况")),
            "files": FilesField(required=False),
        },
        "pass_check": {key: _question(label) for key, label in QUESTIONS.items()}
        | {"note": _text(_("核查意见"), required=False)},
        "reassign": {
            "lead_unit": Pick(
                label=_("改派给"),
                source="unit-find",
                queryset=Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True),
                find=find_units,
            ),
            "responsible_person": _person(),
            "person_reason": person_reason(),
        }
        | reason
        | {"due": _date(_("新的办理时限"), required=False)},
        "change_person": {"responsible_person": _person(), "person_reason": person_reason()} | reason,
    }
    return fields_by_verb.get(verb, {})


@dataclass(frozen=True)
class Offer:
    """A move shown as a button, with its form; `proxy`: made for the unit, so never the first button."""

    verb: str
    label: Any
    form: MoveForm
    proxy: bool = False

    @property
    def forward(self) -> bool:
        """Whether it takes the matter on: the first such act of a page is drawn as the page's own."""
        return self.verb in FORWARD


# Closing goes through the firm's word where a firm asked; recomputing is the calendar's, escalating the ladder's.
# Taking over stands on the page of a unit's open matters.
HIDDEN = frozenset({"close", "escalate", "recompute_due", "take_over"})
# What takes the matter on stands first and is the act of the page; what is seldom wanted stands last.
FORWARD = frozenset({"accept", "overrule", "report", "resolve", "resume", "grant_extension", "pass_check"})
SELDOM = frozenset({"change_person", "reassign", "hold", "withdraw"})
ONLY_CALENDAR = frozenset({"escalate", "recompute_due", "take_over"})


@dataclass(frozen=True)
class Offers:
    """What the page of an assignment offers: own moves, moves for the unit, and why there are none of these (or "")."""

    own: list[Offer]
    proxy: list[Offer]
    why_not: str = ""


def move_forms(
    account: Account,
    assignment: Assignment,
    *,
    refused: MoveForm | None,
    hidden: frozenset[str] = HIDDEN,
) -> Offers:
    """The moves this account may make now; a refused form keeps what was typed."""
    moves = offered_moves(account, assignment)

    def offer(move: Move) -> Offer:
        kept = refused if refused and refused.verb == move.verb else None
        form = kept or MoveForm(verb=move.verb, account=account, assignment=assignment, prefix=move.verb)
        return Offer(move.verb, form.label, form, form.proxy)

    return Offers(
        own=[offer(move) for move in _in_order(moves.own, assignment) if move.verb not in hidden],
        proxy=[offer(move) for move in moves.proxy],
        why_not=_left_to_unit(assignment, moves.barred) if moves.barred else "",
    )


def _in_order(moves: Iterable[Move], assignment: Assignment) -> list[Move]:
    """The moves as somebody at work wants them: what the next checkpoint waits for, what takes the matter on, the rest."""
    waiting = "resolve" if assignment.next_due_on == assignment.due_on else "report"

    def place(move: Move) -> int:
        if move.verb in SELDOM:
            return 3
        return (0 if move.verb == waiting else 1) if move.verb in FORWARD else 2

    return sorted(moves, key=place)


def _left_to_unit(assignment: Assignment, barred: Sequence[Move]) -> str:
    what = _("、").join(str(move.label) for move in barred)
    return gettext("%(what)s由%(unit)s用自己的账号来做。") % {"what": what, "unit": assignment.lead_unit}
