"""Reads a unified social credit code (统一社会信用代码) as people write it."""

from functools import lru_cache

from django.utils.translation import gettext as _
from stdnum import exceptions as wrong
from stdnum.cn import uscc

from gongjian.audit import Refused
from gongjian.engines.writing.folding import fold_code

CODE_LENGTH = 18
REMEMBERED = 2000  # codes that stand in many rows of a ledger
CODE_DIGITS = 8  # registering body, kind of body, six digits of the place
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015


@lru_cache(maxsize=REMEMBERED)
def read_credit_code(written: str | None) -> str | None:
    """The code in half-width capitals; None when nothing is written. Raises Refused, which says what is wrong.

    Length, characters and check digit by GB 32100-2015.
    """
    if not written or not written.strip():
        return None
    code = uscc.compact(fold_code(written))
    if len(code) != CODE_LENGTH:
        raise Refused(
            _("统一社会信用代码应为 18 位，现在是 %(n)s 位。请核对营业执照。") % {"n": len(code)},
            field="credit_code",
        )
    for place, ch in enumerate(code, start=1):
        _check_character(place, ch)
    try:
        return str(uscc.validate(code))
    except wrong.ValidationError as error:
        raise Refused(
            _("统一社会信用代码校验位不对，可能有一位写错。请对照营业执照逐位核对。"), field="credit_code"
        ) from error


def _check_character(place: int, ch: str) -> None:
    if place <= CODE_DIGITS and ch not in CODE_ALPHABET[:10]:
        wanted = _("统一社会信用代码第 %(place)s 位应为数字，现在是“%(ch)s”。请核对营业执照。")
    elif ch not in CODE_ALPHABET:
        wanted = _("统一社会信用代码第 %(place)s 位“%(ch)s”不能用：不用字母 I、O、S、V、Z。请核对营业执照。")
    else:
        return
    raise Refused(wanted % {"place": place, "ch": ch}, field="credit_code")
