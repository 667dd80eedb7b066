"""Colours by name, read from the style sheet every page loads, for pictures drawn without CSS."""

import re
from functools import cache
from pathlib import Path

SHEET = Path(__file__).parent / "static" / "gongjian" / "colours.css"
_TOKEN = re.compile(r"^\s*--([\w-]+): (?:(#[0-9a-f]{6})|var\(--([\w-]+)\));$", re.MULTILINE)


@cache
def colours() -> dict[str, str]:
    """Every name in colours.css with its hex value; an alias gets the value of the name it refers to."""
    read = {name: value or other for name, value, other in _TOKEN.findall(SHEET.read_text(encoding="utf-8"))}
    return {name: value if value.startswith("#") else read[value] for name, value in read.items()}


def of_light(light: str) -> str:
    """The hex value of a light's colour."""
    return colours()[f"light-{light.lower().replace('_', '-')}"]
