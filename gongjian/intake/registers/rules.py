"""Which printed post is a post in a firm. Pure."""

import re

OF_A_FIRM = re.compile(
    r"(?:董事长|董事|总经理|经理|总裁|总监|厂长|法定代表人|法人代表|创始人|合伙人|首席\w+官|老板|行长|会长"
    r"|(?:公司|企业|集团|厂|合作社)\S*负责人)$"
)


def is_firm_post(title: str) -> bool:
    """Whether a post as printed is held in a firm, a bank or an association, never in a government: 总经理, 某某公司董事长."""
    return OF_A_FIRM.search(title.strip()) is not None


def holds(title: str, held: str) -> bool:
    """Whether a printed post and a post on record are one: equal, or one the end of the other (市长, 安川市市长)."""
    return title.endswith(held) or held.endswith(title)
