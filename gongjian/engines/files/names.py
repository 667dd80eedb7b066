"""File names cleaned for display, and file sizes in words."""

import re

from gongjian.engines.files.types import FileKind
from gongjian.engines.writing.signs import clean_text

LONGEST = 120  # characters of a name


def clean_name(name: str) -> str:
    """The name without folders, without signs nobody sees and those that change the direction of reading."""
    printable = re.sub(r"[\r\n\t]", "", clean_text(re.split(r"[\\/]", name)[-1]))
    stem, dot, ending = printable.strip(" .").rpartition(".")
    return (f"{stem[:LONGEST]}{dot}{ending[:8]}" if dot else printable.strip(" .")[:LONGEST]) or "file"


def with_ending(name: str, kind: FileKind) -> str:
    """The name with the ending of its real kind: 照片.exe that contains a picture becomes 照片.jpg."""
    stem, dot, ending = name.rpartition(".")
    same = {"jpeg": "jpg"}.get(ending.lower(), ending.lower()) == kind.ending
    return name if dot and same else f"{stem or name}.{kind.ending}"


def size_in_words(size: int) -> str:
    """The size of a file in words: 2.4 MB, 12 KB."""
    kilo = 1024
    return f"{size / kilo / kilo:.1f} MB" if size >= kilo * kilo else f"{max(1, round(size / kilo))} KB"
