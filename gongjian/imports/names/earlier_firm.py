"""A firm that an earlier row of the same ledger has named, and what tells another of its name apart."""

from dataclasses import dataclass

from gongjian.imports.names.registers import AreaEntry
from gongjian.imports.plans import Ref
from gongjian.imports.reading.workbook_reader import LedgerRow


@dataclass(frozen=True)
class EarlierFirm:
    """The firm of an earlier row of the ledger: what it refers to, its row, its code and where it lies."""

    ref: Ref
    row: LedgerRow
    code: str
    area: AreaEntry | None

    def is_other(self, code: str, area: AreaEntry | None) -> bool:
        """Whether its code or its county says that a firm of the same name is another one."""
        if self.code and code:
            return self.code != code
        if self.area is None or area is None:
            return False
        return not (self.area.path.startswith(area.path) or area.path.startswith(self.area.path))
