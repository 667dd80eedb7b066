"""The README's two commands are the ones CI runs and they are the first lines a newcomer meets."""

import re
import subprocess

import pytest

from tests.house.sources import ROOT


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_come_first(name):
    lines = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.strip()]
    commands = [line.split("#")[0].strip() for line in lines[:6] if line.strip().startswith("make")]
    assert commands == ["make demo", "make test"]


def test_ci_calls_exactly_make_test():
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [line.strip() for line in text.splitlines() if line.strip().startswith(("make", "exec make"))] == [
        "exec make test"
    ]


def test_make_knows_both_commands():
    for target in ("demo", "test"):
        assert (
            subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False).returncode == 0
        )


def shape(text):
    """What both READMEs share: headings, commands, entries of lists, and where pictures and links lead."""
    lines = [line for line in text.splitlines() if line.strip()]
    heads = [found[0] for line in lines if (found := re.match(r"#+ |- \*\*", line))]
    commands = [line.partition(" #")[0].strip() for line in lines if line.startswith("    ")]
    return (
        heads,
        commands,
        [
            link.replace(".zh-CN", "")
            for link in re.findall(r"\]\(([^)#]*)", text)
            if "README" not in link.split("/")[0]
        ],
    )


def test_both_readmes_say_the_same_things_in_the_same_order():
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    )
    assert shape(english) == shape(chinese)
    assert shape(english.replace("## What it is not", "")) != shape(chinese)
    assert shape(english) != shape(chinese.replace("- **留痕**", "留痕"))
    assert shape(english) != shape(chinese.replace("gongjian doctor  ", "gongjian verify  "))
    assert shape(english) != shape(chinese.replace("ledger.png", "market.png"))
