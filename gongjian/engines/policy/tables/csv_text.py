"""The text of a CSV before it is taken apart (CSV 文本): its encoding, its quotation marks, its headings, its long rows."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from gongjian.engines.policy.tables.bad_cells import BadTable

CHUNK = 1 << 22
ENCODINGS = ("utf-8", "gb18030")
WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
NO_NAME = "\0"  # begins the name of a column without a heading


class CsvText:
    """A CSV as UTF-8. Raises BadTable when its signs or its quotation marks are broken.

    `path`: the file itself, or a copy in UTF-8 of one that Excel wrote in GBK or UTF-16; the copy goes with this object.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._copy: IO[bytes] | None = None
        encoding = self._encoding()
        if encoding != "utf-8":
            self._copy = self._in_utf8(encoding)
        self.path = Path(self._copy.name) if self._copy else file
        if sum(chunk.count(b'"') for chunk in _chunks(self.path)) % 2:
            raise BadTable("quotes", file=file.name, row=str(self._odd_line()))
        head = self._first_line()
        self.separator = next((sign for sign in (";", "\t") if sign in head and "," not in head), ",")
        self.headings = self._headings()

    def _encoding(self) -> str:
        start = next(_chunks(self.file), b"")[:2]
        for encoding in (WIDE[start],) if start in WIDE else ENCODINGS:
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                for chunk in _chunks(self.file):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
        raise BadTable("encoding", file=self.file.name)

    def _in_utf8(self, encoding: str) -> IO[bytes]:
        copy = NamedTemporaryFile(suffix=".csv")  # noqa: SIM115 - it lives as long as this object
        decoder = codecs.getincrementaldecoder(encoding)()
        for chunk in _chunks(self.file):
            copy.write(decoder.decode(chunk).encode())
        copy.flush()
        return copy

    def _odd_line(self) -> int:
        """The last line in which a quotation mark opens or closes what goes on in another line."""
        with self.path.open("rb") as lines:
            return max((n for n, line in enumerate(lines, start=1) if line.count(b'"') % 2), default=1)

    def _first_line(self) -> str:
        with self.path.open(encoding="utf-8-sig", newline="") as lines:
            return lines.readline(CHUNK)

    def _records(self) -> Iterator[list[str]]:
        with self.path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.reader(lines, delimiter=self.separator)

    def _headings(self) -> list[str]:
        """The headings, each once; one that is empty gets a name that no heading has. Raises BadTable."""
        try:
            names = [name.strip() for name in next(self._records(), [])]
        except csv.Error as error:
            raise BadTable("unreadable", file=self.file.name) from error
        check_headings(names)
        return [name or f"{NO_NAME}{n}" for n, name in enumerate(names)] if any(names) else []

    def broken(self) -> BadTable:
        """Why the rows cannot be taken apart."""
        width = len(self.headings)
        try:
            for n, record in enumerate(self._records(), start=1):
                if len(record) > width:
                    facts: dict[str, Any] = {"row": n, "cells": len(record), "headings": width}
                    return BadTable(
                        "row_too_long", file=self.file.name, **{k: str(v) for k, v in facts.items()}
                    )
        except csv.Error:
            pass
        return BadTable("unreadable", file=self.file.name)


def check_headings(names: list[str]) -> None:
    """Raises BadTable when a heading stands over two columns."""
    for n, name in enumerate(names):
        if name and name in names[:n]:
            raise BadTable("heading_twice", name=name)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
