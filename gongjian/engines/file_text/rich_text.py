"""The text of an RTF file in its code page."""

from striprtf.striprtf import rtf_to_text

from gongjian.engines.file_text.unreadable import Unreadable


def rtf_text(content: bytes) -> str:
    """The text of an .rtf; raises Unreadable. A row of a table has its cells in one line, with bars between."""
    try:
        text = str(rtf_to_text(content.decode("latin-1"), encoding="gb18030", errors="replace"))  # type: ignore[no-untyped-call]  # ships no types
    except (ValueError, LookupError, IndexError, KeyError, OverflowError) as error:
        raise Unreadable("broken") from error
    return "\n".join(line.strip("|").replace("|", "，") for line in text.splitlines())
