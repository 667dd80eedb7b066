"""No unused template or static file, nothing loaded from outside, no path of one machine."""

import re

from tests.house.sources import PACKAGE, ROOT, tracked

TEMPLATES = PACKAGE / "web" / "templates"
STATIC = PACKAGE / "web" / "static"


def everything_that_refers() -> str:
    return "\n".join(
        p.read_text(encoding="utf-8")
        for p in tracked(".py", ".html", ".js", ".css", ".md")
        if p.is_relative_to(PACKAGE)
    )


def test_no_template_is_unused():
    text = everything_that_refers()
    unused = [
        str(p.relative_to(TEMPLATES))
        for p in TEMPLATES.rglob("*.html")
        if str(p.relative_to(TEMPLATES)) not in text
    ]
    assert unused == []


def test_no_static_file_is_unused():
    text = everything_that_refers()
    own = [p for p in STATIC.rglob("*") if p.is_file() and "vendor" not in p.parts]
    assert own
    assert [str(p) for p in own if p.name not in text] == []


OUTSIDE = re.compile(
    r"""(?:src|href|action|url|hx-get|hx-post)\s*[=(]\s*["']?(?:https?:)?//[a-z0-9]""", re.IGNORECASE
)


def test_no_page_loads_anything_from_outside():
    hits = [
        f"{p.relative_to(ROOT)}: {m.group(0)}"
        for p in tracked(".html", ".css", ".js")
        if p.is_relative_to(PACKAGE)
        for m in OUTSIDE.finditer(p.read_text(encoding="utf-8"))
    ]
    assert hits == []


MACHINE = re.compile(r'/(work|farm|root)/|"resolved": ?"http|--(extra-)?index-url')


def test_no_path_of_one_machine_and_no_registry_address():
    hits = [
        f"{p.relative_to(ROOT)}:{n}"
        for p in tracked(
            ".py", ".html", ".js", ".css", ".md", ".toml", ".txt", ".json", ".in", ".cfg", ".po", ""
        )
        for n, line in enumerate(p.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert hits == []


RENDERED = re.compile(r'"((?:[a-z_]+/)+_?[a-z_0-9]+\.html)"')


def test_every_template_a_page_names_is_there():
    named = {
        name
        for p in tracked(".py", ".html")
        if p.is_relative_to(PACKAGE)
        for name in RENDERED.findall(p.read_text(encoding="utf-8"))
    }
    own = {name for name in named if not name.startswith("django/")}
    assert sorted(name for name in own if not (TEMPLATES / name).exists()) == []
