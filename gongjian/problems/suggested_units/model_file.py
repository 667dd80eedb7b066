"""Keeping the model between processes: arrays and JSON in the instance's folder, never a pickle. A lost file is made again."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from gongjian.engines.likeness.classifier import Classifier
from gongjian.problems.suggested_units.history import cases_now, read_history
from gongjian.problems.suggested_units.lines_of_work import Lines, read_lines
from gongjian.problems.suggested_units.model import Model, build

FORM = 1  # of the file
BEHIND = 0.05  # share of new cases after which `tick` trains again
BEHIND_LEAST = 20

_memo: dict[str, tuple[int, Model]] = {}


def file() -> Path:
    """Where the model of this instance lies."""
    return Path(settings.HOME) / "models" / "who-handles.npz"


def current(lines: Lines) -> Model | None:
    """The kept model when it was made under these duty lists, else a new one."""
    kept = load()
    return kept if kept is not None and kept.digest == lines.digest() else rebuild(lines)


def rebuild(lines: Lines | None = None) -> Model | None:
    """Train now and keep it."""
    lines = lines or read_lines()
    made = build(read_history(lines), lines)
    if made is not None:
        save(made)
    return made


def refresh() -> str:
    """Train again when the ledger has grown enough or a duty list has changed; what was done, in one word."""
    lines, kept = read_lines(), load()
    if kept is not None and kept.digest == lines.digest():
        grown = abs(cases_now() - kept.cases)
        if grown < max(BEHIND_LEAST, BEHIND * kept.cases):
            return "kept"
    return "made" if rebuild(lines) is not None else "none"


def save(model: Model) -> None:
    """Write the file whole or not at all."""
    one = model.classifier
    facts = {
        "form": FORM,
        "digest": model.digest,
        "cases": model.cases,
        "temperature": one.temperature,
        "lines": one.lines,
        "pieces": sorted(one.vocabulary, key=one.vocabulary.__getitem__),
        "levels": [[*key, n] for key, n in sorted(model.levels.items())],
    }
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    with os.fdopen(handle, "wb") as out:
        np.savez(
            out,
            facts=np.frombuffer(json.dumps(facts, ensure_ascii=False).encode(), dtype=np.uint8),
            idf=one.idf,
            weights=one.weights,
            bias=one.bias,
        )
    Path(name).replace(path)


def load() -> Model | None:
    """The kept model; None when there is none or the file is not what it should be. Read once for each change of it."""
    path = file()
    try:
        stamp = path.stat().st_mtime_ns
        known = _memo.get(str(path))
        if known is not None and known[0] == stamp:
            return known[1]
        model = _read(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    _memo[str(path)] = (stamp, model)
    return model


def _read(path: Path) -> Model:
    with np.load(path, allow_pickle=False) as kept:
        facts: dict[str, Any] = json.loads(kept["facts"].tobytes())
        idf, weights, bias = kept["idf"], kept["weights"], kept["bias"]
    lines, pieces = tuple(facts["lines"]), facts["pieces"]
    if facts["form"] != FORM or weights.shape != (len(lines), len(pieces)) or bias.shape != (len(lines),):
        raise ValueError(path)
    vocabulary = {piece: n for n, piece in enumerate(pieces)}
    classifier = Classifier(vocabulary, idf, weights, bias, facts["temperature"], lines)
    levels = {(line, level, depth): n for line, level, depth, n in facts["levels"]}
    return Model(classifier, levels, facts["cases"], facts["digest"])
