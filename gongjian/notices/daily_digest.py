"""The text of a daily digest (每日摘要)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongjian.notices.models import Notice

LISTED = 20  # notices that a digest spells out


def digest(notices: Sequence[Notice]) -> str:
    """One line for each notice, and one that counts the rest."""
    lines = [
        f"{n}. [{notice.get_kind_display()}] {notice.text}" for n, notice in enumerate(notices[:LISTED], 1)
    ]
    if len(notices) > LISTED:
        lines.append(_("其余 %(n)s 条请登录查看。") % {"n": len(notices) - LISTED})
    return "\n".join(lines)
