"""Words of the policy language and of the tables it reads: data, the same in every language of the page."""

from gongjian.engines.policy.facts.catalogue import Kind

# How a case, or a cell of a table, writes a value of each kind of fact.
CASE_FORMS = {
    Kind.NUMBER: "数字",
    Kind.FLAG: "true 或 false",
    Kind.DATE: "2026-03-31",
    Kind.TEXT: "加引号的文字",
    Kind.SET: "[甲, 乙]",
}
CELL_FORM_MESSAGES = {
    Kind.NUMBER: "数字",
    Kind.DATE: "日期",
    Kind.FLAG: "是或否",
    "not_negative": "零或正数",
}
NOT_NEGATIVE = CELL_FORM_MESSAGES["not_negative"]

# How tables write yes, no and nothing.
YES = {"是": 1, "有": 1, "true": 1, "1": 1, "yes": 1, "y": 1, "√": 1}
NO = {"否": 0, "无": 0, "false": 0, "0": 0, "no": 0, "n": 0, "×": 0}
NONE = frozenset({"无"})
SEPARATORS = "、;；|,，\n"
# A day, with or without the hour behind it.
DAY_FORM = (
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
    r"(?:[ T]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)?"
)

# Signs in which titles differ on purpose: of the province or the city, of the first or the second class.
GRADES = frozenset("国家省市县区镇级一二三四五六七八九十甲乙丙特")
# A row that adds up the others, in the column of names, without blanks.
TOTAL_FORM = (
    r"(?i)^[(（]?(?:全?[省市县区镇]|全国|本[页表]|以上)?(?:合计|总计|小计|共计|累计|总合计)(?:数|[:：]|[(（].*|\d.*)?[)）]?$"
    r"|^(?:sub|grand)?total:?$|^sum:?$"
)
# Headings of the column that names the firm.
IDS = ("企业", "企业名称", "统一社会信用代码", "firm", "id", "name", "credit_code")

DAYS = "天"
BARE_POWERS = frozenset(
    ["十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"]
)  # powers of ten without what they count
AREA_NAME = "所在地区"
MONEY = ("元", "万元")
YUAN = "元"
PLACES_OF_MONEY = {YUAN: 0, "万元": 4, "亿元": 8}
PLACED_FAULT = "第{line}行第{column}列：{sentence}"
