"""Words that are written into the office's own regimes: Chinese whatever the language of the page."""

FOLLOWS = "参照“%(name)s”制定"
DAYS_OFF_SHIFT = "；到期日遇休息日的，顺延到其后第一个工作日。"
OWN_NAME = "%(city)s企业问题办理时限"


def own_name(city: str) -> str:
    """The name proposed for the regime an office takes up."""
    return OWN_NAME % {"city": city}
