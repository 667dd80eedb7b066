"""No unused template or static file, nothing loaded from outside, no path of one machine."""

import re

from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

OUTSIDE = re.compile(
    r"""(?:src|href|action|url|hx-get|hx-post)\s*[=(]\s*["']?(?:https?:)?//[a-z0-9]""", re.IGNORECASE
)
MACHINE = re.compile(r'/(work|farm|root)/|"resolved": ?"http|--(extra-)?index-url')
RENDERED = re.compile(r'"((?:[a-z_0-9]+/)+_?[a-z_0-9]+\.html)"')
READ = (".py", ".html", ".js", ".css", ".md", ".toml", ".txt", ".json", ".in", ".cfg", ".po", "")


def texts(tree: Tree, *suffixes: str) -> dict[str, str]:
    """The files of the package with these suffixes."""
    return {
        tree.name(p): p.read_text(encoding="utf-8")
        for p in tree.tracked(*suffixes)
        if p.is_relative_to(tree.package)
    }


def unused_templates(tree: Tree) -> list[str]:
    """Templates no other file names."""
    folder, found = tree.package / "web" / "templates", texts(tree, ".py", ".html", ".js", ".css", ".md")
    everything = "\n".join(found.values())
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.html"))
    return [name for name in names if name not in everything]


def unused_static(tree: Tree) -> list[str]:
    """Static files of our own no other file names."""
    folder, found = tree.package / "web" / "static", texts(tree, ".py", ".html", ".js", ".css", ".md")
    own = [p for p in folder.rglob("*") if p.is_file() and "vendor" not in p.parts]
    assert own
    named = {p: "\n".join(text for name, text in found.items() if name != tree.name(p)) for p in own}
    return sorted(tree.name(p) for p in own if p.name not in named[p])


def from_outside(tree: Tree) -> list[str]:
    """Places where a page would load something from another host."""
    found = texts(tree, ".html", ".css", ".js")
    return [f"{name}: {m.group(0)}" for name, text in found.items() for m in OUTSIDE.finditer(text)]


def of_one_machine(tree: Tree) -> list[str]:
    """Lines with a path of one machine or the address of a registry."""
    return [
        f"{tree.name(p)}:{n}"
        for p in tree.tracked(*READ)
        for n, line in enumerate(p.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if MACHINE.search(line)
    ]


def missing_templates(tree: Tree) -> list[str]:
    """Templates a page names that are nowhere."""
    named = {name for text in texts(tree, ".py", ".html").values() for name in RENDERED.findall(text)}
    own = {name for name in named if not name.startswith("django/")}
    return sorted(name for name in own if not (tree.package / "web" / "templates" / name).exists())


def test_no_template_is_unused():
    assert unused_templates(REPOSITORY) == []


def test_no_static_file_is_unused():
    assert unused_static(REPOSITORY) == []


def test_no_page_loads_anything_from_outside():
    assert from_outside(REPOSITORY) == []


def test_no_path_of_one_machine_and_no_registry_address():
    assert of_one_machine(REPOSITORY) == []


def test_every_template_a_page_names_is_there():
    assert missing_templates(REPOSITORY) == []


@planted(test_no_template_is_unused, test_every_template_a_page_names_is_there)
def test_a_lonely_and_a_missing_template_are_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/web/people/views.py": 'render(request, "people/unit.html")\nrender(request, "people/gone.html")\n',
            "gongjian/web/templates/people/unit.html": "",
            "gongjian/web/templates/people/lonely.html": "",
        }
    )
    assert unused_templates(tree) == ["people/lonely.html"]
    assert missing_templates(tree) == ["people/gone.html"]


@planted(test_no_static_file_is_unused)
def test_a_lonely_static_file_is_reported(plant: Plant):
    tree = plant(
        {
            "gongjian/web/templates/base.html": '<script src="{% static "used.js" %}"></script>',
            "gongjian/web/static/used.js": "",
            "gongjian/web/static/lonely.js": "// lonely.js: names itself, which is no use",
        }
    )
    assert unused_static(tree) == ["gongjian/web/static/lonely.js"]


@planted(test_no_page_loads_anything_from_outside)
def test_an_address_of_another_host_is_reported(plant: Plant):
    page = '<img src="/here.png"><script src="https://cdn.example/x.js"></script><a hx-get="//example/y">'
    tree = plant(
        {"gongjian/web/templates/a.html": page, "gongjian/web/static/a.css": "a{background:url(http://b/c)}"}
    )
    assert len(from_outside(tree)) == 3


@planted(test_no_path_of_one_machine_and_no_registry_address)
def test_a_path_of_one_machine_is_reported(plant: Plant):
    path, address = "/ro" + "ot/data", '"reso' + 'lved": "https://registry"'
    tree = plant(
        {"docs/a.md": f"good\n{path}\n", "frontend/package-lock.json": address, "b.py": "'/srv/data'"}
    )
    assert of_one_machine(tree) == ["docs/a.md:2", "frontend/package-lock.json:1"]
