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
from gongjian.problems.suggested_units.lines_of_work import Lines, Past, read_lines
from gongjian.problems.suggested_units.model import Model, build

TRAINING_SHARE = 0.8
LEAST_CASES = 50
BINS = 10
NORMAL_95 = 1.96


@dataclass(frozen=True)
class Bin:
    """One line of the reliability table: cases whose first suggestion had a probability in this range."""

    low: float
    high: float
    cases: int
    said: float
    right: float


@dataclass(frozen=True)
class Score:
    """How often the first, and one of three, was the unit in the end."""

    cases: int
    top1: float
    top3: float
    line1: float


@dataclass(frozen=True)
class Result:
    """Everything the back-test reports."""

    learnt: int
    score: Score
    unlike: Score
    baseline: float
    duties_only: Score
    stayed: float
    bins: tuple[Bin, ...]
    calibration_error: float
    brier: float
    parts: dict[str, Score] = field(default_factory=dict)
    wordings: int = 0
    top3_margin: float = 0.0


@dataclass(frozen=True)
class _Trial:
    past: Past
    units: tuple[int, ...]
    line: int
    chance: float


def run(*, share: float = TRAINING_SHARE) -> Result:
    """Back-test the ledger of this instance."""
    lines = read_lines()
    past = read_history(lines)
    if len(past) < LEAST_CASES:
        raise Refused(_("已交办的问题不足 %(n)s 个，回测没有意义。请积累一段时间再试。") % {"n": LEAST_CASES})
    return evaluate(past, lines, share=share)


def evaluate(past: Sequence[Past], lines: Lines, *, share: float = TRAINING_SHARE) -> Result:
    """Split by time, train on the early part only, try the late part."""
    split = int(len(past) * share)
    result, _trials = _judge(past[:split], past[split:], lines)
    return replace(result, stayed=_stayed(past))


def on_held_out(past: Sequence[Past], told: Sequence[tuple[str, str, Past]], lines: Lines) -> Result:
    """Train on a whole history, try cases kept apart: register, wording and case. The margin counts wordings, not cases."""
    result, trials = _judge(past, [case for _register, _wording, case in told], lines)
    by_register: dict[str, list[_Trial]] = {}
    by_wording: dict[str, list[_Trial]] = {}
    for (register, wording, _case), trial in zip(told, trials, strict=True):
        by_register.setdefault(register, []).append(trial)
        by_wording.setdefault(wording, []).append(trial)
    shares = [_score(found).top3 for found in by_wording.values()]
    return replace(
        result,
        parts={register: _score(found) for register, found in by_register.items()},
        wordings=len(shares),
        top3_margin=NORMAL_95 * stdev(shares) / len(shares) ** 0.5,
    )


def _judge(early: Sequence[Past], late: Sequence[Past], lines: Lines) -> tuple[Result, list[_Trial]]:
    model, naive = build(early, lines), build([], lines)
    if model is None:
        raise Refused(_("至少要有两个承办单位的职责或历史，才能回测。请先补充单位职责。"))
    trials = _try(model, late, lines)
    commonest = Counter(one.unit for one in early).most_common(1)[0][0]
    bins = _bins(trials)
    known = _known(early)
    result = Result(
        learnt=len(early),
        score=_score(trials),
        unlike=_score([trial for trial in trials if not _seen(trial.past.case.text, known)]),
        baseline=_share(sum(one.unit == commonest for one in late), len(late)),
        duties_only=_score(_try(naive, late, lines) if naive else []),
        stayed=_stayed(early),
        bins=bins,
        calibration_error=sum(one.cases * abs(one.said - one.right) for one in bins) / max(1, len(trials)),
        brier=fmean((trial.chance - (trial.units[:1] == (trial.past.unit,))) ** 2 for trial in trials),
    )
    return result, trials


def _stayed(past: Sequence[Past]) -> float:
    return _share(sum(one.stayed for one in past), len(past))


def _try(model: Model, late: Sequence[Past], lines: Lines) -> list[_Trial]:
    areas = {area.path: area for area in Area.objects.all()}
    trials = []
    for one in late:
        found = model.units(one.case.text, area=areas[one.area_path], origin=one.origin, lines=lines)
        first = found[0] if found else None
        units = tuple(unit.pk for unit, _line, _chance in found[:3])
        trials.append(_Trial(one, units, first[1] if first else 0, first[2] if first else 0.0))
    return trials


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _score(trials: Sequence[_Trial]) -> Score:
    n = len(trials)
    return Score(
        n,
        _share(sum(trial.units[:1] == (trial.past.unit,) for trial in trials), n),
        _share(sum(trial.past.unit in trial.units for trial in trials), n),
        _share(sum(trial.line == trial.past.case.line for trial in trials), n),
    )


def _bins(trials: Sequence[_Trial]) -> tuple[Bin, ...]:
    made = []
    for n in range(BINS):
        inside = [trial for trial in trials if min(int(trial.chance * BINS), BINS - 1) == n]
        if inside:
            right = sum(trial.units[:1] == (trial.past.unit,) for trial in inside)
            said = sum(trial.chance for trial in inside) / len(inside)
            made.append(Bin(n / BINS, (n + 1) / BINS, len(inside), said, right / len(inside)))
    return tuple(made)


def _known(early: Sequence[Past]) -> dict[str, list[int]]:
    """Piece -> the early texts it stands in, none twice."""
    places: dict[str, list[int]] = {}
    for n, text in enumerate(dict.fromkeys(one.case.text for one in early)):
        for piece in _pairs(text):
            places.setdefault(piece, []).append(n)
    return places


def _pairs(text: str) -> set[str]:
    return {piece for piece in grams(text) if len(piece) > 1}


def _seen(text: str, known: dict[str, list[int]]) -> bool:
    """Whether some early text has half of this one's pieces."""
    wanted = _pairs(text)
    met = Counter(n for piece in wanted for n in known.get(piece, ()))
    return bool(wanted) and max(met.values(), default=0) >= SEEN_BEFORE * len(wanted)
