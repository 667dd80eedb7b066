"""The fixed words of bulletins, which are Chinese in every language of the page."""

TITLES = {
    "BRIEF": "{area}全力拼经济工作情况",
    "NOTICE": "关于{area}企业问题办理情况的通报",
    "SPECIAL": "关于{subject}企业问题办理情况的专报",
}
NAMES = {"BRIEF": "简报", "NOTICE": "通报", "SPECIAL": "专报"}
HEAD = "{area}攻坚工作{name}"
UNIT = "{area}攻坚办"
NUMBER_HEADS = ("编号", "问题编号")  # headings of tables whose rows each name a problem
NOT_OPEN = "另有{count}项不向您的账号开放，没有列出"
RECEIVERS = ("报：{area}领导。", "送：下级攻坚办，各牵头单位。")
LARGEST_ISSUE = 9_999  # of a number of issue
