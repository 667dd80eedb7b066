"""Titles of firms in rules (资质荣誉): any may be asked for, but one that misspells a title in use is a slip."""

import difflib
from operator import ne

from gongjian.engines.policy.facts.catalogue import FactDef
from gongjian.engines.policy.vocabulary import GRADES

LEAST_FOR_A_SLIP = 4  # signs of a title


def title_meant(title: str, fact: FactDef) -> str:
    """The title in use that a misspelt one means; "" for one that is right, or that the catalogue does not know."""
    if title in fact.usual:
        return ""
    return next((usual for usual in fact.usual if _a_slip_apart(title, usual)), "")


def _a_slip_apart(title: str, usual: str) -> bool:
    """Whether one sign differs, is lacking or too many, or two are exchanged; a grade, a number or a letter is no slip."""
    if min(len(title), len(usual)) < LEAST_FOR_A_SLIP:
        return False
    steps = difflib.SequenceMatcher(None, title, usual, autojunk=False).get_opcodes()
    differing = [step for step in steps if step[0] != "equal"]
    signs = {sign for _, a, b, c, d in differing for sign in title[a:b] + usual[c:d]}
    one = (
        len(differing) == 1 and max(differing[0][2] - differing[0][1], differing[0][4] - differing[0][3]) == 1
    )
    exchanged = sorted(title) == sorted(usual) and sum(map(ne, title, usual)) == 2  # noqa: PLR2004 - two signs
    return (one or exchanged) and not any(sign in GRADES or sign.isascii() for sign in signs)
