"""Groups that may be one matter in different words, judged by shared words, likely unit and category. No Django.

Two wordings of one matter share few words, so words alone do not find them. But the office's classifier of who handles
what sends both to the same unit, and clerks file both under the same category.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongjian.engines.likeness.classifier import Classifier
from gongjian.engines.likeness.thresholds import RELATED_GROUP

MOST_RELATED = 3  # groups shown with a proposal
TEXTS_READ = 8  # texts read of each group, spread over it: enough to know what it is about
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class GroupText:
    """One text, its category, and the text with the category as the classifier reads it (`marked`)."""

    text: str
    marked: str
    category: str


class GroupProfiles:
    """What each group is about: its words, likely lines and categories, each as a row of length one."""

    def __init__(self, groups: Sequence[Sequence[GroupText]], classifier: Classifier) -> None:
        samples = [_sample(group) for group in groups]
        categories = sorted({text.category for sample in samples for text in sample})
        self._classifier = classifier
        self.words = sparse.vstack([self._words(sample) for sample in samples], format="csr")
        self.lines = _length_one([self._lines(sample) for sample in samples])
        self.categories = _length_one([_category_counts(sample, categories) for sample in samples])

    def _words(self, group: Sequence[GroupText]) -> sparse.csr_matrix:
        total = Counter[int]()
        for text in group:
            index, values = self._classifier.vector(text.text)
            total.update(dict(zip(index.tolist(), values.tolist(), strict=True)))
        columns = np.fromiter(total, dtype=np.int32, count=len(total))
        weights = np.fromiter(total.values(), dtype=np.float32, count=len(total))
        weights /= float(np.linalg.norm(weights)) or 1.0
        shape = (1, len(self._classifier.idf))
        return sparse.csr_matrix((weights, (np.zeros_like(columns), columns)), shape=shape)

    def _lines(self, group: Sequence[GroupText]) -> Floats:
        rows = [list(self._classifier.probabilities(text.marked).values()) for text in group]
        summed: Floats = np.sum(np.array(rows, dtype=np.float32), axis=0)
        return summed

    def likeliest_line(self, n: int) -> int:
        """The key of the line of offices that most likely handles the n-th group."""
        return self._classifier.lines[int(self.lines[n].argmax())]

    def likeness(self, n: int) -> Floats:
        """The likeness of every group to the n-th, from 0 to 1; the n-th itself gets 0."""
        words = np.asarray((self.words @ self.words[n].T).todense()).ravel().clip(0, 1)
        likeness: Floats = (
            self.lines @ self.lines[n] * np.sqrt(words * (self.categories @ self.categories[n]))
        )
        likeness[n] = 0
        return likeness

    def related_to(self, n: int, *, least: float = RELATED_GROUP, most: int = MOST_RELATED) -> list[int]:
        """The numbers of at most `most` groups near the n-th that also have it among their own nearest.

        The nearest first.
        """
        return [other for other in self._nearest(n, least, most) if n in self._nearest(other, least, most)]

    def _nearest(self, n: int, least: float, most: int) -> list[int]:
        likeness = self.likeness(n)
        order = np.argsort(-likeness, kind="stable")[:most]
        return [int(other) for other in order if likeness[other] >= least]


def _sample(group: Sequence[GroupText]) -> Sequence[GroupText]:
    return group[:: max(1, len(group) // TEXTS_READ)][:TEXTS_READ]


def _category_counts(group: Sequence[GroupText], categories: Sequence[str]) -> Floats:
    counted = Counter(text.category for text in group)
    return np.array([counted[category] for category in categories], dtype=np.float32)


def _length_one(rows: Sequence[Floats]) -> Floats:
    matrix: Floats = np.array(rows, dtype=np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(lengths == 0, 1, lengths)
    return matrix
