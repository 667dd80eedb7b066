"""What runs in the process of a trial: sets its own limits, reads the file from its standard input, keeps nothing."""

import io
import resource
import sys
from collections.abc import Callable
from contextlib import suppress

from gongjian.engines.trial.process import READ, Reader


def main(reader: str, memory: str, work: str, name: str) -> int:
    """Read the file, or meet its reader's refusal: the code is READ. Whatever else happens, the code is another one."""
    content = sys.stdin.buffer.read()
    read = READERS[Reader(reader)](content, name)  # its libraries are loaded before the limits count
    _limit(int(memory), int(work))
    read()
    return READ


def _limit(memory: int, work: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, work),
        (resource.RLIMIT_FSIZE, 0),  # it writes nothing
        (resource.RLIMIT_NPROC, 0),  # and starts nothing
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _table(content: bytes, _name: str) -> Callable[[], None]:
    from gongjian.engines.sheets.book import BadBook
    from gongjian.engines.tables.opening import BadFile, Limits, open_file

    def read() -> None:
        wide = Limits(rows=1_048_576, columns=16_384)  # who asked has limits of its own
        with suppress(BadFile, BadBook):
            book = open_file(content, wide).book
            for sheet in (*book.visible, *book.hidden):
                book.grid(sheet)

    return read


def _workbook(content: bytes, _name: str) -> Callable[[], None]:
    import openpyxl

    return lambda: openpyxl.load_workbook(io.BytesIO(content)) and None


def _text(content: bytes, name: str) -> Callable[[], None]:
    from gongjian.engines import file_text
    from gongjian.engines.file_text.reading import Unreadable, read_text

    loaded = (file_text.word, file_text.web_page, file_text.pdf, file_text.rich_text, file_text.markdown)
    [str(module) for module in loaded]

    def read() -> None:
        with suppress(Unreadable):
            read_text(content, name)

    return read


READERS = {Reader.TABLE: _table, Reader.WORKBOOK: _workbook, Reader.TEXT: _text}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
