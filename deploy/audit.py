"""`python -m deploy.audit BILL DATABASE...`: are there published weaknesses in what a bundle holds? Needs no network.

BILL is the bill of materials of a bundle (`.cdx.json`) or a lock file (`.txt`); DATABASE an export of osv.dev for PyPI or npm (`all.zip`), or
a folder of its JSON files. The exit code is 0 when nothing is known, 1 when something is, 2 when that cannot be said.
"""

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packageurl import PackageURL
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm"}
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
Advisory = dict[str, Any]


@dataclass(frozen=True, order=True)
class Part:
    """One component of a bundle."""

    ecosystem: str
    name: str
    version: str


def parts(bill: Path) -> set[Part]:
    """The components a bill of materials or a lock file names."""
    text = bill.read_text(encoding="utf-8")
    if bill.suffix == ".txt":
        return {Part("PyPI", canonicalize_name(name), version) for name, version in PINNED.findall(text)}
    urls = [PackageURL.from_string(one["purl"]) for one in json.loads(text)["components"]]
    return {
        Part(
            ECOSYSTEMS[url.type],
            _name(ECOSYSTEMS[url.type], "/".join(filter(None, (url.namespace, url.name)))),
            url.version or "",
        )
        for url in urls
    }


def advisories(databases: Iterable[Path]) -> Iterator[Advisory]:
    """Every advisory of these exports that was not withdrawn."""
    for place in databases:
        for text in _texts(place):
            told: Advisory = json.loads(text)
            if not told.get("withdrawn"):
                yield told


def _texts(place: Path) -> Iterator[bytes]:
    if place.is_dir():
        yield from (file.read_bytes() for file in sorted(place.rglob("*.json")))
        return
    with zipfile.ZipFile(place) as packed:
        yield from (packed.read(name) for name in sorted(packed.namelist()) if name.endswith(".json"))


def _name(ecosystem: str, name: str) -> str:
    return canonicalize_name(name) if ecosystem == "PyPI" else name


def hits(bill: set[Part], told: Advisory) -> list[Part]:
    """The components an advisory is about, in the version the bundle holds."""
    found = []
    for affected in told.get("affected", []):
        package = affected.get("package", {})
        ecosystem = package.get("ecosystem", "")
        name = _name(ecosystem, package.get("name", ""))
        found += [
            p for p in bill if (p.ecosystem, p.name) == (ecosystem, name) and _is_in(p.version, affected)
        ]
    return sorted(set(found))


def _is_in(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", []):
        return True
    spans = [r for r in affected.get("ranges", []) if r.get("type") in {"ECOSYSTEM", "SEMVER"}]
    try:
        return any(_is_within(Version(version), span["events"]) for span in spans)
    except InvalidVersion:
        return True  # what cannot be compared is looked at by a person


def _is_within(version: Version, events: list[dict[str, str]]) -> bool:
    """Whether the last event that lies before this version has opened the span."""
    inside = False
    for event in sorted(events, key=lambda e: Version(next(iter(e.values())))):
        if "introduced" in event:
            inside = inside or Version(event["introduced"]) <= version
        elif ("fixed" in event and Version(event["fixed"]) <= version) or (
            "last_affected" in event and Version(event["last_affected"]) < version
        ):
            inside = False
    return inside


def main(words: list[str] | None = None) -> int:
    """Print what is known of a bundle's components; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("bill", type=Path)
    parser.add_argument("database", type=Path, nargs="+")
    args = parser.parse_args(words)
    bill, newest, known = parts(args.bill), "", set()
    lines = []
    for told in advisories(args.database):
        newest = max(newest, told.get("modified", ""))
        known |= {one.get("package", {}).get("ecosystem") for one in told.get("affected", [])}
        names = ", ".join([told["id"], *told.get("aliases", [])])
        lines += [f"{p.name} {p.version}: {names}: {told.get('summary', '')}" for p in hits(bill, told)]
    print(*sorted(lines), sep="\n")
    missing = sorted({part.ecosystem for part in bill} - known)
    if missing:
        print(f"no advisories for {', '.join(missing)} in these files: nothing is said of those components")
    print(
        f"{len(bill)} components, {len(lines)} known weaknesses; newest advisory of {newest[:10] or 'no day'}"
    )
    return 1 if lines else 2 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
