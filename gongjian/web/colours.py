"""Colours by name, read from the style sheet that every page loads: what is drawn without CSS takes them from there."""

import re
from functools import cache
from pathlib import Path

SHEET = Path(__file__).parent / "static" / "gongjian" / "colours.css"
_TOKEN = re.compile(r"^\s*--([\w-]+): (?:(#[0-9a-f]{6})|var\(--([\w-]+)\));$", re.MULTILINE)


@cache
def colours() -> dict[str, str]:
    """Every name of colours.css with its hex value; a name that stands for another has the value of that."""
    read = {name: value or other for name, value, other in _TOKEN.findall(SHEET.read_text(encoding="utf-8"))}
    return {name: value if value.startswith("#") else read[value] for name, value in read.items()}


def of_light(light: str) -> str:
    """The hex value of a light."""
    return colours()[f"light-{light.lower().replace('_', '-')}"]
