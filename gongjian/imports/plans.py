"""What a row of a ledger would do, and what is written of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.writing.phones import HIDDEN, mask_phone_cell, mask_phones
from gongjian.enterprises.models import Enterprise
from gongjian.imports.models import ImportBatch, ImportedRecord
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.states import RowOutcome
from gongjian.people.models import Account, Area, Person, Unit

Row = TypeVar("Row", bound=Model)


class NewName(Protocol):
    """A name the clerk has decided to create."""

    def register(self, by: Account, at: datetime) -> Model: ...


@dataclass(frozen=True)
class Ref:
    """A record a row refers to: in the register by its key, or made by this import under a name of its own."""

    pk: int | None = None
    key: str = ""


@dataclass(frozen=True)
class PlannedChange:
    """One field of one row: its label, the value that stands in the register, and the one in the ledger."""

    label: "str | Promise"
    old: str
    new: str


def _nothing(_to: "Writer") -> Any:
    """The row is not written together with others."""


@dataclass
class RowPlan:
    """What one row would do; `steps` write it, one after another, or `entry` says what is written together with other rows."""

    row: LedgerRow
    title: str
    is_new: bool = False
    confirmed: bool = False
    changes: list[PlannedChange] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    steps: list[Callable[["Writer"], None]] = field(default_factory=list)
    entry: Callable[["Writer"], Any] = _nothing

    @property
    def outcome(self) -> RowOutcome:
        """What happens to the row."""
        if self.row.troubles:
            return RowOutcome.REFUSED
        if self.undecided or (self.questions and not self.confirmed):
            return RowOutcome.DOUBT
        if self.skipped:
            return RowOutcome.SKIPPED
        if self.is_new:
            return RowOutcome.CREATED
        return RowOutcome.CHANGED if self.steps else RowOutcome.UNCHANGED

    @property
    def place(self) -> str:
        """Where the row is, as the page sends it back when somebody ticks it."""
        return f"{self.row.sheet}!{self.row.number}"

    @property
    def sentence(self) -> str:
        """Why the row is refused, asked about or skipped; else what is worth knowing."""
        troubles = [trouble.sentence for trouble in self.row.troubles]
        left_out = [_("%(why)s。这一格没有写入") % {"why": cell.sentence} for cell in self.row.left_out]
        said = troubles or [*self.questions, *self.undecided, *self.skipped, *self.notes]
        return "；".join([*said, *left_out])

    def change(self, label: "str | Promise", old: object, new: object) -> None:
        """Show that a field changes."""
        self.changes.append(PlannedChange(label, str(old or ""), str(new or "")))


@dataclass(frozen=True)
class Context:
    """Who imports, when, into which area, and the rows somebody has confirmed."""

    by: Account
    area: Area
    today: date
    confirmed: frozenset[str] = frozenset()


class Writer:
    """Carries out plans and remembers what they wrote."""

    def __init__(
        self, batch: ImportBatch, *, names: Mapping[str, NewName], by: Account, at: datetime
    ) -> None:
        self.batch, self.names, self.by, self.at = batch, names, by, at
        self.made: dict[str, Model] = {}
        self.records: list[ImportedRecord] = []
        self.plan: RowPlan | None = None
        self._new: list[str] = []
        self._read: dict[tuple[type[Model], int], Model] = {}

    def carry_out(self, plan: RowPlan) -> bool:
        """Write one row as a whole; a row that a service refuses is noted as refused, and nothing of it stays."""
        with self.row(plan):
            for step in plan.steps:
                step(self)
        return not plan.row.troubles

    @contextmanager
    def row(
        self, plan: RowPlan, *, guard: Callable[[], AbstractContextManager[Any]] = transaction.atomic
    ) -> Iterator[None]:
        """While a row is written: what a service refuses is noted in the row, and nothing of it stays.

        `guard` takes back what was stored; where nothing is stored yet, none is needed.
        """
        records = len(self.records)
        self.plan, self._new = plan, []
        try:
            with guard():
                yield
        except Refused as refused:
            for key in self._new:
                self.made.pop(key, None)
            self._read.clear()
            del self.records[records:]
            plan.row.refuse(refused.sentence)

    def unit(self, ref: Ref) -> Unit:
        """The unit a row refers to, made now where the clerk has so decided."""
        return self._get(Unit, ref)

    def person(self, ref: Ref) -> Person:
        """The person a row refers to."""
        return self._get(Person, ref)

    def firm(self, ref: Ref) -> Enterprise:
        """The firm a row refers to."""
        return self._get(Enterprise, ref)

    def _get(self, model: type[Row], ref: Ref) -> Row:
        if ref.pk is not None:
            if (model, ref.pk) not in self._read:
                self._read[model, ref.pk] = model._default_manager.get(pk=ref.pk)
            return self._read[model, ref.pk]  # type: ignore[return-value]  # the key names the model
        if ref.key not in self.made:
            name = self.names.get(ref.key)
            if name is None:
                raise Refused(_("所依据的那一行没有写入，这一行也没有写入。"))
            self.created(self.plan, name.register(self.by, self.at), ref.key)
        return self.made[ref.key]  # type: ignore[return-value]  # a key is of one kind

    def created(self, plan: RowPlan | None, record: Model, key: str = "") -> None:
        """Remember a record that the row has made."""
        if key:
            self.made[key] = record
            self._new.append(key)
        self._note(plan, record, created=True, before={}, after={})

    def changed(self, plan: RowPlan, record: Model, before: Mapping[str, Any], after: Iterable[str]) -> None:
        """Remember a record that the row has changed: the values before, and which fields."""
        names = list(after)
        old = {name: value_of(before[name]) for name in names}
        new = {name: value_of(getattr(record, name)) for name in names}
        self._note(plan, record, created=False, before=old, after=new)

    def _note(self, plan: RowPlan | None, record: Model, *, created: bool, before: Any, after: Any) -> None:
        assert plan is not None  # noqa: S101  a row is being carried out
        self.records.append(
            ImportedRecord(
                batch=self.batch,
                sheet=plan.row.sheet[:60],
                row=plan.row.number,
                subject_kind=record._meta.label_lower,
                subject_id=record.pk,
                created=created,
                before=before,
                after=after,
            )
        )


def value_of(value: Any) -> Any:
    """A field's value as it is kept: other records by their key, days as ISO."""
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def label_of(record: Model, name: str) -> str:
    """The label of a field of a record."""
    field: Any = record._meta.get_field(name)
    return str(field.verbose_name)


def says_otherwise(written: Any, stored: Any) -> bool:
    """Whether a ledger says something else than the register; a text whose telephone numbers are hidden says the same as the whole one."""
    if isinstance(written, str) and isinstance(stored, str) and HIDDEN in written:
        return written not in (mask_phones(stored), mask_phone_cell(stored))
    return bool(written != stored)
