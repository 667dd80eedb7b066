"""A ledger compared with the registers: every row with its outcome, and the names that wait for a decision."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongjian.imports.kinds.table import ROWS, Rows
from gongjian.imports.models import ImportBatch
from gongjian.imports.names.finding import Finder
from gongjian.imports.names.registers import Registers
from gongjian.imports.names.unknown_names import UnknownName, UnknownNames
from gongjian.imports.plans import Context, RowPlan
from gongjian.imports.queries import learnt_headings
from gongjian.imports.reading.workbook_reader import Ledger, read_ledger
from gongjian.imports.states import ImportKind, RowOutcome
from gongjian.people.models import Account

Progress = Callable[[int, int], None]
TOLD = 250  # rows between two words of progress


def tell_nobody(_done: int, _of: int) -> None:
    """Nobody is waiting to be told how far it is."""


@dataclass
class ComparedLedger:
    """What an import would do: the ledger as read, a plan for each row, in the order in which they are written."""

    kind: ImportKind
    ledger: Ledger
    plans: list[RowPlan]
    names: UnknownNames
    rows: Rows

    @property
    def counts(self) -> Counter[str]:
        """The number of rows of each outcome."""
        return Counter(plan.outcome.value for plan in self.plans)

    def with_outcome(self, outcome: RowOutcome) -> list[RowPlan]:
        """The rows of one outcome, in the order of the sheets."""
        order = {sheet.name: n for n, sheet in enumerate(self.ledger.sheets)}
        found = [plan for plan in self.plans if plan.outcome == outcome]
        return sorted(found, key=lambda plan: (order[plan.row.sheet], plan.row.number))

    @property
    def to_write(self) -> list[RowPlan]:
        """The rows that would be written."""
        return [plan for plan in self.plans if plan.outcome in (RowOutcome.CREATED, RowOutcome.CHANGED)]

    @property
    def lacking(self) -> list[RowPlan]:
        """The rows that go in, or stand already, without some of their cells."""
        kept = (RowOutcome.CREATED, RowOutcome.CHANGED, RowOutcome.UNCHANGED)
        return [plan for outcome in kept for plan in self.with_outcome(outcome) if plan.row.left_out]

    @property
    def unknown(self) -> list[UnknownName]:
        """The unknown names, those without a decision first."""
        return sorted(self.names.listed.values(), key=lambda name: bool(name.decision))


def compare(batch: ImportBatch, *, by: Account, today: date, tell: Progress = tell_nobody) -> ComparedLedger:
    """Compare a ledger with the registers as they are now; raises Refused when it cannot be read.

    `tell` is told now and then how many rows of how many are compared.
    """
    chosen = learnt_headings(batch.area, batch.kind) | batch.headings
    ledger = read_ledger(bytes(batch.file), kind=batch.kind, sheets=batch.sheets, chosen=chosen, today=today)
    names = UnknownNames(batch.decisions)
    context = Context(by, batch.area, today, frozenset(batch.confirmed_rows))
    finder = Finder(Registers(), names, context)
    finder.look_over(ledger.rows)
    rows = ROWS[ImportKind(batch.kind)](finder, context)
    plans = []
    wanted = rows.ordered(ledger.rows)
    for done, row in enumerate(wanted):
        if not done % TOLD:
            tell(done, len(wanted))
        plan = rows.plan(row)
        plan.confirmed = plan.place in context.confirmed
        plans.append(plan)
    return ComparedLedger(ImportKind(batch.kind), ledger, plans, names, rows)
