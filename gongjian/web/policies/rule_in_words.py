"""A rule as pages show it: clauses and benefit as rows of plain words."""

from dataclasses import dataclass

from gongjian.policies.rule_files.editor_fields import fields_from_yaml


@dataclass(frozen=True)
class Rule:
    """The clauses, the parts of the benefit and how they are joined, all as text."""

    clauses: list[dict[str, str]]
    parts: list[dict[str, str]]
    benefit: dict[str, str]
    lines: list[str]


def rule_of(text: str) -> Rule:
    """The rule of a version; rows are empty where its YAML cannot be read."""
    rows = fields_from_yaml(text)
    clauses = [row for row in rows["clauses"] if any(row.values())]
    parts = [row for row in rows["parts"] if any(row.values())]
    return Rule(clauses, parts, rows["benefit"], text.splitlines())
