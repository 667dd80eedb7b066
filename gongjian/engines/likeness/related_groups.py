"""Groups that may be one matter put in other words: common words, the same likely unit, the same kind of matter. Pure numpy.

Words alone find the same wording; two wordings of one matter share few words, but the office's own classifier of who
handles what sends them to the same unit, and clerks file them under the same category.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongjian.engines.likeness.classifier import Classifier
from gongjian.engines.likeness.thresholds import RELATED_GROUP

MOST = 3  # groups shown beside one
READ = 8  # texts of a group that are read, spread over it: enough to know what it speaks of
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """One text, what the classifier is to read of it (with the category), and the category."""

    text: str
    marked: str
    category: str


class Middles:
    """What each group speaks of: its words, the units it sounds like, the categories it is filed under; each of length one."""

    def __init__(self, groups: Sequence[Sequence[Told]], classifier: Classifier) -> None:
        read = [_spread(group) for group in groups]
        categories = sorted({one.category for group in read for one in group})
        self._classifier = classifier
        self.words = sparse.vstack([self._words(group) for group in read], format="csr")
        self.units = _unit([self._units(group) for group in read])
        self.kinds = _unit([_kinds(group, categories) for group in read])

    def _words(self, group: Sequence[Told]) -> sparse.csr_matrix:
        total = Counter[int]()
        for one in group:
            index, values = self._classifier.vector(one.text)
            total.update(dict(zip(index.tolist(), values.tolist(), strict=True)))
        columns = np.fromiter(total, dtype=np.int32, count=len(total))
        weights = np.fromiter(total.values(), dtype=np.float32, count=len(total))
        weights /= float(np.linalg.norm(weights)) or 1.0
        shape = (1, len(self._classifier.idf))
        return sparse.csr_matrix((weights, (np.zeros_like(columns), columns)), shape=shape)

    def _units(self, group: Sequence[Told]) -> Floats:
        told = [list(self._classifier.probabilities(one.marked).values()) for one in group]
        summed: Floats = np.sum(np.array(told, dtype=np.float32), axis=0)
        return summed

    def unit(self, n: int) -> int:
        """The line of offices the n-th group sounds like."""
        return self._classifier.lines[int(self.units[n].argmax())]

    def likeness(self, n: int) -> Floats:
        """Of every group to the n-th, from 0 to 1; of itself 0."""
        words = np.asarray((self.words @ self.words[n].T).todense()).ravel().clip(0, 1)
        found: Floats = self.units @ self.units[n] * np.sqrt(words * (self.kinds @ self.kinds[n]))
        found[n] = 0
        return found

    def beside(self, n: int, *, near: float = RELATED_GROUP, most: int = MOST) -> list[int]:
        """The groups most like the n-th to which the n-th is among the most like too, the likest first."""
        return [at for at in self._top(n, near, most) if n in self._top(at, near, most)]

    def _top(self, n: int, near: float, most: int) -> list[int]:
        found = self.likeness(n)
        return [int(at) for at in np.argsort(-found, kind="stable")[:most] if found[at] >= near]


def _spread(group: Sequence[Told]) -> Sequence[Told]:
    return group[:: max(1, len(group) // READ)][:READ]


def _kinds(group: Sequence[Told], categories: Sequence[str]) -> Floats:
    counted = Counter(one.category for one in group)
    return np.array([counted[category] for category in categories], dtype=np.float32)


def _unit(rows: Sequence[Floats]) -> Floats:
    made: Floats = np.array(rows, dtype=np.float32)
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    made /= np.where(lengths == 0, 1, lengths)
    return made
