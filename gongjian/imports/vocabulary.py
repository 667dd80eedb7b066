"""Words and signs of ledgers that are data, the same in every language of the page."""

import re

AREA_ENDINGS = re.compile(r"(?:县|区|市|镇|乡|街道|街道办事处|开发区|示范区|高新区)$")
IN_BRACKETS = re.compile(r"^(?P<name>.+?)[（(](?P<area>[^（）()]+)[）)]$")
PERSON_LIST = re.compile(r"[、，,；;/\n]+")
PERSON = re.compile(
    r"^(?P<name>[\u4e00-\u9fff·](?:\s?[\u4e00-\u9fff·]){1,4}?)"
    r"(?:\s*[（(](?P<title>[^（）()]*)[）)]|\s+(?P<rest>[^\s\d（）()]{2}[^\d]*?))?"
    r"(?:\s*(?P<phone>1\d{10}|0\d{2,3}[- ]?\d{7,8}))?$"
)
PHONE_ALONE = re.compile(r"(?:1\d{2}[- ]?\d{4}[- ]?\d{4}|(?:0\d{2,3}[- ]?)?\d{7,8}(?:(?:转|-)\d{1,6})?)")
SEVERAL = re.compile(r"[等、,和及与至]|以及")
ZONE = re.compile(r"开发区|示范区|集聚区|高新区|功能区|产业园区?$")
TOWNSHIP = re.compile(r"(?:镇|乡|街道|办事处)$")
COUNTY = re.compile(r"(?:县|区|市)$")
UNIT_KINDS = (
    ("OFFICE", re.compile(r"攻坚办|攻坚指挥部")),
    ("SUPERVISION", re.compile(r"督查|督导")),
    ("GOVERNMENT", re.compile(r"(?:人民政府|党委|县委|区委|市委|管委会|管理委员会|办事处)$")),
)
FIRM_ENDINGS = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|集团|公司|厂|\(.*?\))")
NUMBERING = "一二三四五六七八九十、.0123456789()"
UNIT_LIST = re.compile(r"[、，,；;\n]+")
UNIT_PART = re.compile(r"[（(]?(?:牵头|主办|负责|配合|协办|协助)(?:单位)?[）)]?$")
COUNTED = re.compile(
    r"^(?:\d{1,3}[.．、)）]|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*(?=[\u4e00-\u9fff])"
)  # 1.某公司
YUAN, MONEY = "元", r"(?:亿|万|千)?元"
OF_MONEY = re.compile(rf"单位[:：]\s*({MONEY})")
