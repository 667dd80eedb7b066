"""A form that edits a record: writes what was changed, and shows both texts where two people changed one field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from gongjian.audit.queries import events_of
from gongjian.audit.wording import day_in_words, moment_in_words
from gongjian.web.editing.presence import Present
from gongjian.web.editing.versions import as_cleaned, digest, digests_in, plain, version_of
from gongjian.web.forms import Form
from gongjian.web.picks import Pick

OPENED = "opened"
CHOICE = "choose_"


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed: both texts, who wrote the other one and when.

    `name` is the choice's name in the page, `seen` the digest of the other text as it is shown.
    """

    name: str
    mine: str
    theirs: str
    by: str
    at: datetime | None
    seen: str


class EditForm(Form):
    """The base of a form that may edit a record: `class FirmForm(EditForm)`.

    Made with `subjects=[record]` and the record's values as `initial`, it carries the version it was opened with.
    `unseen` holds values that no page shows (addresses with passwords); such a field left blank is left alone.
    After `is_valid`, `cleaned_data` holds the newest value of every field the person left alone. Made without
    subjects it is a form for something new.
    """

    def __init__(
        self,
        *args: Any,
        subjects: Sequence[Model] = (),
        unseen: Mapping[str, Any] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subjects, self.unseen = list(subjects), unseen
        self.conflicts: list[Conflict] = []
        self.present: Present | None = None
        self.untouched: list[str] = []  # left alone by this person, changed by another
        if self.subjects:
            self.fields[OPENED] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=self._version
            )

    @property
    def _edited(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if name != OPENED and not isinstance(field, forms.FileField)
        ]

    def _stored(self, name: str) -> Any:
        """What the record holds now, comparable with what was typed."""
        if name in self.unseen:
            return self.unseen[name]
        field, value = self.fields[name], self.get_initial_for_field(self.fields[name], name)
        by_key = isinstance(field, Pick | forms.ModelChoiceField)  # needs no look into the database
        return value if by_key else as_cleaned(field, value)

    def _version(self) -> str:
        return version_of({name: self._stored(name) for name in self._edited})

    def full_clean(self) -> None:
        """Check as usual, then set what was typed against what the record holds by now."""
        super().full_clean()
        if self.is_bound and self.subjects and hasattr(self, "cleaned_data"):
            self._merge(digests_in(str(self.cleaned_data.pop(OPENED, ""))))

    def _merge(self, opened: dict[str, str]) -> None:
        for name in self._edited:
            now = self._stored(name)
            if name not in self.cleaned_data or name not in opened or opened[name] == digest(now):
                continue  # wrong anyway, opened with this very value, or sent without a version
            if name in self.unseen and not self.cleaned_data[name]:
                continue
            if digest(self.cleaned_data[name]) == opened[name]:
                self.cleaned_data[name] = as_cleaned(self.fields[name], now)
                self.untouched.append(name)
            elif digest(self.cleaned_data[name]) != digest(now):
                self._settle(name, now)
        if self.conflicts:
            self._show_newest(opened)

    def _settle(self, name: str, now: Any) -> None:
        """Both changed the field: take what the person chose after seeing both, or ask."""
        chosen, _sign, seen = str(self.data.get(self.add_prefix(CHOICE + name), "")).partition(":")
        if seen == digest(now) and chosen in ("mine", "theirs"):
            if chosen == "theirs":
                self.cleaned_data[name] = "" if name in self.unseen else as_cleaned(self.fields[name], now)
            return
        field = self.fields[name]
        who, when = self._last_change()
        conflict = Conflict(
            name=self.add_prefix(CHOICE + name),
            mine=in_words(field, self.cleaned_data[name]),
            theirs=_("（不显示）") if name in self.unseen else in_words(field, as_cleaned(field, now)),
            by=who,
            at=when,
            seen=digest(now),
        )
        field.conflict = conflict  # type: ignore[attr-defined]  # drawn beside the field
        self.conflicts.append(conflict)
        sentence = _("您打开以后，%(who)s也改了“%(field)s”。两种写法都在下面，请选一种再提交。")
        self.add_error(name, sentence % {"who": who or _("别人"), "field": field.label or name})

    def _last_change(self) -> tuple[str, datetime | None]:
        last = events_of(*self.subjects).order_by("-seq").first()
        return (last.by_name, last.at) if last else ("", None)

    def _show_newest(self, opened: dict[str, str]) -> None:
        """The page that asks shows the other's newest text in fields the person left alone."""
        for name in self.untouched:
            _draw(self.fields[name], self.get_initial_for_field(self.fields[name], name))
        newest = {name: digest(self._stored(name)) for name in self.untouched}
        _draw(self.fields[OPENED], ";".join(f"{name}={value}" for name, value in (opened | newest).items()))


def _draw(field: forms.Field, value: Any) -> None:
    """Let a bound field show this value in place of what was posted."""
    shown: Callable[[Any, Any], Any] = lambda _data, _initial: value  # noqa: E731  takes the place of a method
    field.bound_data = shown  # type: ignore[assignment, method-assign]


def in_words(field: forms.Field, value: Any) -> str:
    """A value as people read it: the label of a choice, names of records, yes or no."""
    if isinstance(field, forms.BooleanField):
        return str(_("是") if value else _("否"))
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, str) or value is None or not hasattr(value, "__iter__"):
        return _label(field, value)
    return _("、").join(_label(field, each) for each in value)


def _label(field: forms.Field, value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(value, datetime):
        return moment_in_words(value)
    return day_in_words(value) if isinstance(value, date) else plain(value)
