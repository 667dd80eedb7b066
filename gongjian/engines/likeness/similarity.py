"""Texts as sparse rows of hashed two-character pieces; rare pieces weigh more. Rows are added as problems come."""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongjian.engines.likeness.character_pieces import fold, places

WIDTH = 1 << 17
GROWTH = 0.1  # share of new rows after which all are weighed anew
Matrix = Any  # scipy.sparse.csr_matrix: the library ships no types


def hashed(text: str) -> list[int]:
    """The columns of a text: each two-character piece once."""
    pieces = {piece for piece, _at in places(fold(text)) if len(piece) > 1}
    return sorted({zlib.crc32(piece.encode()) % WIDTH for piece in pieces})


class Likeness:
    """Rows of texts under their keys, as they stood when added."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self._columns: list[list[int]] = []
        self._texts: dict[int, str] = {}
        self._met: npt.NDArray[np.float32] = np.zeros(WIDTH, dtype=np.float32)
        self._rows: Matrix = None
        self._weighed = 0

    def __len__(self) -> int:
        return len(self.keys)

    def text(self, key: int) -> str | None:
        """The text under a key, None when there is none."""
        return self._texts.get(key)

    def add(self, texts: Iterable[tuple[int, str]]) -> None:
        """More texts, each under a new key."""
        for key, text in texts:
            columns = hashed(text)
            self.keys.append(key)
            self._columns.append(columns)
            self._texts[key] = text
            self._met[columns] += 1

    def matrix(self) -> Matrix:
        """All rows weighted and of length one. New rows are put below the others; all are weighed anew after some growth."""
        built = 0 if self._rows is None else self._rows.shape[0]
        if not built or len(self.keys) > self._weighed * (1 + GROWTH):
            self._rows, self._weighed = self.rows(self._columns), len(self.keys)
        elif len(self.keys) > built:
            self._rows = sparse.vstack([self._rows, self.rows(self._columns[built:])], format="csr")
        return self._rows

    def rows(self, columns: Sequence[Sequence[int]]) -> Matrix:
        """Rows of these columns, weighted by how rare each piece is among all texts."""
        starts = np.cumsum([0, *(len(row) for row in columns)])
        flat = np.fromiter((one for row in columns for one in row), dtype=np.int32, count=int(starts[-1]))
        rarity = np.log1p(len(self.keys) / (1.0 + self._met[flat]))
        made = sparse.csr_matrix((rarity, flat, starts), shape=(len(columns), WIDTH), dtype=np.float32)
        lengths = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1.0
        return sparse.csr_matrix(sparse.diags(1.0 / lengths).dot(made), dtype=np.float32)

    def nearest(self, text: str, *, least: float, most: int) -> list[tuple[int, float]]:
        """Keys whose texts are at least so alike (0 to 1), the most alike first."""
        if not self.keys:
            return []
        found = (self.matrix() @ self.rows([hashed(text)]).T).toarray().ravel()
        order = np.argsort(-found, kind="stable")[:most]
        return [(self.keys[n], float(found[n])) for n in order if found[n] >= least]
