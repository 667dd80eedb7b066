"""Folds names, codes and telephone numbers so that two ways to write the same are the same. For comparing, never for showing."""

import re
import unicodedata
from functools import lru_cache

from gongjian.engines.writing.signs import clean_text

_NAME = str.maketrans(
    dict.fromkeys("[{\u3014\u3016\u3018\u3010\u300a\u3008", "(")
    | dict.fromkeys("]}\u3015\u3017\u3019\u3011\u300b\u3009", ")")
    | dict.fromkeys(
        "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\ufe58\ufe63\uff0d\uff5e\u301c~", "-"
    )
    # middle dots as keyboards, fonts and other scripts give them
    | dict.fromkeys(
        "\u00b7\u0387\u16eb\u2022\u2024\u2027\u2043\u2218\u2219\u22c5\u23fa\u25cf\u25e6\u2981\u2e30\u2e31\u2e33\u30fb\ua78f\uff65\u02d9"
    )
    | dict.fromkeys("'\"`\u2018\u2019\u201c\u201d\u300c\u300d\u300e\u300f\u02bb\u02bc\u2032")
)
_POINT = re.compile(r"(?<!\d)[.\u3002](?=.)|(?<=\d)[.\u3002](?=\D)")
_BLANK = re.compile(r"\s+")
REMEMBERED = 5000  # names that are compared again and again
_AT_THE_ENDS = " ,.;:!?、。，；：！？…"
_NO_CODE = re.compile(r"[\s\-_./\\\u00b7\u2010-\u2015\u2212]+")
_NO_DIGIT = re.compile(r"\D+")


@lru_cache(maxsize=REMEMBERED)
def fold_name(name: str) -> str:
    """The name of a firm, a person or a unit for comparison; empty when nothing of it is left.

    Compatibility forms (NFKC), case, brackets, dashes, quotes, blanks, middle dots and the stop of a sentence make no
    difference.
    """
    plain = unicodedata.normalize("NFKC", clean_text(name).translate(_NAME)).casefold().translate(_NAME)
    return _POINT.sub("", _BLANK.sub("", plain)).strip(_AT_THE_ENDS)


def fold_code(code: str) -> str:
    """A code or number in half-width capitals without blanks, dashes, points and slashes."""
    return _NO_CODE.sub("", unicodedata.normalize("NFKC", clean_text(code))).upper()


def fold_phone(phone: str) -> str:
    """The digits of a telephone number, without the country code of China."""
    digits = _NO_DIGIT.sub("", unicodedata.normalize("NFKC", clean_text(phone)))
    return re.sub(r"^(?:0086|86)(?=1\d{10}$|0?\d{2,3}\d{7,8}$)", "", digits)
