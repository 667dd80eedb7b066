"""Facts and sources the import suggests first; they are data, so they are the same in every language."""

USUAL = ("营业收入", "用电量", "期末从业人员", "税收")
SOURCES = ("企业月报", "供电公司", "税务部门", "市统计局", "人社部门")
