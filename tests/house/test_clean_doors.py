"""Text from outside comes in by doors that take out the signs nobody sees; nothing is read past them."""

import ast

from gongjian.conf.settings import MIDDLEWARE
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

SIGNS = "gongjian.engines.writing.signs"
READERS = {
    "Document",
    "from_filelike",
    "from_path",
    "load_workbook",
    "loads",
    "decode",
    "parse_args",
    "read_csv",
    "reader",
    "input",
}
ESCAPED = {"tomllib.loads", "yaml.safe_load", "yaml.load", "yaml.compose"}
RAW = {"body", "stdin", "_post", "_files"}
BASES = {"forms.Form", "forms.ModelForm", "forms.BaseForm", "django_filters.FilterSet"}
# Read from outside and not cleaned, each with its reason.
OURS = {
    "gongjian/cli/checks/folder.py": "a record of the program's own backup",
    "gongjian/cli/upgrading.py": "a mark of the program's own upgrade",
    "gongjian/engines/divisions/register.py": "the register that comes with the program",
    "gongjian/engines/trial/reading.py": "read to see whether it can be read; nothing of it is kept",
    "gongjian/engines/policy/tables/table_file.py": "a table of facts that is computed with and never stored",
    "gongjian/engines/policy/tables/csv_text.py": "a table of facts that is computed with and never stored",
    "gongjian/engines/policy/tables/error_cells.py": "a table of facts that is computed with and never stored",
    "gongjian/engines/policy/tables/workbook_rows.py": "a table of facts that is computed with and never stored",
    "gongjian/engines/file_text/encodings.py": "cleaned by reading.py, through which every file of a report is read",
    "gongjian/engines/file_text/rich_text.py": "the same",
    "gongjian/engines/file_text/web_page.py": "the same",
    "gongjian/engines/file_text/word.py": "the same",
    "gongjian/invented_city/accounts.py": "the invented city's own file",
    "gongjian/web/editing/presence.py": "a mark the program has signed itself",
    "gongjian/people/second_factor/rules.py": "a secret the program has drawn itself",
    "gongjian/web/sign_in/waiting.py": "a mark the program has signed itself",
    "gongjian/web/late_forms.py": "the program's own answer, looked through for what was typed",
    "gongjian/people/map_file.py": "codes and numbers are looked for, nothing of its texts is shown or kept",
    "gongjian/problems/suggested_units/model_file.py": "the program's own trained model",
}


def _reads(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called in ESCAPED:  # an escape in a text that was clean comes out as the sign it stands for
            return not any("read_text" in ast.unparse(argument) for argument in node.args)
        return getattr(node.func, "attr", getattr(node.func, "id", "")) in READERS and (
            getattr(node.func, "id", "") != "Document" or bool(node.args)
        )
    return (
        isinstance(node, ast.Attribute)
        and node.attr in RAW
        and getattr(node.value, "id", "") in {"request", "sys"}
    )


def _cleans(module: ast.Module) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == SIGNS for node in ast.walk(module))


def reads_past_the_doors(tree: Tree) -> dict[str, list[int]]:
    """Files that read text from outside and clean none of it, with the lines."""
    found = {}
    for path, module in tree.modules.items():
        lines = [getattr(node, "lineno", 0) for node in ast.walk(module) if _reads(node)]
        if lines and not _cleans(module):
            found[tree.name(path)] = lines
    return found


def forms_not_dressed(tree: Tree) -> list[str]:
    """Classes of forms and filters whose fields are not dressed, by themselves or by what makes them, and so not cleaned."""
    return [
        f"{tree.name(path)}:{node.name}"
        for path, module in tree.modules.items()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        and BASES & {ast.unparse(base) for base in node.bases}
        and not {node.name, *_makers(node)} & _dressing(module)
    ]


def _dressing(module: ast.Module) -> set[str]:
    """The classes of a module that dress a form."""
    return {
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(n, ast.Call) and getattr(n.func, "id", "") == "dress" for n in ast.walk(node))
    }


def _makers(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(word.value) for word in node.keywords if word.arg == "metaclass"]


def test_text_from_outside_is_read_at_the_doors():
    found = reads_past_the_doors(REPOSITORY)
    assert {name: lines for name, lines in found.items() if name not in OURS} == {}
    assert set(OURS) <= set(found), "an exception that is no longer needed"


def test_every_form_is_dressed():
    assert forms_not_dressed(REPOSITORY) == []


def behind_the_gate(layers: list[str]) -> bool:
    """Whether the door of pages stands right behind the gate, which looks at the size and at nothing else before."""
    door, gate = (f"gongjian.web.middleware.{name}" for name in ("CleanInput", "Gate"))
    return door in layers and layers.index(door) == layers.index(gate) + 1


def test_the_door_of_pages_stands_right_behind_the_gate():
    assert behind_the_gate(MIDDLEWARE)


@planted(test_text_from_outside_is_read_at_the_doors)
def test_a_reader_past_the_door_is_reported(plant: Plant):
    reads = {
        "view": "def view(request):\n    return request.body\n",
        "book": "from docx import Document\ndef read(file):\n    return Document(file)\n",
        "sheet": "import python_calamine\ndef read(file):\n    return python_calamine.CalamineWorkbook.from_filelike(file)\n",
        "text": "def read(content):\n    return content.decode('gb18030')\n",
        "clean": f"from {SIGNS} import clean_text\ndef read(content):\n    return clean_text(content.decode())\n",
        "regime": "import tomllib\ndef read(text):\n    return tomllib.loads(text)\n",
        "rule": "import yaml\ndef read(text):\n    return yaml.safe_load(text)\n",
        "own": "import tomllib\ndef read(file):\n    return tomllib.loads(file.read_text())\n",
        "fresh": "from docx import Document\ndef begin():\n    return Document()\n",
    }
    found = reads_past_the_doors(plant({f"gongjian/web/{name}.py": text for name, text in reads.items()}))
    assert found == {
        "gongjian/web/view.py": [2],
        "gongjian/web/book.py": [3],
        "gongjian/web/sheet.py": [3],
        "gongjian/web/text.py": [2],
        "gongjian/web/regime.py": [3],
        "gongjian/web/rule.py": [3],
    }


@planted(test_every_form_is_dressed)
def test_a_form_of_its_own_is_reported(plant: Plant):
    text = "class Bare(forms.Form):\n    name = forms.CharField()\n\nclass Own(forms.Form):\n    def __init__(self):\n        dress(self)\n"
    assert forms_not_dressed(plant({"gongjian/web/forms.py": text})) == ["gongjian/web/forms.py:Bare"]


@planted(test_the_door_of_pages_stands_right_behind_the_gate)
def test_a_door_elsewhere_or_left_out_is_reported():
    assert not behind_the_gate(MIDDLEWARE[::-1])
    assert not behind_the_gate([name for name in MIDDLEWARE if "CleanInput" not in name])
