"""Whether a rule reads and its cases pass (检查规则)."""

from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

from gongjian.policies.heads import LONGEST, parsed


@dataclass(frozen=True)
class Wrong:
    """One fault: where, what, and what to do."""

    line: int
    column: int
    message: str
    advice: str


@dataclass(frozen=True)
class CaseResult:
    """One case of a rule: what was expected and did not come."""

    name: str
    passed: bool
    differences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What the check found."""

    faults: tuple[Wrong, ...]
    cases: tuple[CaseResult, ...] = ()


def check_text(text: str) -> Checked:
    """Faults of a rule file, or its cases run."""
    if len(text) > LONGEST:
        return Checked((Wrong(1, 1, _("规则太长。"), _("请拆成几项政策。")),))
    try:
        yaml.safe_load(text)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Checked((Wrong(line, column, _("这里不是有效的 YAML。"), _("请检查缩进、冒号和引号。")),))
    except (yaml.YAMLError, ValueError, RecursionError):
        return Checked((Wrong(1, 1, _("这里不是有效的 YAML。"), _("请检查缩进、冒号和引号。")),))
    if not parsed(text):
        return Checked((Wrong(1, 1, _("还没有内容。"), _("请从政策代号和名称写起。")),))
    return Checked(())
