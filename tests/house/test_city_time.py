"""A moment has no day of its own: below the door it is put into the city's time before a day, a year or an hour is read.

The database and the door give moments in UTC, where it is still yesterday until eight in the morning. Pure files are
given moments in the city's time and may read them as they are.
"""

import ast

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

ABOVE = {"conf", "cli", "invented_city"}
PARTS = {"date", "time", "year", "month", "day", "hour", "weekday", "isoweekday", "strftime"}
IN_CITY_TIME = {"snapshot"}  # replayed in the city's time
HOURS = {"digest_at"}  # an hour of every day, no moment


def is_moment(node: ast.expr) -> bool:
    """Whether this is called a moment: `at`, or something that ends with it."""
    if isinstance(node, ast.Attribute):
        inside = isinstance(node.value, ast.Name) and node.value.id in IN_CITY_TIME
        return not inside and (node.attr == "at" or node.attr.endswith("_at"))
    return (
        isinstance(node, ast.Name) and node.id not in HOURS and (node.id == "at" or node.id.endswith("_at"))
    )


def read_as_they_are(tree: ast.AST) -> list[int]:
    """Lines on which a part of a moment is read or formatted without asking where."""
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in PARTS and is_moment(node.value))
        or (isinstance(node, ast.FormattedValue) and node.format_spec and is_moment(node.value))
    )


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
        for line in read_as_they_are(module)
    ]


def test_days_are_read_in_the_city_s_time():
    assert amiss(REPOSITORY) == []


@planted(test_days_are_read_in_the_city_s_time)
def test_a_day_of_greenwich_is_reported(plant: Plant):
    text = """from django.utils import timezone
if period > at.date(): pass
number = f"WT{self.recorded_at:%Y}"
year = made.sent_at.year
right = timezone.localdate(at), f"{timezone.localtime(self.at):%Y}", snapshot.dispatched_at.date(), f"{number:06d}"
"""
    pure = text.partition("\n")[2]
    tree = plant(
        {"gongjian/people/services.py": text, "gongjian/engines/a.py": pure, "gongjian/cli/a.py": text}
    )
    assert amiss(tree) == [f"gongjian/people/services.py:{line}" for line in (2, 3, 4)]
