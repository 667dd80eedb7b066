"""A day is shown without its year only by the functions that know which year it is read in."""

import re

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

# A month that stands without a year before it: as a format, or as the parts of a day.
BARE = re.compile(
    r'date:"(?:m-d|n月j日|m月d日|n-j|m/d|M j|j M)"'
    r"|(?<!%Y-)(?<!%Y年)(?<!%Y/)%-?m(?:-|月|/)%-?d"
    r"|(?<!年)(?:\{[\w.]*month\}|%\(month\)[sd])月"
)
# Functions that compare the year first, and texts of an invented city that always read in their own year.
KNOWING = {
    "gongjian/audit/wording.py": 1,  # day_in_text
    "gongjian/engines/writing/days.py": 3,  # short_day, short_span
    "gongjian/invented_city/firm_figures.py": 1,
    "gongjian/invented_city/office_desk.py": 1,
    "gongjian/web/administration/regimes/views.py": 1,  # a day of every year: each year on 31 March
    "gongjian/web/templatetags/gongjian.py": 1,  # day
}


def bare_days(tree: Tree) -> dict[str, int]:
    """Files of the package with formats of a day that leave out the year, and how many."""
    files = [path for ending in ("py", "html") for path in tree.package.rglob(f"*.{ending}")]
    found = {tree.name(p): len(BARE.findall(p.read_text(encoding="utf-8"))) for p in sorted(files)}
    return {name: n for name, n in found.items() if n and "/migrations/" not in name}


def test_no_day_loses_its_year():
    assert bare_days(REPOSITORY) == KNOWING


@planted(test_no_day_loses_its_year)
def test_a_format_without_the_year_is_reported(plant: Plant):
    found = bare_days(
        plant(
            {
                "gongjian/web/templates/a.html": '{{ due|date:"m-d" }} {{ due|date:"Y-m-d" }} {{ due|short_day }}',
                "gongjian/web/templates/b.html": '{{ due|date:"n月j日" }}',
                "gongjian/web/c.py": "a = f'{day:%m-%d}'\nb = f'{day:%Y-%m-%d}'\n",
                "gongjian/web/d.py": "a = f'{day.month}月{day.day}日'\nb = f'{day.year}年{day.month}月'\n",
                "gongjian/web/e.py": "a = '%(year)s年%(month)s月'\nb = '%(month)s月%(day)s日'\n",
            }
        )
    )
    assert found == {
        f"gongjian/web/{name}": 1 for name in ("templates/a.html", "templates/b.html", "c.py", "d.py", "e.py")
    }
