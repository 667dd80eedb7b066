"""The class that compares and writes the rows of each kind of ledger."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from gongjian.imports.kinds.accounts import AccountRows
from gongjian.imports.kinds.areas import AreaRows
from gongjian.imports.kinds.firms import FirmRows
from gongjian.imports.kinds.payouts import PayoutRows
from gongjian.imports.kinds.persons import PersonRows
from gongjian.imports.kinds.problems import ProblemRows
from gongjian.imports.kinds.units import UnitRows
from gongjian.imports.kinds.visits import VisitRows
from gongjian.imports.names.finding import Finder
from gongjian.imports.plans import Context, RowPlan, Writer
from gongjian.imports.reading.workbook_reader import LedgerRow
from gongjian.imports.states import ImportKind


class Rows(Protocol):
    """What every kind answers."""

    def __init__(self, finder: Finder, context: Context) -> None: ...

    def ordered(self, rows: list[LedgerRow]) -> list[LedgerRow]: ...

    def plan(self, row: LedgerRow) -> RowPlan: ...


@runtime_checkable
class WrittenTogether(Protocol):
    """A kind of which many rows are written in a few statements."""

    def write_together(self, plans: Sequence[RowPlan], to: Writer) -> None: ...


def write_rows(rows: Rows, plans: Sequence[RowPlan], to: Writer) -> None:
    """Write these rows, each as a whole."""
    if isinstance(rows, WrittenTogether):
        rows.write_together(plans, to)
        return
    for plan in plans:
        to.carry_out(plan)


ROWS: dict[ImportKind, type[Rows]] = {
    ImportKind.AREAS: AreaRows,
    ImportKind.UNITS: UnitRows,
    ImportKind.PERSONS: PersonRows,
    ImportKind.FIRMS: FirmRows,
    ImportKind.PROBLEMS: ProblemRows,
    ImportKind.ACCOUNTS: AccountRows,
    ImportKind.VISITS: VisitRows,
    ImportKind.PAYOUTS: PayoutRows,
}
