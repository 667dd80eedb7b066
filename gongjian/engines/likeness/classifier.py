"""The trained classifier as plain arrays, one row of weights for each line of offices (条线).

It needs only numpy.
"""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gongjian.engines.likeness.character_pieces import CATEGORY_SIGN, fold, grams, pieces_with_positions

Array = npt.NDArray[np.float32]
MOST_WORDS, LONGEST_WORD = 4, 8
PAIR = 2  # characters
SHARE_OF_STRONGEST = 0.3  # of the strongest character's weight: what each character of a shown word must have


@dataclass(frozen=True)
class Classifier:
    """A logistic regression over TF-IDF pieces, with the temperature that calibrates its probabilities."""

    vocabulary: dict[str, int]
    idf: Array
    weights: Array  # lines x pieces
    bias: Array
    temperature: float
    lines: tuple[int, ...]

    def vector(self, text: str) -> tuple[npt.NDArray[np.intp], Array]:
        """Column numbers of the known pieces in a text and their TF-IDF values, scaled to length one."""
        counted = Counter(piece for piece in grams(text) if piece in self.vocabulary)
        index = np.fromiter((self.vocabulary[piece] for piece in counted), dtype=np.intp, count=len(counted))
        tf = np.fromiter((1 + math.log(n) for n in counted.values()), dtype=np.float32, count=len(counted))
        values = tf * self.idf[index]
        norm = float(np.linalg.norm(values)) or 1.0
        return index, values / np.float32(norm)

    def probabilities(self, text: str) -> dict[int, float]:
        """The probability of each line, by its key; the probabilities add up to 1."""
        index, values = self.vector(text)
        scores = (self.weights[:, index] @ values + self.bias).astype(np.float64) / self.temperature
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return {line: float(share) for line, share in zip(self.lines, shares, strict=True)}

    def words(self, text: str, line: int) -> list[str]:
        """The words of a text that speak for a line, the strongest first."""
        folded = fold(text.partition(CATEGORY_SIGN)[0])
        index, values = self.vector(text)
        row = self.lines.index(line)
        lift = (self.weights[row, index] - self.weights[:, index].mean(axis=0)) * values
        weight = dict(zip(index.tolist(), lift.tolist(), strict=True))
        heat = [0.0] * len(folded)
        for piece, at in pieces_with_positions(folded):
            number = self.vocabulary.get(piece)
            if number is not None:
                for near in range(at, at + len(piece)):
                    heat[near] += weight[number] / len(piece)
        return _runs(folded, heat) or self._strongest(weight)

    def _strongest(self, weight: dict[int, float]) -> list[str]:
        """The two-character piece that speaks most for the line, where no word stands out."""
        names = {number: piece for piece, number in self.vocabulary.items() if number in weight}
        candidates = [
            (value, names[n])
            for n, value in weight.items()
            if value > 0 and len(names[n]) == PAIR and CATEGORY_SIGN not in names[n]
        ]
        return [max(candidates)[1]] if candidates else []


def _runs(folded: str, heat: list[float]) -> list[str]:
    """Neighbouring characters of enough weight as words, the heaviest first.

    None of one character, none twice.
    """
    threshold = SHARE_OF_STRONGEST * max(heat, default=0.0)
    if threshold <= 0:
        return []
    runs: list[tuple[float, str]] = []
    start = 0
    for at in range(len(folded) + 1):
        if at == len(folded) or heat[at] < threshold or folded[at] == " " or at - start >= LONGEST_WORD:
            if at - start > 1:
                runs.append((sum(heat[start:at]), folded[start:at]))
            start = at if at < len(folded) and heat[at] >= threshold and folded[at] != " " else at + 1
    words = (word.strip("0") for _heat, word in sorted(runs, reverse=True))
    return list(dict.fromkeys(word for word in words if len(word) > 1))[:MOST_WORDS]
