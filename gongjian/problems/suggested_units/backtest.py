"""The back-test (回测): learn from the earlier part of the ledger, suggest for the later part, count what was right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean, stdev

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.likeness.character_pieces import grams
from gongjian.engines.likeness.thresholds import SEEN_BEFORE
from gongjian.people.models import Area
from gongjian.problems.suggested_units.history import read_history
from gongjian.problems.suggested_units.lines_of_work import HandledProblem, LinesOfWork, read_lines
from gongjian.problems.suggested_units.model import UnitModel, train_model

TRAINING_SHARE = 0.8
LEAST_CASES = 50
BINS = 10
NORMAL_95 = 1.96


@dataclass(frozen=True)
class ReliabilityBin:
    """One row of the reliability table: the cases whose first suggestion had a probability from `low` to `high`.

    `said` is the mean probability, `right` the share of right suggestions.
    """

    low: float
    high: float
    cases: int
    said: float
    right: float


@dataclass(frozen=True)
class BackTestScore:
    """Shares of cases where the first suggestion, one of the first three, and the line were right."""

    cases: int
    top1: float
    top3: float
    line1: float


@dataclass(frozen=True)
class BackTestResult:
    """Everything the back-test reports; shares are from 0 to 1."""

    learnt: int
    score: BackTestScore
    unlike: BackTestScore
    baseline: float
    duties_only: BackTestScore
    stayed: float
    bins: tuple[ReliabilityBin, ...]
    calibration_error: float
    brier: float
    parts: dict[str, BackTestScore] = field(default_factory=dict)
    wordings: int = 0
    top3_margin: float = 0.0


@dataclass(frozen=True)
class _Trial:
    problem: HandledProblem
    units: tuple[int, ...]
    line: int
    chance: float


def run(*, share: float = TRAINING_SHARE) -> BackTestResult:
    """Back-test the ledger of this instance, training on the earlier `share` of it."""
    lines = read_lines()
    history = read_history(lines)
    if len(history) < LEAST_CASES:
        raise Refused(_("已交办的问题不足 %(n)s 个，回测没有意义。请积累一段时间再试。") % {"n": LEAST_CASES})
    return evaluate(history, lines, share=share)


def evaluate(
    history: Sequence[HandledProblem], lines: LinesOfWork, *, share: float = TRAINING_SHARE
) -> BackTestResult:
    """Split a history by time, train on the early part only, and suggest units for the late part."""
    split = int(len(history) * share)
    result, _trials = _judge(history[:split], history[split:], lines)
    return replace(result, stayed=_stayed(history))


def evaluate_held_out(
    history: Sequence[HandledProblem], held_out: Sequence[tuple[str, str, HandledProblem]], lines: LinesOfWork
) -> BackTestResult:
    """Train on a whole history and try cases that were held out, each given as register, wording and problem.

    `parts` holds a score for each register. The margin (95 %) is over wordings, not over cases.
    """
    result, trials = _judge(history, [problem for _register, _wording, problem in held_out], lines)
    by_register: dict[str, list[_Trial]] = {}
    by_wording: dict[str, list[_Trial]] = {}
    for (register, wording, _problem), trial in zip(held_out, trials, strict=True):
        by_register.setdefault(register, []).append(trial)
        by_wording.setdefault(wording, []).append(trial)
    shares = [_score(trials_of).top3 for trials_of in by_wording.values()]
    return replace(
        result,
        parts={register: _score(trials_of) for register, trials_of in by_register.items()},
        wordings=len(shares),
        top3_margin=NORMAL_95 * stdev(shares) / len(shares) ** 0.5,
    )


def _judge(
    early: Sequence[HandledProblem], late: Sequence[HandledProblem], lines: LinesOfWork
) -> tuple[BackTestResult, list[_Trial]]:
    model, duties_model = train_model(early, lines), train_model([], lines)
    if model is None:
        raise Refused(_("至少要有两个承办单位的职责或历史，才能回测。请先补充单位职责。"))
    trials = _try(model, late, lines)
    commonest_unit = Counter(problem.unit for problem in early).most_common(1)[0][0]
    bins = _bins(trials)
    texts_with = _texts_with_piece(early)
    result = BackTestResult(
        learnt=len(early),
        score=_score(trials),
        unlike=_score([trial for trial in trials if not _seen(trial.problem.case.text, texts_with)]),
        baseline=_share(sum(problem.unit == commonest_unit for problem in late), len(late)),
        duties_only=_score(_try(duties_model, late, lines) if duties_model else []),
        stayed=_stayed(early),
        bins=bins,
        calibration_error=sum(row.cases * abs(row.said - row.right) for row in bins) / max(1, len(trials)),
        brier=fmean((trial.chance - (trial.units[:1] == (trial.problem.unit,))) ** 2 for trial in trials),
    )
    return result, trials


def _stayed(history: Sequence[HandledProblem]) -> float:
    return _share(sum(problem.stayed for problem in history), len(history))


def _try(model: UnitModel, late: Sequence[HandledProblem], lines: LinesOfWork) -> list[_Trial]:
    areas = {area.path: area for area in Area.objects.all()}
    trials = []
    for problem in late:
        ranked = model.units(
            problem.case.text, area=areas[problem.area_path], origin=problem.origin, lines=lines
        )
        first = ranked[0] if ranked else None
        units = tuple(unit.pk for unit, _line, _chance in ranked[:3])
        trials.append(_Trial(problem, units, first[1] if first else 0, first[2] if first else 0.0))
    return trials


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _score(trials: Sequence[_Trial]) -> BackTestScore:
    n = len(trials)
    return BackTestScore(
        n,
        _share(sum(trial.units[:1] == (trial.problem.unit,) for trial in trials), n),
        _share(sum(trial.problem.unit in trial.units for trial in trials), n),
        _share(sum(trial.line == trial.problem.case.line for trial in trials), n),
    )


def _bins(trials: Sequence[_Trial]) -> tuple[ReliabilityBin, ...]:
    bins = []
    for n in range(BINS):
        inside = [trial for trial in trials if min(int(trial.chance * BINS), BINS - 1) == n]
        if inside:
            right = sum(trial.units[:1] == (trial.problem.unit,) for trial in inside)
            said = sum(trial.chance for trial in inside) / len(inside)
            bins.append(ReliabilityBin(n / BINS, (n + 1) / BINS, len(inside), said, right / len(inside)))
    return tuple(bins)


def _texts_with_piece(early: Sequence[HandledProblem]) -> dict[str, list[int]]:
    """The numbers of the different early texts in which each piece stands."""
    texts_with: dict[str, list[int]] = {}
    for n, text in enumerate(dict.fromkeys(problem.case.text for problem in early)):
        for piece in _pairs(text):
            texts_with.setdefault(piece, []).append(n)
    return texts_with


def _pairs(text: str) -> set[str]:
    return {piece for piece in grams(text) if len(piece) > 1}


def _seen(text: str, texts_with: dict[str, list[int]]) -> bool:
    """Whether some early text has at least half (SEEN_BEFORE) of this text's pieces."""
    wanted = _pairs(text)
    common = Counter(n for piece in wanted for n in texts_with.get(piece, ()))
    return bool(wanted) and max(common.values(), default=0) >= SEEN_BEFORE * len(wanted)
