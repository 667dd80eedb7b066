"""The whole model: the classifier of lines, and which level of unit handles each line's problems."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongjian.engines.likeness.classifier import Classifier
from gongjian.engines.likeness.training import train
from gongjian.people.models import Area, Unit
from gongjian.problems.suggested_units.lines_of_work import HandledProblem, LinesOfWork

SMOOTHING = 4.0  # after so many cases a line's own shares count as much as those of all lines
Level = tuple[int, str, int]  # line, level of the problem, depth of the unit's area


@dataclass(frozen=True)
class UnitModel:
    """A trained model: the number of cases it learnt from and the digest of the lines it knew."""

    classifier: Classifier
    levels: dict[Level, int]
    cases: int
    digest: str

    def units(
        self, text: str, *, area: Area, origin: str, lines: LinesOfWork
    ) -> list[tuple[Unit, int, float]]:
        """Unit, key of its line and probability, likeliest first.

        Only units in use whose area contains `area`.
        """
        chances = []
        for line, chance in self.classifier.probabilities(text).items():
            candidates = lines.candidates(line, area)
            shares = self._shares(line, origin, [unit.area.depth for unit in candidates])
            chances += [(unit, line, chance * share) for unit, share in zip(candidates, shares, strict=True)]
        total = sum(chance for _unit, _line, chance in chances) or 1.0
        ranked = sorted(chances, key=lambda entry: (-entry[2], entry[0].pk))
        return [(unit, line, chance / total) for unit, line, chance in ranked]

    def _shares(self, line: int, origin: str, depths: Sequence[int]) -> list[float]:
        """The share of a line's problems of this level for each of these depths of a unit's area.

        Even without history.
        """
        all_lines = Counter[int]()
        for (_line, level, depth), n in self.levels.items():
            if level == origin and depth in depths:
                all_lines[depth] += n
        prior = {depth: (all_lines[depth] + 1) / (all_lines.total() + len(set(depths))) for depth in depths}
        own = [self.levels.get((line, origin, depth), 0) + SMOOTHING * prior[depth] for depth in depths]
        total = sum(own) or 1.0
        return [share / total for share in own]


def train_model(history: Iterable[HandledProblem], lines: LinesOfWork) -> UnitModel | None:
    """A model trained on the history and the duty lists; None while fewer than two lines are known."""
    history = list(history)
    classifier = train([problem.case for problem in history], lines.duties())
    if classifier is None:
        return None
    levels = Counter((problem.case.line, problem.origin, problem.depth) for problem in history)
    return UnitModel(classifier, dict(levels), len(history), lines.digest())
