"""A folder of rules (政策库): every file read, references between them checked, circles refused."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from gongjian.engines.policy.facts.catalogue import Catalogue, closest
from gongjian.engines.policy.language.errors import BadRule, Fault, suggested
from gongjian.engines.policy.language.extents import Extent, extent, together
from gongjian.engines.policy.rules.policy import Policy, Reference
from gongjian.engines.policy.rules.reader import read_file

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


def asked_for(policy: Policy, policies: Iterable[Policy]) -> list[Policy]:
    """The policies whose verdict a policy asks for, directly or through others."""
    known = {each.code: each for each in policies}
    found: dict[str, Policy] = {}
    waiting = [policy]
    while waiting:
        for reference in waiting.pop().references:
            if reference.code not in found and reference.code in known:
                found[reference.code] = known[reference.code]
                waiting.append(known[reference.code])
    return list(found.values())


def check_library(policies: Iterable[Policy]) -> list[BadRule]:
    """The faults between policies: duplicate codes, references to unknown policies, cycles."""
    known: dict[str, Policy] = {}
    bad: list[BadRule] = []
    for policy in policies:
        if policy.code in known:
            bad.append(BadRule([Fault(1, 1, "code_taken", {"name": policy.code})], name=policy.file))
        else:
            known[policy.code] = policy
    bad += _groups_that_differ(known.values())
    for policy in known.values():
        faults = [
            fault for reference in policy.references if (fault := _reference_fault(policy, reference, known))
        ]
        if faults:
            bad.append(BadRule(faults, name=policy.file))
    return bad or _overgrown(known)


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


def _overgrown(known: Mapping[str, Policy]) -> list[BadRule]:
    """The faults of policies that are too large or too deep once those they ask for stand in them."""
    extents: dict[str, Extent] = {}
    for policy in _in_order(known):
        extents[policy.code] = total = together(
            extent(expression, {}, extents) for expression in policy.expressions
        )
        if total.fault:
            first = next(iter(policy.references), Reference("", 1, 1))
            facts = {"found": policy.code}
            return [BadRule([Fault(first.line, first.column, total.fault, facts)], name=policy.file)]
    return []


def _in_order(known: Mapping[str, Policy]) -> list[Policy]:
    """Policies in an order in which each comes after those it asks for; there are no circles."""
    done: dict[str, Policy] = {}
    waiting = list(known)
    waiting.reverse()
    while waiting:
        policy = known[waiting[-1]]
        before = [r.code for r in policy.references if r.code not in done]
        if before and policy.code not in done:
            waiting += before
        else:
            done[waiting.pop()] = policy
    return list(done.values())


def _reference_fault(policy: Policy, reference: Reference, known: Mapping[str, Policy]) -> Fault | None:
    """The fault of a reference that names no policy or leads back to its own; None if it is right."""
    if reference.code not in known:
        suggestion = suggested(closest(reference.code, known))
        facts = {"name": reference.code, "suggestion": suggestion}
        return Fault(reference.line, reference.column, "unknown_policy", facts)
    path = _path_back(reference.code, policy.code, known)
    if path is None:
        return None
    return Fault(reference.line, reference.column, "cycle", {"path": " → ".join([policy.code, *path])})


def _path_back(start: str, goal: str, known: Mapping[str, Policy]) -> list[str] | None:
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
        for reference in known[code].references if code in known else ():
            if reference.code not in trail:
                trail[reference.code] = code
                queue.append(reference.code)
    return None
