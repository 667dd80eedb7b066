"""国办函〔2026〕12号 in the house: no place, no compulsory photo, no ranking of persons by what they click."""

import ast
import re

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

PLACE = re.compile(
    r"geolocation|getCurrentPosition|watchPosition|DeviceMotion|navigator\.bluetooth|签到|打卡"
)
CAMERA = re.compile(r"getUserMedia|mediaDevices|<input[^>]*\bcapture\b|[\"']capture[\"']\s*:")
ACTED = {
    "recorded_by",
    "uploaded_by",
    "entered_by",
    "handed_over_by",
    "made_by",
    "answered_by",
    "proposed_by",
    "adopted_by",
    "by",
    "by_id",
    "by_name",
    "sent_by",
    "signed_by",
    "account",
    "made_by_id",
    "last_login",
    "username",
}


FILES = {"FileField", "ImageField", "MultipleFileField"}


def pages(tree: Tree) -> dict[str, str]:
    """What makes the pages."""
    found = [p for p in tree.tracked(".html", ".js", ".py") if p.is_relative_to(tree.package)]
    return {tree.name(p): p.read_text(encoding="utf-8") for p in found}


def asking_for_a_place(tree: Tree) -> list[str]:
    """Pages that ask where somebody is."""
    return [name for name, text in pages(tree).items() if PLACE.search(text) and not name.endswith(".py")]


def opening_a_camera(tree: Tree) -> list[str]:
    """Pages and forms that open a camera."""
    return [name for name, text in pages(tree).items() if CAMERA.search(text)]


def compulsory_pictures(tree: Tree) -> list[str]:
    """Fields of forms that want a picture. A workbook that is to be read must be given; a picture never."""
    return [
        f"{tree.name(path)}:{node.lineno}"
        for path, module in tree.modules.items()
        if tree.room(path) == "web"
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and _compulsory(node)
    ]


def _compulsory(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = {k.arg: k.value for k in node.keywords}
    required = given.get("required")
    if name not in FILES or (isinstance(required, ast.Constant) and required.value is False):
        return False
    words = ast.unparse(given["label"]) if "label" in given else ""
    return name == "ImageField" or bool(re.search("照片|图片|拍照|附件", words))


def rankings(tree: Tree) -> list[str]:
    """Queries that count by who acted: `values("recorded_by").annotate(Count(...))` ranks persons by activity."""
    return [
        f"{tree.name(path)}:{node.lineno}"
        for path, module in tree.modules.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "annotate"
        and _by_actor(node, node.func.value)
    ]


def _by_actor(node: ast.Call, grouped: ast.expr) -> bool:
    if not any("Count(" in ast.unparse(k.value) for k in node.keywords):
        return False
    if not (isinstance(grouped, ast.Call) and isinstance(grouped.func, ast.Attribute)):
        return False
    named = {str(a.value).split("__")[0] for a in grouped.args if isinstance(a, ast.Constant)}
    return grouped.func.attr in {"values", "values_list"} and bool(named & ACTED)


def test_no_page_asks_where_somebody_is():
    assert len(pages(REPOSITORY)) > 300
    assert asking_for_a_place(REPOSITORY) == []


def test_no_page_opens_a_camera():
    assert opening_a_camera(REPOSITORY) == []


def test_no_photo_is_compulsory():
    assert compulsory_pictures(REPOSITORY) == []


def test_no_query_groups_what_was_done_by_who_did_it():
    assert rankings(REPOSITORY) == []


@planted(test_no_page_asks_where_somebody_is, test_no_page_opens_a_camera)
def test_a_page_that_asks_for_a_place_or_a_picture_is_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/web/static/a.js": "navigator.geolocation.getCurrentPosition(done)",
            "gongjian/web/templates/b.html": '<input type="file" capture="environment">',
            "gongjian/web/forms.py": 'FileInput(attrs={"capture": "user"})\n',
            "gongjian/web/templates/c.html": '<input type="file">',
        }
    )
    assert asking_for_a_place(tree) == ["gongjian/web/static/a.js"]
    assert opening_a_camera(tree) == ["gongjian/web/forms.py", "gongjian/web/templates/b.html"]


@planted(test_no_photo_is_compulsory)
def test_a_compulsory_photo_is_reported(plant: Plant):
    text = (
        'a = forms.FileField(label=_("现场照片"))\n'
        'b = forms.FileField(label=_("现场照片"), required=False)\n'
        'c = forms.FileField(label=_("企业名单"))\n'
        "d = ImageField(required=True)\n"
    )
    assert compulsory_pictures(plant({"gongjian/web/visits/forms.py": text})) == [
        "gongjian/web/visits/forms.py:1",
        "gongjian/web/visits/forms.py:4",
    ]


@planted(test_no_query_groups_what_was_done_by_who_did_it)
def test_a_ranking_by_activity_is_reported(plant: Plant):
    text = (
        'Problem.objects.values("recorded_by").annotate(n=Count("pk"))\n'
        'Problem.objects.values_list("recorded_by__name").annotate(n=Count("pk"))\n'
        'Problem.objects.values("area").annotate(n=Count("pk"))\n'
        'Problem.objects.values("recorded_by").annotate(n=Max("at"))\n'
    )
    assert rankings(plant({"gongjian/problems/lists/queries.py": text})) == [
        "gongjian/problems/lists/queries.py:1",
        "gongjian/problems/lists/queries.py:2",
    ]
