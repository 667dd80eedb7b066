"""Loads the held-out reports: a short notation of our own (TOML) to the annotation the scorer compares with."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.draft import ReportDraft
from gongjian.engines.reports.extractor import extract
from gongjian.engines.reports.registers import KnownEnterprise, KnownPerson, KnownUnit, Registers

FILES = Path(__file__).parent
HELD_OUT, FRESH, PRACTICE = "held_out", "fresh", "practice"
FORMER = "former_held_out"  # kept apart until the second round was written
KNOWN = 5  # with registers, one name in so many is left out of them


@dataclass(frozen=True)
class Report:
    """One report: its text, the day of publication typed in beside it, and what should be read out of it."""

    key: str
    style: str
    text: str
    hint: date | None
    annotation: dict[str, Any]


def _event(written: dict[str, Any]) -> dict[str, Any]:
    """An event as annotated: a single value left out is not judged, except the part of the day, which is then absent."""
    start, _slash, end = written.get("on", "").partition("/")
    undated = "on" not in written
    lists = {key: written.get(key, []) for key in ("people", "enterprises", "sectors", "projects")}
    single = {key: written.get(key) for key in ("type", "unit", "place", "title", "lead")}
    return (
        single
        | lists
        | {
            "part": written.get("part", ""),
            "date_start": None if undated else start,
            "date_end": None if undated else (end or start),
            "counts": [_count(count) for count in written.get("counts", ())],
        }
    )


def _count(written: str) -> list[Any]:
    digits = "".join(ch for ch in written if ch.isdigit() or ch == ".")
    return [float(digits), written.removeprefix(digits)]


def _action(written: dict[str, str]) -> dict[str, Any]:
    return {
        "by": written.get("by"),
        "to": written.get("to") or None,
        "key": written["key"],
        "deadline_text": written.get("by_when") or None,
    }


def _honour(written: str) -> dict[str, Any]:
    recipient, honour, *count = (part.strip() for part in written.split(" | "))
    return {"recipient": recipient, "honour": honour, "count": int(count[0]) if count else None}


def _person(written: str) -> dict[str, Any]:
    name, _space, posts = written.partition(" ")
    return {"name": name, "posts": posts.split("、") if posts else []}


def _annotation(written: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": written["id"],
        "input": {"published_hint": written.get("published_hint")},
        "meta": {
            "source": written.get("source"),
            "reporters": written.get("reporters", []),
            "published": written.get("published"),
        },
        "events": [_event(event) for event in written.get("event", ())],
        "people": [_person(person) for person in written.get("people", ())],
        "people_optional": written.get("people_optional", []),
        "speakers": written.get("speakers", []),
        "quotes": [
            dict(zip(("speaker", "start"), quote.split("|"), strict=True))
            for quote in written.get("quotes", ())
        ],
        "actions": [_action(action) for action in written.get("actions", ())],
        "honours": [_honour(honour) for honour in written.get("honours", ())],
        "problems": written.get("problems", []),
    }


@cache
def reports(part: str = HELD_OUT) -> tuple[Report, ...]:
    """All reports of a part, style by style."""
    found = []
    for path in sorted((FILES / part).glob("*.toml")):
        for written in tomllib.loads(path.read_text(encoding="utf-8"))["report"]:
            hint = written.get("published_hint")
            found.append(
                Report(
                    key=written["id"],
                    style=path.stem,
                    text=written["text"].strip(),
                    hint=date.fromisoformat(hint) if hint else None,
                    annotation=_annotation(written),
                )
            )
    return tuple(found)


def read(report: Report, registers: Registers) -> ReportDraft:
    """What the engine reads out of it."""
    return extract(report.text, hint=report.hint, registers=registers)


def read_all(registers: Registers, part: str = HELD_OUT) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Read and annotated values of all reports of a part."""
    return [(to_json(read(report, registers)), report.annotation) for report in reports(part)]


def registers_of_most(part: str = HELD_OUT) -> Registers:
    """Registers that know four names in five: every fifth person, firm and area in order of the alphabet is missing."""
    persons: dict[str, set[str]] = {}
    firms: set[str] = set()
    areas: set[str] = set()
    for report in reports(part):
        for person in report.annotation["people"]:
            persons.setdefault(person["name"], set()).update(person["posts"])
        for event in report.annotation["events"]:
            firms.update(name for names in event["enterprises"] for name in names.split("|") if name)
            areas.update(name for name in (event["unit"] or "").split("|") if name)
    return Registers(
        persons=tuple(KnownPerson(name, tuple(sorted(persons[name]))) for name in _most(set(persons))),
        units=tuple(KnownUnit(name) for name in _most(areas)),
        enterprises=tuple(KnownEnterprise(name) for name in _most(firms)),
    )


def _most(names: set[str]) -> list[str]:
    return [name for place, name in enumerate(sorted(names)) if place % KNOWN != KNOWN - 1]
