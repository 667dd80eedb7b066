"""Training with scikit-learn: TF-IDF of character pieces, logistic regression, calibration on late cases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gongjian.engines.likeness.character_pieces import grams
from gongjian.engines.likeness.classifier import Classifier

# all duty lists together weigh as much as the whole history: they hold words nobody has used yet
DUTY_SHARE = 1.0
DUTY_LEAST = 2.0  # one phrase of a duty list weighs at least as much as so many past cases
STRENGTH = 100.0  # divided by the root of the number of cases: the inverse penalty; many like cases teach no more words
STRONGEST = 8.0
HELD_BACK = 0.15  # share of the cases, the latest ones, that sets the temperature
LEAST_FOR_HOLDING_BACK = 200  # cases needed before any are held back
MOST_PIECES = 40000
TEMPERATURES = np.geomspace(0.25, 4.0, 49)


@dataclass(frozen=True)
class Case:
    """One handled problem: its text and the key of the line of offices that handled it.

    Lists of cases are in order of time.
    """

    text: str
    line: int


def phrases(duties: str) -> list[str]:
    """The phrases of a duty list, except those of a single character."""
    for sign in "；;，,。\n":
        duties = duties.replace(sign, "、")
    return [part.strip() for part in duties.split("、") if len(part.strip()) > 1]


def train(cases: Sequence[Case], duties: Mapping[int, str]) -> Classifier | None:
    """A classifier trained for all lines that have a duty list or a case; None when there are fewer than two.

    `duties` holds the duty list of each line by its key.
    """
    if len({case.line for case in cases} | {line for line, text in duties.items() if phrases(text)}) < 2:  # noqa: PLR2004  one line needs no suggestion
        return None
    if len(cases) < LEAST_FOR_HOLDING_BACK:
        return _fit(cases, duties)
    split = len(cases) - int(len(cases) * HELD_BACK)
    early = _fit(cases[:split], duties)
    temperature = _temperature(early, cases[split:])
    return replace(_fit(cases, duties), temperature=temperature)


def _fit(cases: Sequence[Case], duties: Mapping[int, str]) -> Classifier:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    duty_phrases = [(phrase, line) for line, text in sorted(duties.items()) for phrase in phrases(text)]
    texts = [case.text for case in cases] + [phrase for phrase, _line in duty_phrases]
    lines = np.array([case.line for case in cases] + [line for _phrase, line in duty_phrases])
    weight = max(DUTY_LEAST, DUTY_SHARE * len(cases) / max(1, len(duty_phrases)))
    weights = np.array([1.0] * len(cases) + [weight] * len(duty_phrases))
    vectorizer = TfidfVectorizer(
        analyzer=grams, sublinear_tf=True, dtype=np.float32, max_features=MOST_PIECES
    )
    matrix = vectorizer.fit_transform(texts)
    strength = min(STRONGEST, STRENGTH / max(1, len(cases)) ** 0.5)
    model: Any = LogisticRegression(C=strength, tol=1e-2, max_iter=60)
    model.fit(matrix, lines, sample_weight=weights)
    two = len(model.classes_) == 2  # noqa: PLR2004  scikit-learn keeps one row for two classes
    coef = np.vstack([-model.coef_ / 2, model.coef_ / 2]) if two else model.coef_
    bias = np.concatenate([-model.intercept_ / 2, model.intercept_ / 2]) if two else model.intercept_
    return Classifier(
        vocabulary={str(piece): int(n) for piece, n in vectorizer.vocabulary_.items()},
        idf=vectorizer.idf_.astype(np.float32),
        weights=coef.astype(np.float32),
        bias=bias.astype(np.float32),
        temperature=1.0,
        lines=tuple(int(line) for line in model.classes_),
    )


def _temperature(model: Classifier, cases: Sequence[Case]) -> float:
    """The temperature under which these cases are least surprising (lowest log loss)."""
    known = [case for case in cases if case.line in model.lines]
    if not known:
        return 1.0
    rows = []
    for case in known:
        index, values = model.vector(case.text)
        rows.append(model.weights[:, index] @ values + model.bias)
    scores, right = (
        np.array(rows, dtype=np.float64),
        np.array([model.lines.index(case.line) for case in known]),
    )
    losses = []
    for temperature in TEMPERATURES:
        scaled = scores / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        losses.append(
            float((np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(right)), right]).mean())
        )
    return float(TEMPERATURES[int(np.argmin(losses))])


def most_frequent_line(cases: Sequence[Case]) -> int:
    """The key of the line that handled most cases: the baseline of the back-test."""
    return Counter(case.line for case in cases).most_common(1)[0][0]
