"""A moment has no day of its own: below the door it is put into the city's time before a day, a year or an hour is read.

The database and the door give moments in UTC, where it is still yesterday until eight in the morning. Pure files are
given moments in the city's time and may read them as they are.
"""

import ast
import re

from django.conf import settings

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

ABOVE = {"conf", "invented_city"}
PARTS = {"date", "time", "year", "month", "day", "hour", "weekday", "isoweekday", "strftime"}
IN_CITY_TIME = {"snapshot"}  # replayed in the city's time
HOURS = {"digest_at"}  # an hour of every day, no moment
NAMES = {"at", "now", "moment"}
LOCAL = {"localtime"}  # what puts a moment into the city's time
TRUNCATING = re.compile(r"^(Trunc|Extract)[A-Z]\w*$")
SWITCHES = {"activate", "deactivate", "override"}  # of the time zone lookups like `__date` are read in


def is_moment(node: ast.expr) -> bool:
    """Whether this is called a moment: `at`, `now`, something that ends with them, or the clock itself."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "now" and not node.args
    if isinstance(node, ast.Attribute):
        inside = isinstance(node.value, ast.Name) and node.value.id in IN_CITY_TIME
        return not inside and (node.attr == "at" or node.attr.endswith("_at"))
    return (
        isinstance(node, ast.Name) and node.id not in HOURS and (node.id in NAMES or node.id.endswith("_at"))
    )


def in_city_time(tree: ast.AST) -> set[str]:
    """Names that are given a moment in the city's time."""
    return {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if getattr(node.value.func, "attr", getattr(node.value.func, "id", "")) in LOCAL
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def read_as_they_are(tree: ast.AST) -> list[int]:
    """Lines on which a part of a moment is read or formatted without asking where."""
    local = in_city_time(tree)
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.FormattedValue)
        and not (isinstance(node.value, ast.Name) and node.value.id in local)
        and is_moment(node.value)
        and (node.attr in PARTS if isinstance(node, ast.Attribute) else node.format_spec)
    )


def asked_of_the_database(tree: ast.AST) -> list[int]:
    """Lines on which the database is asked for a part of a moment in no time zone that is said.

    Lookups (`__date`, `__year`) are read in the settings' zone, which must therefore never be switched.
    """
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(call.lineno for call in calls if _truncates_a_moment(call) or _switches_the_zone(call))


def _truncates_a_moment(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    field = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
    a_day = isinstance(field, str) and (field == "on" or field.endswith("_on"))
    said = any(keyword.arg == "tzinfo" for keyword in call.keywords)
    return bool(TRUNCATING.match(name)) and not a_day and not said


def _switches_the_zone(call: ast.Call) -> bool:
    of = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(of, ast.Name) and of.id == "timezone" and call.func.attr in SWITCHES  # type: ignore[attr-defined]  # seen above


def knows_django(tree: ast.AST) -> bool:
    """Whether it imports the framework, and so is not pure."""
    return any(
        isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django")
        for node in ast.walk(tree)
    )


def amiss(tree: Tree) -> list[str]:
    """Places below the door that read a part of a moment without asking where."""
    return [
        f"{tree.name(path)}:{line}"
        for path, module in tree.modules.items()
        if tree.room(path) not in ABOVE and knows_django(module)
        for line in sorted({*read_as_they_are(module), *asked_of_the_database(module)})
    ]


def test_days_are_read_in_the_city_s_time():
    assert amiss(REPOSITORY) == []
    assert (settings.TIME_ZONE, settings.USE_TZ) == ("Asia/Shanghai", True)  # what lookups are read in


@planted(test_days_are_read_in_the_city_s_time)
def test_a_day_of_greenwich_is_reported(plant: Plant):
    text = """from django.utils import timezone
if period > at.date(): pass
number = f"WT{self.recorded_at:%Y}"
year = made.sent_at.year
day = timezone.now().date()
until = now.date() + timedelta(days=3)
months = rows.annotate(month=TruncMonth("made_at"), year=ExtractYear("made_at"))
with timezone.override("UTC"): rows.filter(made_at__date=today)
file = f"ledger-{now:%Y%m%d}.xlsx"
right = timezone.localdate(at), f"{timezone.localtime(self.at):%Y}", snapshot.dispatched_at.date(), f"{number:06d}"
right = TruncMonth("on"), TruncDay("made_at", tzinfo=CITY), rows.filter(made_at__date=today)
now_here = timezone.localtime(at)
right = now_here.date()
"""
    pure = text.partition("\n")[2]
    tree = plant(
        {"gongjian/people/services.py": text, "gongjian/engines/a.py": pure, "gongjian/conf/a.py": text}
    )
    assert amiss(tree) == [f"gongjian/people/services.py:{line}" for line in (2, 3, 4, 5, 6, 7, 8, 9)]
