"""An index of texts as sparse rows of hashed two-character pieces, rare pieces weighing more.

It grows as problems come.
"""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongjian.engines.likeness.character_pieces import fold, pieces_with_positions

WIDTH = 1 << 17
GROWTH = 0.1  # share of new rows after which all rows are weighted again
Matrix = Any  # scipy.sparse.csr_matrix: the library ships no types


def piece_columns(text: str) -> list[int]:
    """The column numbers of a text, ascending: each of its two-character pieces once."""
    pieces = {piece for piece, _at in pieces_with_positions(fold(text)) if len(piece) > 1}
    return sorted({zlib.crc32(piece.encode()) % WIDTH for piece in pieces})


class SimilarityIndex:
    """Texts under their keys, comparable by the cosine of their rows."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self._columns: list[list[int]] = []
        self._texts: dict[int, str] = {}
        self._texts_with: npt.NDArray[np.float32] = np.zeros(WIDTH, dtype=np.float32)
        self._rows: Matrix = None
        self._weighted = 0

    def __len__(self) -> int:
        return len(self.keys)

    def text(self, key: int) -> str | None:
        """The text under a key; None when there is none."""
        return self._texts.get(key)

    def add(self, texts: Iterable[tuple[int, str]]) -> None:
        """Add more texts, each under a key not used yet."""
        for key, text in texts:
            columns = piece_columns(text)
            self.keys.append(key)
            self._columns.append(columns)
            self._texts[key] = text
            self._texts_with[columns] += 1

    def matrix(self) -> Matrix:
        """One weighted row of length one for each text, in the order they were added.

        New rows are put below the others; after some growth all are weighted again.
        """
        built = 0 if self._rows is None else self._rows.shape[0]
        if not built or len(self.keys) > self._weighted * (1 + GROWTH):
            self._rows, self._weighted = self.rows(self._columns), len(self.keys)
        elif len(self.keys) > built:
            self._rows = sparse.vstack([self._rows, self.rows(self._columns[built:])], format="csr")
        return self._rows

    def rows(self, columns: Sequence[Sequence[int]]) -> Matrix:
        """A row of length one for each list of columns, weighted by how rare each piece is among all texts."""
        starts = np.cumsum([0, *(len(row) for row in columns)])
        flat = np.fromiter(
            (column for row in columns for column in row), dtype=np.int32, count=int(starts[-1])
        )
        rarity = np.log1p(len(self.keys) / (1.0 + self._texts_with[flat]))
        matrix = sparse.csr_matrix((rarity, flat, starts), shape=(len(columns), WIDTH), dtype=np.float32)
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1.0
        return sparse.csr_matrix(sparse.diags(1.0 / lengths).dot(matrix), dtype=np.float32)

    def nearest(self, text: str, *, least: float, most: int) -> list[tuple[int, float]]:
        """At most `most` keys with the likeness of their texts to this one, from `least` to 1, the most alike first."""
        if not self.keys:
            return []
        likeness = (self.matrix() @ self.rows([piece_columns(text)]).T).toarray().ravel()
        order = np.argsort(-likeness, kind="stable")[:most]
        return [(self.keys[n], float(likeness[n])) for n in order if likeness[n] >= least]
