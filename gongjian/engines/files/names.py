"""File names cleaned for display, and file sizes in words."""

import re
import unicodedata

from gongjian.engines.files.types import FileKind

LONGEST = 120  # characters of a name


def clean_name(name: str) -> str:
    """The name without folders, control characters and characters that change the direction of reading."""
    last = re.split(r"[\\/]", name)[-1]
    printable = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs"})
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
