"""`gongjian policies check PATH`: every fault of the rules with its place, what is worth a look, and every case run."""

import argparse
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongjian.audit.refused import Refused
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop
from gongjian.cli.policy_faults import message_and_advice, placed, sentence_of_difference, sentence_of_remark

if TYPE_CHECKING:
    from gongjian.engines.policy.facts.catalogue import Catalogue
    from gongjian.engines.policy.language.errors import BadRule
    from gongjian.engines.policy.rules.policy import Policy

HELP = gettext_noop("检查规则：写法有没有错，用例过不过")
FACTS = Path(__file__).resolve().parent.parent / "enterprises" / "facts" / "facts.toml"


@dataclass
class Report:
    """What was found; `as_json` is what `--json` prints."""

    files: int = 0
    policies: int = 0
    cases: int = 0
    passed: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; remarks are not wrong."""
        return not self.faults and not self.failures


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("path", type=Path, metavar=_("规则"), help=_("一个规则文件，或一个文件夹"))
    parser.add_argument("--json", action="store_true", help=_("结果写成 JSON"))
    parser.add_argument(
        "--facts", type=Path, default=FACTS, metavar=_("文件"), help=_("另一份数据目录（TOML）")
    )


def run(args: argparse.Namespace) -> int:
    """Check the rules and print what was found: 0 when nothing is wrong, else 1."""
    from gongjian.cli.match import catalogue_of

    report = check(args.path, catalogue_of(args.facts))
    if args.json:
        print(json.dumps(asdict(report) | {"ok": report.ok}, ensure_ascii=False, indent=1))
    else:
        _print(report)
    return 0 if report.ok else 1


def check(path: Path, catalogue: "Catalogue") -> Report:
    """The report on a file, or on a folder and those below."""
    from gongjian.engines.policy.rules.library import BadLibrary, read_library, rule_files

    folder = path if path.is_dir() else path.parent
    files = rule_files(folder) if path.is_dir() else [path]
    if not path.exists() or not files:
        raise Refused(_("%(path)s 里没有规则文件（.yaml 或 .yml）。请核对路径。") % {"path": path})
    report = Report(files=len(files))
    bad: tuple[BadRule, ...] = ()
    try:
        policies = read_library(folder, catalogue=catalogue)
    except BadLibrary as library:
        policies, bad = list(library.policies), library.bad
    names = {file.name for file in files}
    for rule in bad:
        if rule.name in names:
            report.faults += [_fault(rule.name, fault) for fault in rule.faults]
    for policy in policies:
        if policy.file in names:
            _look_at(policy, policies, report)
    return report


def _fault(name: str, fault: Any) -> dict[str, Any]:
    message, advice = message_and_advice(fault)
    return {
        "file": name,
        "line": fault.line,
        "column": fault.column,
        "code": fault.code,
        "message": message,
        "advice": advice,
    }


def _look_at(policy: "Policy", policies: "list[Policy]", report: Report) -> None:
    """Remarks on a policy and its cases run; a policy that asks for one with faults cannot be run."""
    from gongjian.engines.policy.cases.runner import run_cases
    from gongjian.engines.policy.language.errors import BadRule
    from gongjian.engines.policy.rules.library import asked_for
    from gongjian.engines.policy.rules.remarks import remarks_on

    report.policies += 1
    report.cases += len(policy.cases)
    for remark in remarks_on(policy, policies):
        report.remarks.append(
            {"file": policy.file, "code": remark.code, "message": sentence_of_remark(remark)}
        )
    try:
        results = run_cases(policy, others=asked_for(policy, policies))
    except BadRule as bad:
        report.faults += [_fault(policy.file, fault) for fault in bad.faults]
        return
    report.passed += sum(result.passed for result in results)
    for result in results:
        if not result.passed:
            differences = [sentence_of_difference(each) for each in result.differences]
            report.failures.append(
                {
                    "file": policy.file,
                    "line": result.case.line,
                    "policy": policy.code,
                    "case": result.name,
                    "differences": differences,
                }
            )


def _print(report: Report) -> None:
    for fault in report.faults:
        print(placed(fault["file"], fault["line"], fault["column"], fault["message"], fault["advice"]))
    for failure in report.failures:
        told = _("第 %(line)s 行的用例“%(case)s”不通过：%(why)s") % {
            "line": failure["line"],
            "case": failure["case"],
            "why": "；".join(failure["differences"]),
        }
        print(failure["file"], told)
    for remark in report.remarks:
        print(remark["file"], _("请留意：%(what)s") % {"what": remark["message"]})
    print(
        _(
            "%(files)s 个文件，%(policies)s 项政策，%(passed)s/%(cases)s 个用例通过，%(faults)s 处错误，%(remarks)s 处请留意"
        )
        % {
            "files": report.files,
            "policies": report.policies,
            "passed": report.passed,
            "cases": report.cases,
            "faults": len(report.faults),
            "remarks": len(report.remarks),
        }
    )
