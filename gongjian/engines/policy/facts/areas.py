"""Codes of areas (行政区划代码): the whole code of a city stands for everything in it."""

import re

AREA_CODE = "area_code"  # the fact that says where a firm is
_LEVELS = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", re.ASCII)  # province, city, county, township, village
_ENDS = (2, 4, 6, 9)


def area_prefix(code: str) -> str | None:
    """What the codes of all places in an area begin with: 410500 and 4105 are the whole city. None: no code of an area."""
    if not _LEVELS.fullmatch(code) or code.startswith("00"):
        return None
    return next(code[:end] for end in (*_ENDS, len(code)) if not code[end:].strip("0"))
