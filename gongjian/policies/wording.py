"""Texts of rules in the language of the reader (规则的文字): what the library says, conditions, reasons kept with a payout.

A rule is kept as its author wrote it. The texts of the library have their English beside them in `library/english.toml`.
"""

import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongjian.audit.wording import DAY, day_in_words, in_chinese, said_again, words
from gongjian.enterprises.facts.wording import amount_in_words

ENGLISH = Path(__file__).resolve().parent / "library" / "english.toml"
QUOTED = r"'(?P<quoted>[^']*)'"
AMOUNT = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>{units})"
NAME = r"(?P<name>[^\W\d]\w*)"
REASON_MESSAGES = {"met": "%(clause)s（%(have)s，要求%(need)s）"}


@cache
def _english() -> dict[str, str]:
    return tomllib.loads(ENGLISH.read_text(encoding="utf-8"))


@cache
def _parts() -> re.Pattern[str]:
    from gongjian.engines.policy.facts.units import known_units  # brings the libraries of tables along

    units = "|".join(sorted((re.escape(unit) for unit in known_units() if unit), key=len, reverse=True))
    return re.compile("|".join((QUOTED, AMOUNT.format(units=units), NAME)))


def policy_text(text: str) -> str:
    """A text of a rule in the reader's language: the English of the library, a word of the product, else as it stands."""
    return text if in_chinese() or not text else _english().get(text) or words(text)


def condition_in_words(text: str) -> str:
    """A condition with its names and amounts in the reader's language: YEAR(Revenue, -1) >= 20,000,000 yuan."""
    return text if in_chinese() else _parts().sub(_part_in_words, text)


def _part_in_words(found: re.Match[str]) -> str:
    if found["quoted"] is not None:
        return f"'{policy_text(found['quoted'])}'"
    if found["number"] is not None:
        return amount_in_words(Decimal(found["number"].replace(",", "")), found["unit"])
    return policy_text(found["name"])


def reason_in_words(text: str) -> str:
    """Why a firm is paid, as kept with the payout: the clause, what the firm has and what is asked."""
    return said_again(text, REASON_MESSAGES.values(), word=_piece_in_words) or policy_text(text)


def _piece_in_words(text: str) -> str:
    if DAY.fullmatch(text):
        return day_in_words(date.fromisoformat(text))
    return condition_in_words(text) if text[0].isdigit() or text[0] == "-" else policy_text(text)
