"""What the user typed before a request failed: kept, shown, and sent again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Area
from gongjian.visits.states import NoteHeading
from gongjian.web.forms import Form
from gongjian.web.moved_on.since_opened import SEEN
from gongjian.web.record_keys import record_key

KEY = "form_key"  # the hidden field that tells one opened form from another
PREFIX = re.compile(r"^[a-z_]+\d*-")  # of one form among several on a page
OF_THE_PAGE = frozenset(
    {"opened", "key", "next", "back", "home", "base", "mode", "do", "take", "sure", "active", "verb"}
)
SECRET = frozenset({KEY, SEEN, "csrfmiddlewaretoken", "username", "password", "old", "new", "again"})
# Sent again with the form, never drawn: a page may be photographed or lie open on a public screen.
UNSHOWN = frozenset({"code", "token", "secret"})

# Names of the fields people type most into, so that the list reads like their form.
LABELS = {
    "text": _("内容"),
    "task": _("任务"),
    "reason": _("原因"),
    "due": _("期限"),
    "note": _("备注"),
    "answer": _("答复"),
    "title": _("标题"),
    "name": _("名称"),
    "enterprise_text": _("企业"),
    "lead_unit_text": _("牵头单位"),
    "responsible_person_text": _("责任人"),
    "supporting_units_text": _("协办单位"),
    "copied_to_text": _("抄送单位"),
    "said_by": _("评价人"),
    "raised_by": _("反映人"),
    "q": _("搜索"),
    "until": _("截止日期"),
    "outcome": _("办理结果"),
    "lead_unit": _("牵头单位"),
    "responsible_person": _("责任人"),
    **{f"note_{heading.value}": heading.label for heading in NoteHeading},
}


@dataclass(frozen=True)
class TypedValue:
    """One form field as it was posted; `field` is the form's own, where it is known."""

    name: str
    value: str
    field: forms.Field | None = None
    beside_text: bool = False

    @property
    def label(self) -> str:
        """The form's label of the field, or else its name."""
        plain = PREFIX.sub("", self.name)
        held = self.field.label if self.field is not None else None
        return str(held or LABELS.get(plain) or plain)

    @property
    def words(self) -> str:
        """The value as people read it: a choice by its label, an area by its name."""
        if (
            isinstance(self.field, forms.ModelChoiceField)
            and getattr(self.field.queryset, "model", None) is Area
        ):
            area = Area.objects.filter(pk=record_key(self.value)).first()
            return str(area) if area else self.value
        choices = self.field.choices if type(self.field) is forms.ChoiceField else []
        return str(dict(choices).get(self.value, self.value))  # type: ignore[arg-type]

    @property
    def shown(self) -> bool:
        """Whether somebody typed or chose it and may see it: no key of a page, no secret, none whose name stands beside it."""
        plain = PREFIX.sub("", self.name)
        of_the_page = plain in OF_THE_PAGE or plain.startswith("choose_") or self.beside_text
        return not of_the_page and not self.secret

    @property
    def secret(self) -> bool:
        """Whether it opens something: a password, a token, a one-time code, an address that holds one."""
        return self.name in UNSHOWN or bool(getattr(self.field, "secret", False))


def typed_values(request: HttpRequest, tried: Iterable[forms.BaseForm] = ()) -> list[TypedValue]:
    """Every posted value except tokens and passwords, in the order of the form; `tried` are the forms, where known."""
    field_of = fields_by_name(request)
    known = {form.add_prefix(name): field for form in tried for name, field in form.fields.items()}
    return [
        TypedValue(
            name, value, known.get(name) or field_of.get(PREFIX.sub("", name)), f"{name}_text" in request.POST
        )
        for name, values in request.POST.lists()
        if name not in SECRET
        for value in values
        if isinstance(value, str)
    ]


def fields_by_name(request: HttpRequest) -> dict[str, forms.Field]:
    """The fields of the form that was probably sent: of this section's forms the one that knows most of the names."""
    names = {PREFIX.sub("", name).removesuffix("_text") for name in request.POST}
    match = request.resolver_match
    room = ".".join(match.func.__module__.split(".")[:3]) if match else "-"
    near = [form for form in _forms(Form) if form.__module__.startswith(room)]
    known = max(near, key=lambda form: len(names & form.base_fields.keys()), default=None)
    fields = dict(known.base_fields) if known else {}
    return fields | {f"{name}_text": field for name, field in fields.items()}


def _forms(base: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)


def file_names(request: HttpRequest) -> list[str]:
    """Names of the uploaded files; the user has to choose them again."""
    return [str(file.name) for _name, uploads in request.FILES.lists() for file in uploads]


def form_address(request: HttpRequest) -> str:
    """Path of the page that held the form, as reported by the browser."""
    parts = urlsplit(request.headers.get("Referer") or "")
    if parts.netloc != request.get_host():
        return request.path
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def sent_from_our_form(request: HttpRequest) -> bool:
    """Whether the browser reports that the form was on one of our pages."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()
