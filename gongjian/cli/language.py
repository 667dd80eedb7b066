"""The language of the commands: Chinese, unless the environment or `--language` asks for English.

Commands speak before Django is loaded, and some without it: their words are looked up in the compiled catalogue itself.
"""

import gettext as catalogues
import os
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
LANGUAGES = ("zh", "en")


def choose(language: str) -> None:
    """Use this language from now on, in this process and in those it starts."""
    os.environ["GONGJIAN_LANGUAGE"] = language


def current_language() -> str:
    """The current language, `en` or `zh`; any unknown value of the environment counts as `zh`."""
    return "en" if os.environ.get("GONGJIAN_LANGUAGE") == "en" else "zh"


def gettext(sentence: str) -> str:
    """The sentence in the current language; in Chinese where the English translation is missing."""
    return _english().gettext(sentence) if current_language() == "en" else sentence


def gettext_noop(sentence: str) -> str:
    """The sentence unchanged, marked for translation; for tables built before the language is known."""
    return sentence


def django_code() -> str:
    """Django's code of the current language."""
    return {"zh": "zh-hans", "en": "en"}[current_language()]


@cache
def _english() -> catalogues.NullTranslations:
    return catalogues.translation("django", LOCALE, ["en"], fallback=True)
