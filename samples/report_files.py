"""One invented report with a table, in the formats offices send: what tests and the command read."""

import io
from collections.abc import Callable, Sequence

import docx

PARAGRAPHS = [
    "云台县召开动员大会",
    "5月6日上午，云台县动员大会在县会议中心召开。县委书记许怀远出席会议并讲话。",
    "县长陶知行主持会议。",
]
SYSTEM = b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
ROWS = (("企业", "订单"), ("海拓机械", "20万元"), ("青禾家俬", "8万元"))
TRADITIONAL = [
    "雲台縣召開動員大會",
    "5月6日上午，雲台縣動員大會在縣會議中心召開。縣委書記許懷遠出席會議並講話。",
    "縣長陶知行主持會議。",
]


def plain(encoding: str) -> bytes:
    """The paragraphs as plain text."""
    return "\r\n".join(PARAGRAPHS).encode(encoding)


def word_file() -> bytes:
    """The report as a Word document."""
    document, out = docx.Document(), io.BytesIO()
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for n, row in enumerate(ROWS):
        for c, cell in enumerate(row):
            table.cell(n, c).text = cell
    document.save(out)
    return out.getvalue()


def web_page() -> bytes:
    """The report as a saved web page in GBK."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    page = f'<!DOCTYPE html><html><head><meta charset="gb2312"></head><body>{body}<table>{rows}</table></body></html>'
    return page.encode("gb18030")


def rtf_file() -> bytes:
    """The report as RTF, signs in Unicode escapes."""
    text = "\\par\n".join(
        "".join(
            sign if sign.isascii() else f"\\u{ord(sign) if ord(sign) < 32768 else ord(sign) - 65536}?"
            for sign in line
        )
        for line in PARAGRAPHS
    )
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1 {text}\\par}}".encode("ascii")


def markdown() -> bytes:
    """The report as Markdown."""
    head, *rest = PARAGRAPHS
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    return "\n\n".join([f"# {head}", *rest, "\n".join([rows[0], "| --- | --- |", *rows[1:]])]).encode()


def pdf_file(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A page of these lines and of rows in two columns, in a font that every reader has, as offices' printers make them."""
    size, left, column = 12, 60, 200
    shown, height = [], 780
    for cells in [*[(line,) for line in lines], *rows]:
        for n, cell in enumerate(cells):
            shown.append(
                f"BT /F1 {size} Tf {left + n * column} {height} Td <{cell.encode('utf-16-be').hex()}> Tj ET"
            )
        height -= 20
    return _document("\n".join(shown).encode())


def _document(stream: bytes) -> bytes:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo %s >>"
        % SYSTEM,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return bytes(
        out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    )


FILES: dict[str, Callable[[], bytes]] = {
    "report.docx": word_file,
    "report.html": web_page,
    "report.pdf": lambda: pdf_file(PARAGRAPHS, ROWS),
    "report.rtf": rtf_file,
    "report.md": markdown,
    "utf-8.txt": lambda: plain("utf-8"),
    "utf-8-bom.txt": lambda: plain("utf-8-sig"),
    "utf-16.txt": lambda: plain("utf-16"),
    "utf-16-be.txt": lambda: plain("utf-16-be"),
    "gb18030.txt": lambda: plain("gb18030"),
}
