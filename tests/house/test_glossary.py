"""GLOSSARY.toml is the living list of words: every identifier in it exists in the code."""

import ast
import tomllib

from tests.house.sources import ROOT, modules


def test_every_word_of_the_glossary_is_in_the_code():
    glossary = tomllib.loads((ROOT / "GLOSSARY.toml").read_text(encoding="utf-8"))["word"]
    code = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                code.add(node.name)
            elif isinstance(node, ast.Name):
                code.add(node.id)
            elif isinstance(node, ast.arg):
                code.add(node.arg)
            elif isinstance(node, ast.Attribute):
                code.add(node.attr)
    missing = {w["chinese"]: w["code"] for w in glossary if not set(w["code"].split(".")) <= code}
    assert missing == {}
    assert len({w["chinese"] for w in glossary}) == len(glossary)
