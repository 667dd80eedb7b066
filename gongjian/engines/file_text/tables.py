"""Rows of a table as sentences: 企业：海拓机械，订单：20万元。"""

from collections.abc import Sequence

LONG = 120  # characters of a cell that is laid out as text, not tabled
HEADING = 20  # most characters of a heading
STOPS = "。！？；!?;"
Row = Sequence[str]


def rows_as_sentences(rows: Sequence[Row]) -> list[str]:
    """One sentence for each row, with the headings of the first row where it has some; a laid-out page stays as it is."""
    tidy = [[" ".join(cell.split()) for cell in row] for row in rows]
    tidy = [row for row in tidy if any(row)]
    if any(len(cell) > LONG for row in tidy for cell in row) or all(len(row) == 1 for row in tidy):
        return [cell for row in tidy for cell in row if cell]
    if len(tidy) > 1 and is_heading_row(tidy[0]) and len(tidy[0]) > 1:
        return [_told(row, tidy[0]) for row in tidy[1:]]
    return [_told(row) for row in tidy]


def is_heading_row(row: Row) -> bool:
    """Whether the row names columns: filled, short and different words without figures or stops."""
    words = [cell for cell in row if cell]
    return len(words) == len(row) == len(set(words)) and all(
        len(word) <= HEADING and not any(sign in STOPS or sign.isdigit() for sign in word) for word in words
    )


def _told(row: Row, headings: Row = ()) -> str:
    """A row as one sentence; a cell beyond the headings, or an empty one, stands without."""
    named = [
        f"{headings[n]}：{cell}" if n < len(headings) and headings[n] and headings[n] != cell else cell
        for n, cell in enumerate(row)
        if cell
    ]
    if not headings and len(named) == 2 and is_heading_row(named[:1]):  # noqa: PLR2004  a form: what and its value
        named = [f"{named[0].rstrip('：:')}：{named[1]}"]
    text = "，".join(part.rstrip("，,。") for part in named)
    return text if text.endswith(tuple(STOPS)) else f"{text}。"
