"""The fields an office's own template may name, each with an example; their names are Chinese in every language of the page."""

from collections.abc import Mapping

BODY = "正文"
BULLETIN_MESSAGES = {
    "报头": "安川市攻坚工作简报",
    "年度": "2026",
    "期号": "12",
    "单位": "安川市攻坚办",
    "日期": "2026年11月24日",
    "标题": "安川市全力拼经济工作情况",
    "报送": "报：安川市领导。\n送：下级攻坚办，各牵头单位。",
    "统计起": "2026年11月16日",
    "统计止": "2026年11月22日",
    "核签人": "周敏",
    BODY: "各段和各表，单独占一段",
}
SLIP_MESSAGES = {
    "编号": "JB2026-××××××",
    "问题编号": "WT2026-××××××",
    "企业名称": "恒岳机械",
    "所在地区": "临河区",
    "问题类别": "融资",
    "问题来源": "2026-11-24 走访恒岳机械",
    "问题描述": "续贷缺手续",
    "牵头单位": "安川市金融工作局",
    "协办单位": "无",
    "责任人": "陆川平",
    "联系电话": "0372-0000000",
    "交办人": "市攻坚办 周敏",
    "交办时间": "2026-11-24 09:30",
    "办理时限": "2026-12-04",
    "时限依据": "本办制度",
    "反馈节点": "首次反馈：2026-11-26",
    "任务": "协调续贷",
    "抄送": "无",
    "攻坚办代办": "签收、反馈",
}

EXAMPLES = {"field": "{{ 标题 }}", "body": "{{ 正文 }}", "begin": "{%p if 核签人 %}", "end": "{%p endif %}"}


def fields_of(kind: str) -> Mapping[str, str]:
    """The fields of a kind of paper, with an example of each."""
    return SLIP_MESSAGES if kind == "SLIP" else BULLETIN_MESSAGES


def body_of(kind: str) -> str:
    """The field in whose place the text of a paper stands; a slip has none."""
    return "" if kind == "SLIP" else BODY
