"""国办函〔2026〕12号 in the house: no place, no compulsory photo, no ranking of persons by what they click."""

import ast
import re

from tests.house.sources import PACKAGE, modules, room_of, tracked

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


def page_sources():
    found = [p for p in tracked(".html", ".js", ".py") if p.is_relative_to(PACKAGE)]
    assert len(found) > 300
    return [(p, p.read_text(encoding="utf-8")) for p in found if p.name != "test_rules_of_2026.py"]


def test_no_page_asks_where_somebody_is():
    assert [str(p) for p, text in page_sources() if PLACE.search(text) and p.suffix in {".html", ".js"}] == []


def test_no_page_opens_a_camera():
    assert [str(p) for p, text in page_sources() if CAMERA.search(text)] == []


def file_fields(tree):
    """(field, whether it may be left out, what it accepts in words) of every file field of a form."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in {"FileField", "ImageField", "MultipleFileField"}:
                yield name, {k.arg: k.value for k in node.keywords}, node.lineno


def test_no_photo_is_compulsory():
    """A workbook that is to be read must be given; a picture never."""
    compulsory = []
    for path, tree in modules().items():
        if room_of(path) != "web":
            continue
        for name, given, line in file_fields(tree):
            may_be_left = isinstance(given.get("required"), ast.Constant) and given["required"].value is False
            words = ast.unparse(given["label"]) if "label" in given else ""
            if not may_be_left and (name == "ImageField" or re.search("照片|图片|拍照|附件", words)):
                compulsory.append(f"{path.relative_to(PACKAGE)}:{line}")
    assert compulsory == []


def rankings(tree):
    """Lines of queries that count by a field that names who acted."""
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "annotate"
        ):
            continue
        grouped, counts = node.func.value, any("Count(" in ast.unparse(k.value) for k in node.keywords)
        if not (counts and isinstance(grouped, ast.Call) and isinstance(grouped.func, ast.Attribute)):
            continue
        named = {str(a.value).split("__")[0] for a in grouped.args if isinstance(a, ast.Constant)}
        if grouped.func.attr in {"values", "values_list"} and named & ACTED:
            yield node.lineno


def test_no_query_groups_what_was_done_by_who_did_it():
    """`values("recorded_by").annotate(Count(...))` would be a ranking of persons by activity."""
    ranking = [f"{p.relative_to(PACKAGE)}:{line}" for p, tree in modules().items() for line in rankings(tree)]
    assert ranking == []


def test_the_search_for_rankings_can_fail():
    text = 'Problem.objects.values("recorded_by").annotate(n=Count("pk"))'
    assert list(rankings(ast.parse(text))) == [1]
    assert CAMERA.search('<input type="file" capture="environment">')
    assert PLACE.search("navigator.geolocation.getCurrentPosition(done)")
