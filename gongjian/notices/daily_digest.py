"""The text of a digest (每日摘要)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongjian.notices.models import Notice

LISTED = 20  # notices a digest spells out; the rest are counted


def digest(listed: Sequence[Notice]) -> str:
    """One line a notice, the rest counted."""
    lines = [
        f"{n}. [{notice.get_kind_display()}] {notice.text}" for n, notice in enumerate(listed[:LISTED], 1)
    ]
    if len(listed) > LISTED:
        lines.append(_("其余 %(n)s 条请登录查看。") % {"n": len(listed) - LISTED})
    return "\n".join(lines)
