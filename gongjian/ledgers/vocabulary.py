"""Words of workbooks: units and periods in headings, contents of examples; the same in every language."""

import re

QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
UNIT = re.compile(r"\((?:单位[::])?([^()]{1,16})\)")
DAY = re.compile(r"(?:截至|截止)?(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
QUARTER = re.compile(r"(\d{4})年?[-]?(?:第?([一二三四1-4])季度?|[qQ]([1-4]))")
MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?!\d)月?份?")
YEAR = re.compile(r"(\d{4})(?:年度?|$)")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = "(" + "|".join(MONTH_NAMES) + r")[a-z]*\.?,?"
NAMED_DAY = re.compile(r"(\d{1,2})" + _NAMED + r"(\d{4})", re.IGNORECASE)
NAMED_MONTH = re.compile(_NAMED + r"(\d{4})", re.IGNORECASE)
NAMED_QUARTER = re.compile(r"(\d{4}),?quarter([1-4])|quarter([1-4]),?(?:of)?(\d{4})", re.IGNORECASE)
BARE_MONTH = re.compile(r"^(\d{1,2})月份?$")

# The example of a filled-in workbook: keys of facts and the heads they stand under.
SAMPLE_KEYS = ("期末剩余订单", "库存")
SAMPLE_HEADS = {"期末剩余订单": "在手订单（万元）", "库存": "库存（亿元）"}
UNITS_IN_ENGLISH = {"万元": "10,000 yuan", "亿元": "100 million yuan"}

MONTHLY_REPORT = "企业月报"  # the source of figures where nobody names another
YES_OR_NO = ("是", "否")
