"""The language commands speak: Chinese unless the environment or `--language` asks for English.

Commands speak before Django is loaded, and some without it: their words are looked up in the compiled catalogue itself.
"""

import gettext as catalogues
import os
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
LANGUAGES = ("zh", "en")


def choose(language: str) -> None:
    """Use this language from now on, and in the processes this one starts."""
    os.environ["GONGJIAN_LANGUAGE"] = language


def current_language() -> str:
    """`zh` or `en`; anything else asked for is Chinese."""
    return "en" if os.environ.get("GONGJIAN_LANGUAGE") == "en" else "zh"


def gettext(sentence: str) -> str:
    """The sentence in the language spoken; the Chinese one where the English is missing."""
    return _english().gettext(sentence) if current_language() == "en" else sentence


def gettext_noop(sentence: str) -> str:
    """The sentence as it is, marked for the catalogue: for tables that are made before the language is known."""
    return sentence


def django_code() -> str:
    """Django's name of the language spoken."""
    return {"zh": "zh-hans", "en": "en"}[current_language()]


@cache
def _english() -> catalogues.NullTranslations:
    return catalogues.translation("django", LOCALE, ["en"], fallback=True)
