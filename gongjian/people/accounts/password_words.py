"""Passwords that everybody in the house would try first: the product, the city, the season, a row of keys, with a year behind.

The library's own list holds what was breached elsewhere; these are the words of this place.
"""

import re
import string
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongjian.people.accounts.vocabulary import FIRST_TRIED
from gongjian.people.models import Area
from gongjian.people.pinyin import spelt_out

MOST = 128  # signs of a password; the form for signing in takes no more
LOOKS_LIKE = str.maketrans("@4013$57!", "aaoiessti")
BEHIND = string.digits + string.punctuation  # a year, a mark
LETTERS = re.compile(r"[^\W\d_]")


class LocalWords:
    """Refuses a password whose letters are nothing but words that lie near at hand, whatever digits and signs stand around them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password of such words alone."""
        words = {*FIRST_TRIED, *_names_of_areas()}
        if user is not None:
            words |= {user.username.casefold(), spelt_out(user.name).casefold()}
        only = re.compile("(?:" + "|".join(re.escape(word) for word in sorted(words, key=len) if word) + ")*")
        folded = password.casefold()
        for read in (folded, folded.lstrip(string.digits).rstrip(BEHIND).translate(LOOKS_LIKE)):
            if only.fullmatch("".join(LETTERS.findall(read))):
                raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """What a password must not be."""
        return _("密码只由常见的词、本地名称或数字组成，容易被猜到。请加上别人想不到的字。")


class MostSigns:
    """Refuses a password longer than the form for signing in takes."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  the library's signature
        """Raises ValidationError for more than 128 signs."""
        if len(password) > MOST:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """How long a password may be."""
        return _("密码最多%(most)s个字符。") % {"most": MOST}


def _names_of_areas() -> set[str]:
    """City and counties, as written and as spelt: the first places somebody tries."""
    names = set()
    for name, short in Area.objects.filter(depth__lte=2).values_list("name", "short_name"):
        names |= {name.casefold(), short.casefold(), spelt_out(name).casefold(), spelt_out(short).casefold()}
    return names
