"""Words that are written into the office's own regimes: in the language of the office, whatever that of the page."""

from gongjian.engines.writing.excerpts import CHINESE

FOLLOWS = "参照“%(name)s”制定"
DAYS_OFF_SHIFT = "；到期日遇休息日的，顺延到其后第一个工作日。"
OWN_NAME = "%(city)s企业问题办理时限"
OWN_NAME_IN_ENGLISH = "%(city)s Time Limits for Matters of Firms"


def own_name(city: str) -> str:
    """The name proposed for the regime an office takes up."""
    return (OWN_NAME if CHINESE.search(city) or not city else OWN_NAME_IN_ENGLISH) % {"city": city}
