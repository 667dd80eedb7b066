"""Words about firms as rules and tables write them, the same in every language of the page."""

import re

from gongjian.enterprises.states import EnterpriseStatus
from gongjian.people.states import AreaLevel

# The words rules use; the labels of the choices follow the language of the page.
STATUS = {
    EnterpriseStatus.ACTIVE: "正常经营",
    EnterpriseStatus.BUILDING: "在建未投产",
    EnterpriseStatus.STOPPED: "停产",
    EnterpriseStatus.NOT_FOUND: "失联",
    EnterpriseStatus.CLOSED: "注销",
}
TITLES, CHECKED = "资质荣誉", "资质荣誉已核对"
PAIRED = {AreaLevel.CITY: "市领导包联", AreaLevel.COUNTY: "县领导包联"}
REGISTER = (
    "行业代码",
    "行业大类",
    "行业中类",
    "成立日期",
    "经营状态",
    "规上企业",
    "地区代码",
    "产业链",
)
WRITTEN_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?$")
