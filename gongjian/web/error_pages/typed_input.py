"""What the user typed before a request failed: kept, shown, and sent again."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

SECRET = frozenset({"csrfmiddlewaretoken", "username", "password", "old", "new", "again"})

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
}


@dataclass(frozen=True)
class TypedValue:
    """One form field as it was posted."""

    name: str
    value: str

    @property
    def label(self) -> str:
        """The form's label of the field, or else its name."""
        return str(LABELS.get(self.name, self.name))


def typed_values(request: HttpRequest) -> list[TypedValue]:
    """Every posted value except tokens and passwords, in the order of the form."""
    return [
        TypedValue(name, value)
        for name, values in request.POST.lists()
        if name not in SECRET
        for value in values
        if isinstance(value, str)
    ]


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
