"""The file of the model: arrays and JSON in the instance's folder, never a pickle.

A lost file is made again.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from gongjian.engines.likeness.classifier import Classifier
from gongjian.problems.suggested_units.history import count_cases, read_history
from gongjian.problems.suggested_units.lines_of_work import LinesOfWork, read_lines
from gongjian.problems.suggested_units.model import UnitModel, train_model

FORMAT = 1  # of the file; one of another format is not read
GROWTH_TO_RETRAIN = 0.05  # share of new cases from which on `tick` trains again
LEAST_GROWTH = 20

_memo: dict[str, tuple[int, UnitModel]] = {}


def model_path() -> Path:
    """The path of this instance's model file."""
    return Path(settings.HOME) / "models" / "who-handles.npz"


def current_model(lines: LinesOfWork) -> UnitModel | None:
    """The stored model if it was trained with these lines, else a new one; None while none can be trained."""
    stored = load()
    return stored if stored is not None and stored.digest == lines.digest() else rebuild(lines)


def rebuild(lines: LinesOfWork | None = None) -> UnitModel | None:
    """Train a model now and store it; None while none can be trained."""
    lines = lines or read_lines()
    model = train_model(read_history(lines), lines)
    if model is not None:
        save(model)
    return model


def refresh() -> str:
    """Train again when the ledger has grown enough or a duty list has changed.

    Returns "kept", "made" or "none".
    """
    lines, stored = read_lines(), load()
    if stored is not None and stored.digest == lines.digest():
        grown = abs(count_cases() - stored.cases)
        if grown < max(LEAST_GROWTH, GROWTH_TO_RETRAIN * stored.cases):
            return "kept"
    return "made" if rebuild(lines) is not None else "none"


def save(model: UnitModel) -> None:
    """Store a model: the file is written whole or not at all."""
    classifier = model.classifier
    facts = {
        "form": FORMAT,
        "digest": model.digest,
        "cases": model.cases,
        "temperature": classifier.temperature,
        "lines": classifier.lines,
        "pieces": sorted(classifier.vocabulary, key=classifier.vocabulary.__getitem__),
        "levels": [[*key, n] for key, n in sorted(model.levels.items())],
    }
    path = model_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    with os.fdopen(handle, "wb") as out:
        np.savez(
            out,
            facts=np.frombuffer(json.dumps(facts, ensure_ascii=False).encode(), dtype=np.uint8),
            idf=classifier.idf,
            weights=classifier.weights,
            bias=classifier.bias,
        )
    Path(name).replace(path)


def load() -> UnitModel | None:
    """The stored model; None when there is none or its file cannot be read.

    The file is read again only after it has changed.
    """
    path = model_path()
    try:
        stamp = path.stat().st_mtime_ns
        cached = _memo.get(str(path))
        if cached is not None and cached[0] == stamp:
            return cached[1]
        model = _read(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    _memo[str(path)] = (stamp, model)
    return model


def _read(path: Path) -> UnitModel:
    with np.load(path, allow_pickle=False) as arrays:
        facts: dict[str, Any] = json.loads(arrays["facts"].tobytes())
        idf, weights, bias = arrays["idf"], arrays["weights"], arrays["bias"]
    lines, pieces = tuple(facts["lines"]), facts["pieces"]
    if facts["form"] != FORMAT or weights.shape != (len(lines), len(pieces)) or bias.shape != (len(lines),):
        raise ValueError(path)
    vocabulary = {piece: n for n, piece in enumerate(pieces)}
    classifier = Classifier(vocabulary, idf, weights, bias, facts["temperature"], lines)
    levels = {(line, level, depth): n for line, level, depth, n in facts["levels"]}
    return UnitModel(classifier, levels, facts["cases"], facts["digest"])
