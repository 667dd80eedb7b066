"""Groups of similar texts.

A text joins the group whose centroid it is most like, or begins one of its own when none is near.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongjian.engines.likeness.similarity import Matrix
from gongjian.engines.likeness.thresholds import SAME_GROUP, SAME_MATTER

BATCH = 1000
Labels = npt.NDArray[np.int64]


def cluster(rows: Matrix) -> list[list[int]]:
    """Row numbers by group, the largest group first; every row is in exactly one.

    The rows must have length one.
    """
    if not rows.shape[0]:
        return []
    labels = _settle(rows, _merge(rows, _settle(rows, _seed(rows))))
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted((part.tolist() for part in parts), key=lambda part: (-len(part), part[0]))


def _seed(rows: Matrix) -> Labels:
    """First pass, in order: a row near an earlier leader takes its label, any other becomes a leader."""
    labels = np.full(rows.shape[0], -1, dtype=np.int64)
    leaders: list[int] = []
    for start in range(0, rows.shape[0], BATCH):
        batch = rows[start : start + BATCH]
        best, value = _best(batch, rows[leaders]) if leaders else (None, None)
        remaining = []
        for n in range(batch.shape[0]):
            if best is not None and value is not None and value[n] >= SAME_MATTER:
                labels[start + n] = best[n]
            else:
                remaining.append(start + n)
        _label_remaining(rows, remaining, leaders, labels)
    return labels


def _label_remaining(rows: Matrix, remaining: list[int], leaders: list[int], labels: Labels) -> None:
    """Label the rows of one batch that no earlier leader took, comparing them with each other in order."""
    if not remaining:
        return
    alike = (rows[remaining] @ rows[remaining].T).tocsr()
    leader_of: dict[int, int] = {}
    for n, row in enumerate(remaining):
        near = range(alike.indptr[n], alike.indptr[n + 1])
        known = [
            (alike.data[at], leader_of[int(alike.indices[at])])
            for at in near
            if int(alike.indices[at]) in leader_of and alike.data[at] >= SAME_MATTER
        ]
        if known:
            labels[row] = max(known)[1]
        else:
            labels[row] = leader_of[n] = len(leaders)
            leaders.append(row)


def _best(rows: Matrix, centroids: Matrix) -> tuple[Labels, npt.NDArray[np.float32]]:
    """For each row, the centroid it is most like and that likeness."""
    alike = (rows @ centroids.T).tocsr()
    best = np.asarray(alike.argmax(axis=1)).ravel().astype(np.int64)
    value = np.asarray(alike.max(axis=1).todense()).ravel()
    return best, value


def _centroids(rows: Matrix, labels: Labels) -> Matrix:
    """The mean direction of each group, one row a group, of length one."""
    count = int(labels.max()) + 1
    ones = np.ones(len(labels), dtype=np.float32)
    member: Any = sparse.csr_matrix((ones, (labels, np.arange(len(labels)))), shape=(count, len(labels)))
    summed = sparse.csr_matrix(member @ rows)
    lengths = np.sqrt(np.asarray(summed.multiply(summed).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return sparse.csr_matrix(sparse.diags(1.0 / lengths) @ summed)


def _settle(rows: Matrix, labels: Labels) -> Labels:
    """Every row labelled with the centroid it is most like; a row near none gets a label of its own."""
    centroids = _centroids(rows, labels)
    settled = np.empty_like(labels)
    fresh = centroids.shape[0]
    for start in range(0, rows.shape[0], BATCH):
        best, value = _best(rows[start : start + BATCH], centroids)
        for n, (label, near) in enumerate(zip(best, value, strict=True)):
            settled[start + n] = label if near >= SAME_MATTER else fresh
            fresh += near < SAME_MATTER
    return np.unique(settled, return_inverse=True)[1].astype(np.int64)


def _merge(rows: Matrix, labels: Labels) -> Labels:
    """Labels after groups with like centroids are made one: the smaller joins the larger."""
    centroids = _centroids(rows, labels)
    sizes = np.bincount(labels)
    alike = (centroids @ centroids.T).tocoo()
    pairs = sorted(
        (-float(v), int(a), int(b))
        for a, b, v in zip(alike.row, alike.col, alike.data, strict=True)
        if a < b and v >= SAME_GROUP
    )
    into = list(range(len(sizes)))
    for _alike, a, b in pairs:
        a, b = into[a], into[b]
        if a != b:
            small, large = (a, b) if sizes[a] < sizes[b] else (b, a)
            into = [large if label == small else label for label in into]
            sizes[large] += sizes[small]
    return np.array(into, dtype=np.int64)[labels]
