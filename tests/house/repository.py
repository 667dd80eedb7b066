"""What is wrong with the files a forge and a catalogue read: changelog, publiccode.yml, workflow, issue forms."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

VERSION_HEAD = re.compile(r"^## (.*)$", re.MULTILINE)
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+) - (unreleased|\d{4}-\d{2}-\d{2})")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
# The part of publiccode.yml 0.4 that this project needs: https://yml.publiccode.tools
MANDATORY = {
    "": [
        "publiccodeYmlVersion",
        "name",
        "url",
        "releaseDate",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    ],
    "legal": ["license"],
    "maintenance": ["type", "contacts"],
    "localisation": ["localisationReady", "availableLanguages"],
}
OPTIONAL = {
    "softwareVersion",
    "logo",
    "intendedAudience",
    "dependsOn",
    "roadmap",
    "landingURL",
    "usedBy",
    "isBasedOn",
}
# Of the vocabulary of the standard, the words that fit this product.
CATEGORIES = {"business-process-management", "crm", "task-management", "workflow-management"}
SCOPES = {"finance-and-economic-development", "government", "local-authorities"}
CHOICES = {
    "publiccodeYmlVersion": {"0.4", "0.4.0"},
    "developmentStatus": {"concept", "development", "beta", "stable", "obsolete"},
    "softwareType": {"standalone/web"},
}
SHORT, LONG = 150, range(150, 10_001)
CHINESE, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2}")


def releases(changelog: str) -> list[tuple[tuple[int, int, int], str]]:
    """Version and date (or "unreleased") of each section, newest first; ValueError for a head in another form."""
    found = []
    for head in VERSION_HEAD.findall(changelog):
        match = VERSION.fullmatch(head)
        if match is None:
            raise ValueError(f"{head!r} is not VERSION - DATE")
        found.append(((int(match[1]), int(match[2]), int(match[3])), match[4]))
    return found


def changelog_faults(changelog: str, *, version: str) -> list[str]:
    """One sentence a fault; `version` is that of the package."""
    try:
        listed = releases(changelog)
    except ValueError as error:
        return [str(error)]
    numbers, days = [number for number, _day in listed], [day for _number, day in listed]
    dated = days[1:] if days[:1] == ["unreleased"] else days
    checks = {
        "versions do not fall from top to bottom": numbers != sorted(set(numbers), reverse=True),
        "only the newest may be unreleased": "unreleased" in dated,
        "dates do not fall from top to bottom": dated != sorted(dated, reverse=True),
        f"{version} is neither the newest released nor the open version": tuple(map(int, version.split(".")))
        not in numbers[: len(days) - len(dated) + 1],
    }
    kinds = set(re.findall(r"^### (.*)$", changelog, re.MULTILINE))
    checks[f"unknown kinds of change: {sorted(kinds - KINDS)}"] = bool(kinds - KINDS)
    checks["a heading without an entry"] = bool(
        re.search(r"^### .*\n+(?=#|\Z)|^## .*\n+(?=## |\Z)", changelog, re.MULTILINE)
    )
    return [fault for fault, wrong in checks.items() if wrong]


def publiccode_faults(told: Mapping[str, Any], *, root: Path) -> list[str]:
    """One sentence a fault of a parsed publiccode.yml; files it names are looked for under `root`."""
    found = [
        f"{section or 'top'} lacks {key}"
        for section, keys in MANDATORY.items()
        for key in keys
        if not _has((told.get(section) or {}) if section else told, key)
    ]
    if found:
        return found
    found += [f"unknown key {key}" for key in set(told) - set(MANDATORY[""]) - OPTIONAL]
    found += [
        f"{key}: {told[key]!r} is not allowed" for key, allowed in CHOICES.items() if told[key] not in allowed
    ]
    found += [f"no category {one}" for one in set(told["categories"]) - CATEGORIES]
    found += [f"no scope {one}" for one in set(told.get("intendedAudience", {}).get("scope", [])) - SCOPES]
    if not re.fullmatch(r"https://[^ ]+", told["url"]):
        found.append("url is no address")
    if not isinstance(told["releaseDate"], str) or not _is_day(told["releaseDate"]):
        found.append("releaseDate is no day in quotes")
    pictures = [told["logo"]] if "logo" in told else []
    for language, words in told["description"].items():
        found += [f"{language}: {fault}" for fault in _description_faults(words)]
        pictures += words.get("screenshots", [])
    return found + [f"no file {name}" for name in pictures if not (root / name).is_file()]


def _has(section: Mapping[str, Any], key: str) -> bool:
    return section.get(key) not in (None, "", [], {})


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _description_faults(words: Mapping[str, Any]) -> list[str]:
    found = [
        f"lacks {key}" for key in ("shortDescription", "longDescription", "features") if not _has(words, key)
    ]
    if found:
        return found
    if len(words["shortDescription"]) > SHORT:
        found.append(f"shortDescription has more than {SHORT} characters")
    if len(words["longDescription"]) not in LONG:
        found.append("longDescription is too short or too long")
    return found


def workflow_faults(told: Mapping[str, Any], *, text: str, pythons: list[str]) -> list[str]:
    """One sentence a fault of the workflow: it calls exactly `make test`, on these Pythons, and needs no secret."""
    (job,) = told["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    checks = {
        "calls of make other than `make test`": [c for c in commands if "make" in c.split()] != ["make test"],
        f"not on {', '.join(pythons)}": job["strategy"]["matrix"]["python"] != pythons,
        "needs a secret": "secrets." in text,
        "may write": told.get("permissions") != {"contents": "read"},
    }
    return [fault for fault, wrong in checks.items() if wrong]


def form_faults(form: Mapping[str, Any]) -> list[str]:
    """One sentence a fault of an issue form: everything its reader sees stands in Chinese and in English."""
    seen = [form["name"], form["description"]]
    for part in form["body"]:
        given = part["attributes"]
        seen += [given[key] for key in ("label", "description") if key in given]
        seen += [given["value"]] if part["type"] == "markdown" else []
    names = [part["id"] for part in form["body"] if "id" in part]
    found = [
        f"not in both languages: {text!r}"
        for text in seen
        if not (CHINESE.search(text) and LATIN.search(text))
    ]
    found += [f"empty {key}" for key in form if form[key] in ("", [])]
    return found + ([] if len(set(names)) == len(names) else ["two parts have one id"])
