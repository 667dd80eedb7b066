"""The JSON form of a dataclass of facts: which keys and values its fields become, and the way back. Pure.

A field is stored under its own name: dates as ISO text, members of states as their values, tuples as lists. A field that
is None by default is left out while it is None. A field that is itself a `Facts` lends its fields to the same object.
`Event` and `UnitMove` are what all events of an assignment build on.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date, datetime
from types import NoneType
from typing import Any, ClassVar, Self, get_args, get_type_hints

from gongjian.engines.clock.checkpoints import CheckpointDue, checkpoints_as_data, checkpoints_from_data
from gongjian.engines.clock.states import Outcome, Step
from gongjian.engines.clock.supporting_units import SupportDue, supports_as_data, supports_from_data

Data = Mapping[str, Any]
VERSION = 1


def _unchanged(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class JsonForm:
    """How the values of one type are written to JSON and read from it."""

    write: Callable[[Any], Any] = _unchanged
    read: Callable[[Any], Any] = _unchanged


PLAIN = JsonForm()
FORMS: dict[Any, JsonForm] = {
    date: JsonForm(date.isoformat, date.fromisoformat),
    Outcome: JsonForm(str, Outcome),
    Step: JsonForm(str, Step),
    tuple[str, ...]: JsonForm(list, tuple),
    tuple[int, ...]: JsonForm(list, tuple),
    tuple[Data, ...]: JsonForm(lambda entries: [dict(entry) for entry in entries], tuple),
    tuple[CheckpointDue, ...]: JsonForm(checkpoints_as_data, checkpoints_from_data),
    tuple[SupportDue, ...]: JsonForm(supports_as_data, supports_from_data),
    Mapping[str, str]: JsonForm(dict, dict),
}


@dataclass(frozen=True)
class StoredField:
    """One field: its name, its JSON form, or the `Facts` whose fields are stored beside it."""

    name: str
    form: JsonForm
    facts: "type[Facts] | None"
    needed: bool
    left_out_when_none: bool


_stored: dict[type, tuple[StoredField, ...]] = {}


def stored_fields(kind: type[Any]) -> tuple[StoredField, ...]:
    """The fields of a dataclass of facts with their JSON forms, in order; computed once for each class."""
    if kind not in _stored:
        hints = get_type_hints(kind)
        _stored[kind] = tuple(_stored_field(field, hints[field.name]) for field in fields(kind))
    return _stored[kind]


def _stored_field(field: Field[Any], hint: Any) -> StoredField:
    options = [option for option in get_args(hint) if option is not NoneType]
    stored_as = options[0] if NoneType in get_args(hint) else hint
    facts = stored_as if isinstance(stored_as, type) and issubclass(stored_as, Facts) else None
    needed = field.default is MISSING and field.default_factory is MISSING
    return StoredField(field.name, FORMS.get(stored_as, PLAIN), facts, needed, field.default is None)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Base class of dataclasses whose fields are stored in an event's data."""

    def as_data(self) -> dict[str, Any]:
        """The facts as JSON values by key."""
        data: dict[str, Any] = {}
        for field in stored_fields(type(self)):
            value = getattr(self, field.name)
            if value is None and (field.left_out_when_none or field.facts):
                continue
            if field.facts:
                data |= value.as_data()
            else:
                data[field.name] = None if value is None else field.form.write(value)
        return data

    @classmethod
    def from_data(cls, data: Data) -> Self:
        """The facts from stored data, ignoring other keys. Raises KeyError if a needed key is missing."""
        facts: dict[str, Any] = {}
        for field in stored_fields(cls):
            if field.facts:
                if field.needed or field.facts.stands_in(data):
                    facts[field.name] = field.facts.from_data(data)
            elif field.needed or field.name in data:
                value = data[field.name]
                as_stored = value is None or field.form is PLAIN
                facts[field.name] = value if as_stored else field.form.read(value)
        return cls(**facts)

    @classmethod
    def stands_in(cls, data: Data) -> bool:
        """Whether the data holds these facts: either all keys are there or none, so the first one decides."""
        return stored_fields(cls)[0].name in data


@dataclass(frozen=True, kw_only=True)
class Event(Facts):
    """Base class of all events of an assignment."""

    NAME: ClassVar[str]

    def as_data(self) -> dict[str, Any]:
        """The event as it is stored: its facts and the version of their format."""
        return super().as_data() | {"version": VERSION}

    @classmethod
    def from_data(cls, data: Data) -> Self:
        """The event read from stored data. Raises ValueError for data written by a newer version."""
        if data.get("version", 0) > VERSION:
            raise ValueError(f"{cls.NAME}: version {data['version']} is newer than {VERSION}")
        return super().from_data(data)


@dataclass(frozen=True, kw_only=True)
class UnitMove(Event):
    """Base class of what a unit does; `proxy` is the office's reason where the office did it for the unit (代签收 ...)."""

    VERB: ClassVar[str]
    proxy: str | None = None


@dataclass(frozen=True, kw_only=True)
class Happened:
    """An event with its moment in the city's time zone and the display name of whoever acted."""

    event: Event
    at: datetime
    by: str = ""
