"""A form that edits a record: writes what was changed, and shows both texts where two people changed one field."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from gongjian.audit.queries import events_of
from gongjian.audit.wording import day_in_words, moment_in_words
from gongjian.engines.writing.merging import merge
from gongjian.web.editing.conflicts import CHOICE, Conflict
from gongjian.web.editing.lines import settle
from gongjian.web.editing.presence import Present
from gongjian.web.editing.versions import as_cleaned, digest, digests_in, joined, plain, version_of
from gongjian.web.forms import Form
from gongjian.web.picks import Pick

OPENED = "opened"
BASE = "base_"  # beside a text that is brought together by lines: the text it was opened with


class UnseenText(forms.Textarea):
    """A text of several lines that the form only carries."""

    input_type = "hidden"  # so that no label is drawn


class EditForm(Form):
    """The base of a form that may edit a record: `class FirmForm(EditForm)`.

    Made with `subjects=[record]` and the record's values as `initial`, it carries the version it was opened with.
    `unseen` holds values that no page shows (addresses with passwords); such a field left blank is left alone.
    After `is_valid`, `cleaned_data` holds the newest value of every field the person left alone. Made without
    subjects it is a form for something new. Fields named in `by_lines` are long texts: where two people changed
    different lines of one, both stay. Those in `by_items` hold several records: whom one adds and the other takes out.
    """

    by_lines: tuple[str, ...] = ()
    by_items: tuple[str, ...] = ()

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
        self.brought_together: list[str] = []  # changed by both, in different lines
        if self.subjects:
            for name in (*self.by_lines, *self.by_items):
                self.fields[BASE + name] = forms.CharField(
                    required=False,
                    strip=False,
                    widget=UnseenText(attrs={"hidden": True}),
                    initial=partial(self._base, name),
                )
            self.fields[OPENED] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=self._version
            )

    def _base(self, name: str) -> str:
        """What the field holds while the form is drawn, as the hidden field beside it carries it."""
        return str(self.initial[name]) if name in self.by_lines else plain(self._stored(name))

    @property
    def _carried(self) -> set[str]:
        """Fields nobody fills in: what the form was opened with."""
        return {OPENED, *(BASE + name for name in (*self.by_lines, *self.by_items))}

    @property
    def _edited(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if name not in self._carried and not isinstance(field, forms.FileField)
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

    def opened_with(self, shown: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Draw a form that goes on with texts written earlier: what it shows, and the texts these were written from."""
        digests = digests_in(self._version()) | {name: digest(text) for name, text in texts.items()}
        bases = {BASE + name: text for name, text in texts.items()}
        self.initial = {**self.initial, **shown, **bases, OPENED: joined(digests)}

    def full_clean(self) -> None:
        """Check as usual, then set what was typed against what the record holds by now."""
        super().full_clean()
        if self.is_bound and self.subjects and hasattr(self, "cleaned_data"):
            opened = {name: str(self.cleaned_data.pop(name, "")) for name in self._carried}
            self._merge(digests_in(opened.pop(OPENED)), opened)

    def _merge(self, opened: dict[str, str], bases: dict[str, str]) -> None:
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
                self._both_changed(name, now, opened[name], bases.get(BASE + name))
        if self.conflicts:
            self._show_newest(opened)

    def _both_changed(self, name: str, now: Any, opened: str, base: str | None) -> None:
        if base is None or digest(base) != opened:
            self._settle(name, now)
        elif name in self.by_items:
            self._join(name, set(base.split()), now)
        else:
            self._bring_together(name, base, str(now))

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
        sentence = _("您打开以后，%(who)s也改了“%(field)s”。两种写法都在下面，请选一种再提交。")
        self._ask(name, [conflict], sentence)

    def _join(self, name: str, was: set[str], now: Any) -> None:
        """Both changed a list: it holds whom either added, without whom either took out."""
        mine, theirs = list(self.cleaned_data[name]), list(as_cleaned(self.fields[name], now))
        kept = [one for one in theirs if one in mine or plain(one) not in was]
        added = [one for one in mine if one not in theirs and plain(one) not in was]
        self.cleaned_data[name] = kept + added
        self.brought_together.append(name)

    def _bring_together(self, name: str, base: str, now: str) -> None:
        """Both changed a long text: lines only one of them changed are taken, the others are asked about."""
        other = self._last_change()
        blocks = merge(base, self.cleaned_data[name], now)
        text, clashes = settle(blocks, self.data, name=self.add_prefix(name), other=other)
        if clashes:
            sentence = _(
                "您打开以后，%(who)s也改了“%(field)s”。有的行两人都改了，两种写法都在下面，请逐处选一种再提交；其余的改动两人的都会保留。"
            )
            self._ask(name, clashes, sentence)
            return
        self.cleaned_data[name] = text
        self.brought_together.append(name)

    def _ask(self, name: str, conflicts: list[Conflict], sentence: str) -> None:
        field = self.fields[name]
        field.conflicts = conflicts  # type: ignore[attr-defined]  # drawn beside the field
        self.conflicts += conflicts
        who = conflicts[0].by or _("别人")
        self.add_error(name, sentence % {"who": who, "field": field.label or name})

    def _last_change(self) -> tuple[str, datetime | None]:
        last = events_of(*self.subjects).order_by("-seq").first()
        return (last.by_name, last.at) if last else ("", None)

    def _show_newest(self, opened: dict[str, str]) -> None:
        """The page that asks shows the other's newest text in fields the person left alone."""
        for name in self.untouched:
            _draw(self.fields[name], self.get_initial_for_field(self.fields[name], name))
        newest = {name: digest(self._stored(name)) for name in self.untouched}
        _draw(self.fields[OPENED], joined(opened | newest))


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
    if value in ("", None) and (said := getattr(field, "blank_words", "")):
        return str(said)
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
