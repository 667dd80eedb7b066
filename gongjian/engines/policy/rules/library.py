"""A folder of rules (政策库): every file read, references between them checked, circles refused."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from gongjian.engines.policy.facts.catalogue import Catalogue, closest
from gongjian.engines.policy.language.errors import BadRule, Fault, suggested
from gongjian.engines.policy.language.extents import Extent, extent, together
from gongjian.engines.policy.rules.policy import Policy, Reference
from gongjian.engines.policy.rules.reader import read_file

Versions = dict[str, list[Policy]]  # code -> its versions, each in force on days of its own
RULE_SUFFIXES = (".yaml", ".yml")


class BadLibrary(ValueError):
    """A folder with files that are refused. `bad`: one BadRule per file, at least one; `policies`: the files without faults."""

    def __init__(self, bad: Sequence[BadRule], policies: Sequence[Policy] = ()) -> None:
        self.bad = tuple(bad)
        self.policies = tuple(policies)
        super().__init__("\n".join(str(rule) for rule in bad))


def rule_files(folder: Path) -> list[Path]:
    """The files of rules in a folder and below, in the order of their paths."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in RULE_SUFFIXES and p.is_file())


def read_library(folder: Path, *, catalogue: Catalogue) -> list[Policy]:
    """The policies of every *.yaml and *.yml file in the folder and below, by path. Raises BadLibrary with all faults."""
    bad: list[BadRule] = []
    policies: list[Policy] = []
    for path in rule_files(folder):
        try:
            policies.append(read_file(path, catalogue=catalogue))
        except BadRule as rule:
            bad.append(rule)
    bad += check_library(policies)
    if bad:
        refused = {rule.name for rule in bad}
        raise BadLibrary(bad, [p for p in policies if p.file not in refused])
    return policies


def on_day(policies: Iterable[Policy], day: date) -> dict[str, Policy]:
    """Code -> policy: of several versions the one in force on the day, else the last one."""
    found: dict[str, Policy] = {}
    for policy in policies:
        if policy.code not in found or not found[policy.code].in_force(day):
            found[policy.code] = policy
    return found


def asked_for(policy: Policy, policies: Iterable[Policy]) -> list[Policy]:
    """The policies whose verdict a policy asks for, directly or through others, in all their versions."""
    known = _versions(policies)
    found: dict[str, list[Policy]] = {}
    waiting = [policy]
    while waiting:
        for reference in waiting.pop().references:
            if reference.code not in found and reference.code in known:
                found[reference.code] = known[reference.code]
                waiting += known[reference.code]
    return [version for versions in found.values() for version in versions]


def check_library(policies: Iterable[Policy]) -> list[BadRule]:
    """The faults between policies: codes of two at once, groups that differ, references to unknown policies, cycles."""
    known = _versions(policies)
    bad = [fault for versions in known.values() for fault in _at_once(versions)]
    bad += _groups_that_differ(policy for versions in known.values() for policy in versions)
    for policy in (policy for versions in known.values() for policy in versions):
        faults = [
            fault for reference in policy.references if (fault := _reference_fault(policy, reference, known))
        ]
        if faults:
            bad.append(BadRule(faults, name=policy.file))
    return bad or _overgrown(known)


def _versions(policies: Iterable[Policy]) -> Versions:
    known: Versions = {}
    for policy in policies:
        known.setdefault(policy.code, []).append(policy)
    return known


def _at_once(versions: Sequence[Policy]) -> list[BadRule]:
    """The faults of versions of one code that are in force on the same day."""
    return [
        BadRule([Fault(1, 1, "code_taken", {"name": policy.code})], name=policy.file)
        for n, policy in enumerate(versions)
        if any(policy.in_force_with(earlier) for earlier in versions[:n])
    ]


def _groups_that_differ(policies: Iterable[Policy]) -> list[BadRule]:
    """The faults of policies of one group, in force on the same days, that do not say the same of it."""
    seen: dict[str, list[Policy]] = {}
    bad = []
    for policy in policies:
        if policy.group is None:
            continue
        earlier = seen.setdefault(policy.group.name, [])
        other = next((p for p in earlier if p.group != policy.group and p.in_force_with(policy)), None)
        if other is not None:
            facts = {"name": policy.group.name, "other": other.code}
            bad.append(BadRule([Fault(1, 1, "group_differs", facts)], name=policy.file))
        earlier.append(policy)
    return bad


def _overgrown(known: Versions) -> list[BadRule]:
    """The faults of policies that are too large or too deep once those they ask for stand in them."""
    extents: dict[str, Extent] = {}
    for code in _in_order(known):
        for policy in known[code]:
            total = together(extent(expression, {}, extents) for expression in policy.expressions)
            if total.fault:
                first = next(iter(policy.references), Reference("", 1, 1))
                facts = {"found": policy.code}
                return [BadRule([Fault(first.line, first.column, total.fault, facts)], name=policy.file)]
            largest = extents.get(code, total)
            extents[code] = Extent(max(total.parts, largest.parts), max(total.depth, largest.depth))
    return []


def _in_order(known: Versions) -> list[str]:
    """Codes in an order in which each comes after those it asks for; there are no circles."""
    done: dict[str, None] = {}
    waiting = list(known)
    waiting.reverse()
    while waiting:
        before = [code for code in _asked_by(waiting[-1], known) if code not in done]
        if before and waiting[-1] not in done:
            waiting += before
        else:
            done[waiting.pop()] = None
    return list(done)


def _asked_by(code: str, known: Versions) -> list[str]:
    """The codes that any version of a policy asks for."""
    return [reference.code for policy in known.get(code, ()) for reference in policy.references]


def _reference_fault(policy: Policy, reference: Reference, known: Versions) -> Fault | None:
    """The fault of a reference that names no policy or leads back to its own; None if it is right."""
    if reference.code not in known:
        suggestion = suggested(closest(reference.code, known))
        facts = {"name": reference.code, "suggestion": suggestion}
        return Fault(reference.line, reference.column, "unknown_policy", facts)
    path = _path_back(reference.code, policy.code, known)
    if path is None:
        return None
    return Fault(reference.line, reference.column, "cycle", {"path": " → ".join([policy.code, *path])})


def _path_back(start: str, goal: str, known: Versions) -> list[str] | None:
    """The codes along the references from one policy to another; None if there is no such path."""
    trail: dict[str, str | None] = {start: None}
    queue = [start]
    while queue:
        code = queue.pop(0)
        if code == goal:
            path = [code]
            while (before := trail[path[0]]) is not None:
                path.insert(0, before)
            return path
        for asked in _asked_by(code, known):
            if asked not in trail:
                trail[asked] = code
                queue.append(asked)
    return None
