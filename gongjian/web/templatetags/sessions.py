"""What a browser says of itself, in a word or two."""

import re

from django import template

register = template.Library()
BROWSERS = re.compile(
    r"(MicroMessenger|DingTalk|wxwork|Edg|OPR|QQBrowser|Firefox|HeadlessChrome|Chrome|Version|curl)/(\d+)"
)
SYSTEMS = re.compile(r"(Windows|Android|iPhone|iPad|HarmonyOS|Kylin|UOS|Mac OS X|Linux)")
NAMES = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Version": "Safari",
    "HeadlessChrome": "Chrome",
    "MicroMessenger": "WeChat",
}
ORDER = (
    "MicroMessenger",
    "DingTalk",
    "wxwork",
    "QQBrowser",
    "Edg",
    "OPR",
    "Firefox",
    "HeadlessChrome",
    "Chrome",
    "Version",
    "curl",
)


@register.filter
def browser_name(said: str | None) -> str:
    """Chrome 92 · Windows; the beginning of the text where it is no known browser, empty for nothing."""
    found = dict(BROWSERS.findall(said or ""))
    name = next((name for name in ORDER if name in found), None)
    if name is None:
        return (said or "")[:40]
    system = SYSTEMS.search(said or "")
    return " · ".join([f"{NAMES.get(name, name)} {found[name]}", *([system[1]] if system else [])])
