"""`python -m tests.house.asvs`: the page of security requirements (OWASP ASVS), and what is wrong with the table behind it."""

import ast
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.house.sources import ROOT

TABLE = Path("docs") / "security" / "asvs.toml"
PAGE = Path("docs") / "security" / "asvs.md"
VERDICTS = ("holds", "partly", "does not", "not applicable")
INTRODUCTION = """# Requirements of OWASP ASVS 5.0, levels 1 and 2

Printed by `make messages` from `docs/security/asvs.toml`. Numbers are those of the standard; the words are ours and short, so
read the standard beside them. Judged is an installation as [the operations manual](../operations/web-server.md) describes
it: bundle, systemd, nginx with https. “Holds” names the code or the test that shows it; “partly” and “does not” say what is missing.

"""


@dataclass(frozen=True)
class Requirement:
    """One requirement: number, level, what it asks, verdict, where it is shown, what there is to say."""

    number: str
    level: int
    asks: str
    verdict: str
    evidence: tuple[str, ...]
    why: str = ""


def read(root: Path = ROOT) -> list[Requirement]:
    """The table, in its order."""
    lines = tomllib.loads((root / TABLE).read_text(encoding="utf-8"))
    return [
        Requirement(
            number, one["level"], one["asks"], one["verdict"], tuple(one["evidence"]), one.get("why", "")
        )
        for number, one in lines.items()
    ]


def tests_of(path: Path) -> set[str]:
    """Names of the test functions of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")}


def faults(requirements: list[Requirement], root: Path = ROOT) -> list[str]:
    """One sentence for each fault: a verdict that is none, evidence that is nowhere, a claim without a reason."""
    found = []
    for one in requirements:
        if one.verdict not in VERDICTS or one.level not in {1, 2} or not one.asks:
            found.append(f"{one.number}: verdict {one.verdict!r}, level {one.level}")
        if one.verdict in {"holds", "partly"} and not one.evidence:
            found.append(f"{one.number}: {one.verdict}, and nothing shows it")
        if one.verdict in {"does not", "not applicable"} and not one.why:
            found.append(f"{one.number}: {one.verdict}, and no reason")
        found += [f"{one.number}: {e} is nowhere" for e in one.evidence if not _is_there(e, root)]
    order = [tuple(map(int, one.number.split("."))) for one in requirements]
    return found + ([] if order == sorted(set(order)) else ["the numbers are not in their order"])


def _is_there(evidence: str, root: Path) -> bool:
    path, _sign, test = evidence.partition("::")
    place = root / path
    return place.exists() and (not test or (place.suffix == ".py" and test in tests_of(place)))


def counts(requirements: list[Requirement]) -> str:
    """The table of verdicts by level, with the share that holds of what applies."""
    lines = [f"| Level | {' | '.join(VERDICTS)} | holds, of what applies |", "| --- " * 6 + "|"]
    for level in (1, 2):
        by = Counter(one.verdict for one in requirements if one.level == level)
        applies = sum(by.values()) - by["not applicable"]
        share = f"{100 * by['holds'] // max(1, applies)} % of {applies}"
        lines.append(f"| {level} | {' | '.join(str(by[v]) for v in VERDICTS)} | {share} |")
    return "\n".join(lines) + "\n"


def page(requirements: list[Requirement]) -> str:
    """The text of the page, as it should stand."""
    parts, chapter = [INTRODUCTION, counts(requirements)], ""
    for one in requirements:
        if one.number.partition(".")[0] != chapter:
            chapter = one.number.partition(".")[0]
            parts.append(
                f"\n## V{chapter}\n\n| | Level | Asks | Verdict | Shown by, and what there is to say |\n"
                "| --- | --- | --- | --- | --- |\n"
            )
        said = " · ".join([*(f"`{e}`" for e in one.evidence), *([one.why] if one.why else [])])
        parts.append(f"| {one.number} | {one.level} | {one.asks} | {one.verdict} | {said} |\n")
    return "".join(parts)


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page(read()), encoding="utf-8")
