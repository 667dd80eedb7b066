"""The fixed words of the brief, which is Chinese in every language of the page."""

TITLE = "{area}全力拼经济工作情况"
HEAD = "{area}攻坚工作简报"
UNIT = "{area}攻坚办"
NOT_OPEN = "另有{count}项不向您的账号开放，没有列出"
RECEIVERS = ("报：{area}领导。", "送：下级攻坚办，各牵头单位。")
LARGEST_ISSUE = 9_999  # of a number of issue
