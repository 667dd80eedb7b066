"""Facts and sources that the import offers first: data, the same in every language of the page."""

USUAL = ("营业收入", "用电量", "期末从业人员", "税收")
SOURCES = ("企业月报", "供电公司", "税务部门", "市统计局", "人社部门")
