"""A table whose rows and columns both keep their sums when its cells are rounded (controlled rounding)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from gongjian.engines.cascade.exact import BadCascade, fraction, times

Cell = tuple[str, str]


def round_to_margins(
    rows: Mapping[str, Decimal], columns: Mapping[str, Decimal], *, unit: Decimal
) -> dict[str, dict[str, Decimal]]:
    """Cells in proportion to their row's and their column's sum, each less than one unit away from that, with both sums exact.

    Rows and columns must have the same grand total, nothing below zero, everything a multiple of `unit` (BadCascade otherwise). That
    such a table exists is the theorem on controlled rounding: the exact table is a flow, and a flow between whole numbers can be whole.
    The units left after rounding down are placed one by one along paths that may move earlier ones.

    Source: Cox, L. H. (1987), A constructive procedure for unbiased controlled rounding, JASA 82.
    """
    row_units, column_units = (_in_units(sums, unit) for sums in (rows, columns))
    whole = sum(row_units.values())
    if not whole:
        return {row: {column: times(unit, 0) for column in columns} for row in rows}
    ideal = {
        (row, column): Fraction(row_units[row] * column_units[column], whole)
        for row in rows
        for column in columns
    }
    down = {cell: floor(value) for cell, value in ideal.items()}
    open_cells = {cell for cell, value in ideal.items() if value != down[cell]}
    up = _units_placed(
        open_cells,
        {row: row_units[row] - sum(down[row, column] for column in columns) for row in rows},
        {column: column_units[column] - sum(down[row, column] for row in rows) for column in columns},
        sorted(open_cells, key=lambda cell: (down[cell] - ideal[cell], cell)),
    )
    return {
        row: {column: times(unit, down[row, column] + ((row, column) in up)) for column in columns}
        for row in rows
    }


def _in_units(sums: Mapping[str, Decimal], unit: Decimal) -> dict[str, int]:
    if not unit.is_finite() or unit <= 0:
        raise BadCascade("unit", unit=unit)
    counts: dict[str, int] = {}
    for name, amount in sums.items():
        count = fraction(amount, area=name) / Fraction(unit)
        if count.denominator != 1:
            raise BadCascade("off_unit", amount=amount, unit=unit)
        counts[name] = count.numerator
    return counts


def _units_placed(
    cells: set[Cell], rows_left: dict[str, int], columns_left: dict[str, int], order: list[Cell]
) -> set[Cell]:
    """The cells that are rounded up: the largest remainders first where both sums allow it, then paths for what is left."""
    up: set[Cell] = set()
    for row, column in order:
        if rows_left[row] and columns_left[column]:
            up.add((row, column))
            rows_left[row] -= 1
            columns_left[column] -= 1
    for row, count in rows_left.items():
        for _ in range(count):
            path = _path(row, cells, up, columns_left)
            up ^= set(path)
            columns_left[path[-1][1]] -= 1
    return up


def _path(row: str, cells: set[Cell], up: set[Cell], columns_left: Mapping[str, int]) -> list[Cell]:
    """Cells to turn over, from a row that lacks a unit to a column that lacks one: up, down, up ..."""
    by_row: dict[str, list[str]] = {}
    by_column: dict[str, list[str]] = {}
    for r, c in sorted(cells):
        (by_column.setdefault(c, []) if (r, c) in up else by_row.setdefault(r, [])).append(
            r if (r, c) in up else c
        )
    paths: list[tuple[str, list[Cell]]] = [(row, [])]
    seen_rows, seen_columns = {row}, set[str]()
    for at, path in paths:  # the list grows while it is walked: breadth first
        for column in by_row.get(at, ()):
            if column in seen_columns:
                continue
            seen_columns.add(column)
            further = [*path, (at, column)]
            if columns_left[column]:
                return further
            for other in by_column.get(column, ()):
                if other not in seen_rows:
                    seen_rows.add(other)
                    paths.append((other, [*further, (other, column)]))
    raise AssertionError("rows and columns with one grand total always have a path")
