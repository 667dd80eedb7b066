"""The hand-over that goes with a problem being recorded: asked only where the person presses for both."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Account, Area
from gongjian.problems.perms import may_hand_over_in
from gongjian.web.problems.forms import HandOverForm

BOTH = "also"  # the name of the button that records and hands over


class AtOnceForm(HandOverForm):
    """A hand-over beside the form of its problem; left alone where only the problem is recorded."""

    def __init__(self, *args: Any, wanted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["task"].required = False
        self.fields["task"].help_text = _("不填就用问题描述。")
        if not wanted:
            for field in self.fields.values():
                field.required = False

    def clean(self) -> dict[str, Any]:
        """Checked as a hand-over where it is one."""
        return super().clean() if self.wanted else self.cleaned_data

    def facts(self, text: str) -> dict[str, Any]:
        """What the service takes; the problem's text is the task where none was written."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "limit"}
        return facts | {"task": facts["task"] or text}


def at_once_form(
    request: HttpRequest | None, account: Account, area: Area | None, **given: Any
) -> AtOnceForm | None:
    """The form for this account, with what `request` sent; None for who hands nothing over in the area."""
    if area is None or not may_hand_over_in(account, area):
        return None
    sent = request is not None and request.method == "POST"
    data = request.POST if request is not None and sent else None
    return AtOnceForm(data, account=account, wanted=bool(data and BOTH in data), **given)
