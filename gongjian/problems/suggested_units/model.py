"""The whole model: the classifier of lines, and how often each line's matters stay with the county or go to the city."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongjian.engines.likeness.classifier import Classifier
from gongjian.engines.likeness.training import train
from gongjian.people.models import Area, Unit
from gongjian.problems.suggested_units.lines_of_work import Lines, Past

SMOOTHING = 4.0  # a line's own habit counts as much as everybody's after so many cases
Level = tuple[int, str, int]  # line, level of the problem, depth of the unit's area


@dataclass(frozen=True)
class Model:
    """Trained from so many cases, under these duty lists."""

    classifier: Classifier
    levels: dict[Level, int]
    cases: int
    digest: str

    def units(self, text: str, *, area: Area, origin: str, lines: Lines) -> list[tuple[Unit, int, float]]:
        """Unit, line and probability, likeliest first; only units in use whose area holds the problem's."""
        found = []
        for line, chance in self.classifier.probabilities(text).items():
            candidates = lines.candidates(line, area)
            shares = self._shares(line, origin, [unit.area.depth for unit in candidates])
            found += [(unit, line, chance * share) for unit, share in zip(candidates, shares, strict=True)]
        total = sum(chance for _unit, _line, chance in found) or 1.0
        ranked = sorted(found, key=lambda one: (-one[2], one[0].pk))
        return [(unit, line, chance / total) for unit, line, chance in ranked]

    def _shares(self, line: int, origin: str, depths: Sequence[int]) -> list[float]:
        """How a line's matters of this level are shared among units of these depths; without history evenly."""
        everybody = Counter[int]()
        for (_line, level, depth), n in self.levels.items():
            if level == origin and depth in depths:
                everybody[depth] += n
        prior = {depth: (everybody[depth] + 1) / (everybody.total() + len(set(depths))) for depth in depths}
        own = [self.levels.get((line, origin, depth), 0) + SMOOTHING * prior[depth] for depth in depths]
        total = sum(own) or 1.0
        return [share / total for share in own]


def build(past: Iterable[Past], lines: Lines) -> Model | None:
    """Train on the history and the duty lists; None while fewer than two lines are known."""
    past = list(past)
    classifier = train([one.case for one in past], lines.duties())
    if classifier is None:
        return None
    levels = Counter((one.case.line, one.origin, one.depth) for one in past)
    return Model(classifier, dict(levels), len(past), lines.digest())
