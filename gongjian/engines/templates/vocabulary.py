"""Words of blank forms: rows that show how, columns that number, what changes from month to month."""

import re

EXAMPLE = re.compile(r"^[(（]?(例|示例|样例|填写示例|举例)")
SERIAL = frozenset({"序号", "编号", "行次", "序"})
DATED = re.compile(r"\d+(?=[年月日季期周])")
UNWRITTEN = frozenset({"", "…", "..."})
