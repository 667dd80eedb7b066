"""Names and sizes of files for people."""

import re
import unicodedata

from gongjian.engines.files.types import FileKind

LONGEST = 120  # characters of a name


def clean_name(name: str) -> str:
    """A name without folders, control signs or signs that turn the direction of reading."""
    last = re.split(r"[\\/]", name)[-1]
    printable = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs"})
    stem, dot, ending = printable.strip(" .").rpartition(".")
    return (f"{stem[:LONGEST]}{dot}{ending[:8]}" if dot else printable.strip(" .")[:LONGEST]) or "file"


def with_ending(name: str, kind: FileKind) -> str:
    """A name that ends as the file really is: 照片.exe with a picture inside becomes 照片.jpg."""
    stem, dot, ending = name.rpartition(".")
    same = {"jpeg": "jpg"}.get(ending.lower(), ending.lower()) == kind.ending
    return name if dot and same else f"{stem or name}.{kind.ending}"


def size_in_words(size: int) -> str:
    """A size for people."""
    kilo = 1024
    return f"{size / kilo / kilo:.1f} MB" if size >= kilo * kilo else f"{max(1, round(size / kilo))} KB"
