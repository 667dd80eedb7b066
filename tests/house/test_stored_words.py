"""Words that are kept in events and records are kept as source words: no service keeps a label in the language of the page."""

import ast

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

KEEPERS = {"record", "record_event"}  # the verbs that write an event


def words_of_the_page(tree: Tree) -> list[str]:
    """Calls that write an event with a label or a display of a choice as it stands in the language of the page."""
    found = []
    for path, module in tree.modules.items():
        for call in ast.walk(module):
            if not (
                isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEEPERS
            ):
                continue
            found += [
                f"{path.name}:{keyword.value.lineno} {keyword.arg}"
                for keyword in call.keywords
                if any(_is_label(node) for node in _outside_source_word(keyword.value))
            ]
    return found


def _outside_source_word(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "source_word":
        return []
    return [node, *(inner for child in ast.iter_child_nodes(node) for inner in _outside_source_word(child))]


def _is_label(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and (
        node.attr == "label" or (node.attr.startswith("get_") and node.attr.endswith("_display"))
    )


def test_events_keep_source_words():
    assert words_of_the_page(REPOSITORY) == []


@planted(test_events_keep_source_words)
def test_a_label_of_the_page_is_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/problems/services.py": "def close(row, by, at):\n"
            "    record(Event.CLOSED, subject=row, by=by, at=at, word=str(row.outcome.label))\n"
            "    record(Event.CLOSED, subject=row, by=by, at=at, word=row.get_kind_display())\n"
            "    record(Event.CLOSED, subject=row, by=by, at=at, word=source_word(row.outcome.label))\n"
        }
    )
    assert len(words_of_the_page(tree)) == 2
