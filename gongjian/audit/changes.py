"""Old and new value of every field (前后值): what an event keeps of a change, and how the trail shows it.

`set_fields` changes a record and returns what its event keeps; `changed` does the second half alone.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField, Model
from django.utils import translation
from django.utils.translation import gettext as _

from gongjian.audit.models import Event
from gongjian.audit.wording import SOURCE, worded, words
from gongjian.engines.writing.phones import mask_phone_cell, mask_phones
from gongjian.engines.writing.signs import clean_text

LONG = 1000  # characters from which a text is kept by the lines that differ
PERSONAL = frozenset(
    {"phone", "keeper"}
)  # fields whose content is a telephone number or a way to reach somebody
NOTHING = "—"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class FieldChange:
    """One field of one event as the trail shows it."""

    label: str
    old: str
    new: str

    @property
    def was(self) -> bool:
        """Whether anything stood there before."""
        return self.old != NOTHING


def set_fields(record: Model, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Set these fields of a record and return what its event keeps: see `changed`. The caller saves."""
    before = values_of(record, facts)
    for name, value in facts.items():
        setattr(record, name, value)
    return changed(record, before, facts)


def values_of(record: Model, names: Iterable[str]) -> dict[str, Any]:
    """The values of these fields as they stand now; None for a record not stored yet."""
    return {name: getattr(record, name, None) for name in names}


def changed(record: Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What an event keeps of a change, for `record(..., **changed(...))`.

    `changed`: the labels of the fields that differ, joined, or a dash; `values`: name of the field -> [old, new], as
    JSON: choices by their key, other records by their names, dates as ISO, a long text by its lines that differ;
    `of`: the kind of the record, which is not always the one the event is about.
    """
    values = {}
    for name, new in after.items():
        old, fresh = stored_value(before.get(name)), stored_value(new)
        if old != fresh:
            values[name] = _differing_lines(old, fresh) if _is_long(old, fresh) else [old, fresh]
    with translation.override(SOURCE):
        labels = [_label(type(record), name) for name in values]
    return {"changed": "、".join(labels) or NOTHING, "values": values, "of": type(record)._meta.label_lower}


def field_changes(event: Event, *, personal: bool) -> list[FieldChange]:
    """The fields an event changed, in the reader's language; without `personal`, telephone numbers are hidden."""
    model = _model(str(event.data.get("of") or event.subject_kind))
    listed = event.data.get("values")
    rows = [
        FieldChange(_label(model, name), *(_shown(model, name, value, personal=personal) for value in pair))
        for name, pair in (listed.items() if isinstance(listed, dict) else ())
        if isinstance(pair, list) and len(pair) == 2  # noqa: PLR2004  old and new
    ]
    notes = event.data.get("notes")
    return rows + [
        FieldChange(words(note["heading"]), note.get("before") or NOTHING, note.get("text") or NOTHING)
        for note in (notes if isinstance(notes, list) else ())
        if isinstance(note, dict) and "heading" in note
    ]


def without_field(event: Event, name: str) -> Event:
    """The event as it is shown to somebody who may not read what this field named."""
    listed = event.data.get("values")
    if isinstance(listed, dict) and name in listed:
        event.data = event.data | {"values": {key: pair for key, pair in listed.items() if key != name}}
    return event


def stored_value(value: Any) -> Any:
    """A value as an event keeps it: numbers and yes or no as they are, days in ISO, other records by their names."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return "、".join(str(stored_value(part)) for part in value)
    if isinstance(value, Model):
        return str(getattr(value, "name", "") or value)
    return clean_text(str(value))


def _is_long(old: Any, new: Any) -> bool:
    return isinstance(old, str) and isinstance(new, str) and min(len(old), len(new)) > LONG


def _differing_lines(old: str, new: str) -> list[str]:
    lines = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    return ["\n".join(line[2:] for line in lines if line.startswith(sign)) for sign in ("- ", "+ ")]


def _model(kind: str) -> type[Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None  # a record of a room that is no more


def _field(model: type[Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def _label(model: type[Model] | None, name: str) -> str:
    """The label of a field; of rows that hang on the record, what they are called; a name that is none as it stands."""
    field = _field(model, name)
    if field is None:
        return words(name)
    return str(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name)


def _shown(model: type[Model] | None, name: str, value: Any, *, personal: bool) -> str:
    labels = dict(getattr(_field(model, name), "flatchoices", None) or ())
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value is None or value == "":
        return NOTHING
    if isinstance(_field(model, name), DecimalField) and NUMBER.fullmatch(str(value)):
        return f"{Decimal(value).normalize():f}"
    text = str(labels[value]) if value in labels else worded(value, name)
    if personal:
        return text
    return mask_phone_cell(text) if name in PERSONAL else mask_phones(text)
