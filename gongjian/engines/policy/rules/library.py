"""A folder of rules (政策库): every file read, references between them checked, circles refused."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from gongjian.engines.policy.facts.catalogue import Catalogue, closest
from gongjian.engines.policy.language.errors import BadRule, Fault, suggested
from gongjian.engines.policy.rules.policy import Policy, Reference
from gongjian.engines.policy.rules.reader import read_file


class BadLibrary(ValueError):
    """A folder with files that are refused. `bad`: one BadRule per file, at least one; `policies`: the files without faults."""

    def __init__(self, bad: Sequence[BadRule], policies: Sequence[Policy] = ()) -> None:
        self.bad = tuple(bad)
        self.policies = tuple(policies)
        super().__init__("\n".join(str(rule) for rule in bad))


def read_library(folder: Path, *, catalogue: Catalogue) -> list[Policy]:
    """The policies of every *.yaml and *.yml file in the folder and below, by path. Raises BadLibrary with all faults."""
    bad: list[BadRule] = []
    policies: list[Policy] = []
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml")):
        try:
            policies.append(read_file(path, catalogue=catalogue))
        except BadRule as rule:
            bad.append(rule)
    bad += check_library(policies)
    if bad:
        refused = {rule.name for rule in bad}
        raise BadLibrary(bad, [p for p in policies if p.file not in refused])
    return policies


def check_library(policies: Iterable[Policy]) -> list[BadRule]:
    """The faults between policies: duplicate codes, references to unknown policies, cycles."""
    known: dict[str, Policy] = {}
    bad: list[BadRule] = []
    for policy in policies:
        if policy.code in known:
            bad.append(BadRule([Fault(1, 1, "code_taken", {"name": policy.code})], name=policy.file))
        else:
            known[policy.code] = policy
    for policy in known.values():
        faults = [
            fault for reference in policy.references if (fault := _reference_fault(policy, reference, known))
        ]
        if faults:
            bad.append(BadRule(faults, name=policy.file))
    return bad


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
