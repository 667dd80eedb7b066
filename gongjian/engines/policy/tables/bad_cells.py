"""What is wrong with a table of firms (坏数据): a file that is refused, and cells and rows that are told while the rest is used."""

from dataclasses import dataclass

TABLE_MESSAGES: dict[str, str] = {
    "suffix": "%(file)s 不是 .parquet、.csv 或 .xlsx 文件。请另存为其中一种。",
    "unreadable": "%(file)s 打不开或内容不完整。请重新导出后再试。",
    "encoding": "%(file)s 的文字既不是 UTF-8 也不是 GBK。请另存为 UTF-8 的 CSV 后再试。",
    "quotes": "%(file)s 的双引号没有配对，大约在第 %(row)s 行。请补上或删去这个引号。",
    "row_too_long": "%(file)s 打不开或内容不完整：第 %(row)s 行有 %(cells)s 格，表头只有 %(headings)s 格。请核对这一行的逗号；值里有逗号的请加双引号。",
    "empty": "%(file)s 里没有表头。请在第一行写数据目录里的名称。",
    "unknown_column": "表头“%(name)s”不在数据目录里。请改为“%(suggestion)s”，或删去这一列。",
    "unknown_column_alone": "表头“%(name)s”不在数据目录里。请改为数据目录里的名称，或删去这一列。",
    "twice": "表头“%(first)s”和“%(second)s”是同一项数据。请删去一列。",
    "heading_twice": "表头“%(name)s”有两列，是同一项数据。请删去一列。",
    "bad_cell": "%(sheet)s第 %(row)s 行“%(column)s”的值“%(value)s”不是%(form)s，按缺数据处理。",
    "bad_choice": "%(sheet)s第 %(row)s 行“%(column)s”的值“%(value)s”不在规定的取值里，按缺数据处理。可以写的有：%(form)s。",
    "total_row": "%(sheet)s第 %(row)s 行“%(value)s”是合计，没有当作企业。",
    "no_id": "%(sheet)s第 %(row)s 行没有写“%(column)s”，没有匹配。请补上后再试。",
    "repeated": "%(sheet)s第 %(row)s 行的“%(value)s”前面已经有过，这一行也照常匹配，金额会算两次。请核对。",
    "no_period": "表头“%(column)s”没有写期别，没有规则会看这一列。请写成 %(value)s 的形式。",
}
MOST_TOLD = 10_000  # kept with their place; all are counted


class BadTable(ValueError):
    """A file that cannot be read as a table of firms. `code` selects its sentence in TABLE_MESSAGES, `facts` fills it."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(TABLE_MESSAGES[code] % facts)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class BadCell:
    """One cell that was taken as unknown, or a row that is told. `row` counts as in the file, where the heading is row 1.

    `code` selects its sentence in TABLE_MESSAGES, `form` says what a cell may hold.
    """

    sheet: str
    row: int
    column: str
    value: str
    form: str
    code: str = "bad_cell"

    @property
    def facts(self) -> dict[str, str]:
        """What fills its sentence."""
        return {
            "sheet": f"{self.sheet} " if self.sheet else "",
            "row": str(self.row),
            "column": self.column,
            "value": self.value,
            "form": self.form,
        }

    def __str__(self) -> str:
        return TABLE_MESSAGES[self.code] % self.facts


class BadCells(list[BadCell]):
    """The bad cells of one file: the first of them with their places, and how many there are."""

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def add(self, cell: BadCell) -> None:
        """One more."""
        self.total += 1
        if len(self) < MOST_TOLD:
            self.append(cell)
