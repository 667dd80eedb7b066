"""Base forms and fields: styling, errors that say what to do, a service's refusal as a form error."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.db.models import BLANK_CHOICE_DASH
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.attachments.services import AcceptedFile, accept_file
from gongjian.audit import Refused
from gongjian.audit.sensible_days import check_day
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.engines.writing.signs import clean_line, clean_text
from gongjian.web.picks import Pick, PickMany, PickOrNew, PickText, PickWidget

__all__ = [
    "DateField",
    "FilesField",
    "Form",
    "Pick",
    "PickMany",
    "PickOrNew",
    "PickText",
    "SecretField",
    "TextArea",
    "attempt",
    "dress",
    "linked",
]

Result = TypeVar("Result")
DASHES = BLANK_CHOICE_DASH[0][1]
_CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.DateInput, PickWidget)


class DateField(forms.DateField):
    """A date field; the browser offers its own calendar. A day that makes no sense for its meaning is refused."""

    def __init__(self, *, meaning: DayMeaning = DayMeaning.ANY, **kwargs: Any) -> None:
        self.meaning = meaning
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("error_messages", {"invalid": gettext_lazy("请填写有效的日期，如 2026-11-24。")})
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        """Required, and within the span of days that make sense today."""
        super().validate(value)
        try:
            check_day(value, self.meaning, today=timezone.localdate())
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused


class SecretField(forms.CharField):
    """A text that opens something (an address with a password in it): no page shows it again."""

    secret = True


class TextArea(forms.CharField):
    """A text box of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class ManyFiles(forms.ClearableFileInput):
    """A file box that accepts several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploaded files, checked and made safe before anything is written."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ManyFiles(attrs={"data-max": settings.UPLOAD_LIMIT}))
        kwargs.setdefault("label", gettext_lazy("附件"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy("照片、PDF、OFD、Word、Excel、WPS；可以不传。照片中的位置和设备信息会自动去掉。"),
        )
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[AcceptedFile]:  # noqa: ARG002  the framework passes it
        """Each file with its name and content; one that is not accepted is refused here."""
        listed = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not listed:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        try:
            return [accept_file(file.name or "file", file.read()) for file in listed]
        except Refused as refused:
            raise forms.ValidationError(refused.sentence, code="refused") from refused


class _Dressed(DeclarativeFieldsMetaclass):
    """Dresses a form once it is fully made: a field that its `__init__` adds is one like the others."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        form = super().__call__(*args, **kwargs)
        dress(form)
        return form


class Form(forms.Form, metaclass=_Dressed):
    """Base of all forms: Bootstrap classes, no colon after labels, "required" errors that name the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Check what was typed; a form that is only drawn again is not checked, and shows no errors."""
        if not (self.is_bound and _drawn_again.get()):
            return super().full_clean()
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        return None

    def is_valid(self) -> bool:
        """Whether the form may be carried out: never while it is only drawn again."""
        return super().is_valid() and not _drawn_again.get()


_drawn_again: ContextVar[bool] = ContextVar("drawn_again", default=False)


@contextmanager
def drawn_again() -> Iterator[None]:
    """While this lasts, forms show what was typed into them and are not carried out."""
    token = _drawn_again.set(True)
    try:
        yield
    finally:
        _drawn_again.reset(token)


def dress(form: forms.BaseForm) -> None:
    """Give every field of a form (or of a FilterSet's form) its classes and its whole-sentence error."""
    for name, field in form.fields.items():
        widget = field.widget
        css = _css(widget)
        if css and css not in widget.attrs.get("class", ""):
            widget.attrs["class"] = f"{css} {widget.attrs.get('class', '')}".strip()
        _name_blank(field)
        if isinstance(field, forms.CharField):
            _keep_clean(field)
        label = field.label or name
        ask = (
            gettext_lazy("请选择“%(label)s”。")
            if isinstance(widget, _CHOSEN)
            else gettext_lazy("请填写“%(label)s”。")
        )
        field.error_messages["required"] = str(ask) % {"label": label}


def _keep_clean(field: forms.CharField) -> None:
    """What the field takes has no sign that nobody sees; a field of one line has no line breaks."""
    clean = clean_text if isinstance(field.widget, forms.Textarea) else clean_line
    read = field.to_python
    taken = lambda value: read(clean(value) if isinstance(value, str) else value)  # noqa: E731  stands in for the method
    field.to_python = taken  # type: ignore[method-assign]  # of this form's own copy of the field


def _name_blank(field: forms.Field) -> None:
    """The choice of nothing says what it is, in words."""
    words = gettext_lazy("请选择") if field.required else gettext_lazy("不选")
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
        field.empty_label = words
    if isinstance(field, forms.ChoiceField) and isinstance(field.choices, list):
        field.choices = [(key, words if label == DASHES else label) for key, label in field.choices]


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "" if isinstance(widget, forms.HiddenInput | PickWidget) else "form-control"


_tried: ContextVar[list[forms.BaseForm] | None] = ContextVar("tried_forms", default=None)


@contextmanager
def tried_forms() -> Iterator[list[forms.BaseForm]]:
    """The forms that are attempted while this lasts: their labels and errors, should the page not show them."""
    forms_of_request: list[forms.BaseForm] = []
    token = _tried.set(forms_of_request)
    try:
        yield forms_of_request
    finally:
        _tried.reset(token)


def attempted() -> list[forms.BaseForm]:
    """The forms that this request has attempted so far."""
    return list(_tried.get() or ())


def linked(pages: Iterable[tuple[str, str]]) -> SafeString:
    """Names that lead to their pages, for a sentence of a form; a name without an address stands alone."""
    return format_html_join(
        _("、"), "{}", ((format_html('<a href="{}">{}</a>', to, name) if to else name,) for to, name in pages)
    )


def attempt(form: forms.BaseForm, call: Callable[[], Result]) -> Result | None:
    """Run `call` if the form is valid. None if it is not, or if the service refused: see `form.errors`."""
    if form.is_bound and (tried := _tried.get()) is not None:
        tried.append(form)
    if not form.is_valid():
        return None
    try:
        return call()
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.sentence)
        return None
