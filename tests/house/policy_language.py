"""The reference of the policy language, printed from `language/reference.toml`: docs/policy-language.md and a page of the manual in both languages."""

import tomllib
from pathlib import Path
from typing import Any

from tests.house.sources import PACKAGE, ROOT

FILE = PACKAGE / "engines" / "policy" / "language" / "reference.toml"
DOCUMENT = ROOT / "docs" / "policy-language.md"
NAME = "policy-language.md"
HEADS = {
    "zh": (
        "政策规则里的条件和金额怎么写",
        (
            "条件和金额只有下面这些写法，每一种都附一个例子，例子由测试跑过。一个条件的结论有三种：符合（MEETS）、不符合（FAILS）、"
            "缺数据（UNKNOWN）。例子所在的政策写着 `period: 2026Q1`，判定那天是 2026-03-31。"
            "同样的规则在一户企业、整张表、DuckDB、PostgreSQL、ClickHouse 和 Spark 里结论相同。"
        ),
        ("写法", "意思", "例子", "企业的数据", "结果"),
        "没有",
    ),
    "en": (
        "How conditions and amounts of policies are written",
        (
            "Conditions and amounts have these forms and no others; each has an example that a test runs. A condition has one of "
            "three verdicts: MEETS, FAILS, UNKNOWN. The policy of the examples says `period: 2026Q1`; the day of the question is "
            "2026-03-31. A rule gives the same answer for one firm, for a whole table, and in DuckDB, PostgreSQL, ClickHouse and Spark."
        ),
        ("Form", "What it says", "Example", "Facts of the firm", "Answer"),
        "none",
    ),
}


def forms() -> list[dict[str, Any]]:
    """Every form of the language with its example."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return list(data["form"])


def page(language: str) -> str:
    """The reference in one language, as it should stand."""
    title, told, heads, nothing = HEADS[language]
    lines = [heads, ("---",) * len(heads)]
    for form in forms():
        written = "、" if language == "zh" else ", "
        given = written.join(f"{key} = {_shown(value)}" for key, value in form["facts"].items())
        answer = f"{form['answer']}元" if form.get("pays") and language == "zh" else form["answer"]
        lines.append((f"`{form['form']}`", form[language], f"`{form['example']}`", given or nothing, answer))
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"# {title}\n\n{told}\n\n{table}\n"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return "[" + ", ".join(value) + "]" if isinstance(value, list) else str(value)


def pages() -> dict[Path, str]:
    """Each file that is printed, as it should stand."""
    manual = PACKAGE / "web" / "manual" / "text"
    note = "Printed by `make messages` from `gongjian/engines/policy/language/reference.toml`."
    return {
        DOCUMENT: f"{page('en').rstrip()}\n\n{note}\n",
        **{manual / language / NAME: page(language) for language in HEADS},
    }


def write() -> None:
    """Bring the pages up to date."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
