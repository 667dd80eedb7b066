"""Style sheets, scripts and colours: what old browsers know, contrast, each colour once."""

import re
from pathlib import Path

import pytest

from gongjian.assignments.states import Light
from gongjian.web import navigation
from gongjian.web.assignments.light_board import SHOWN
from gongjian.web.colours import colours, of_light
from tests.web.template_text import rendered

STATIC = Path(navigation.__file__).parent / "static" / "gongjian"
TEMPLATES = Path(navigation.__file__).parent / "templates"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css"))}


@pytest.mark.parametrize(
    "banned", [":has(", "color-mix", "oklch", "@layer", "@container", "light-dark(", "&", "@import", "http"]
)
def test_the_theme_keeps_to_what_old_browsers_know(banned):
    assert {name for name, css in SHEETS.items() if banned in css} == set()


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_the_theme_is_not_nested(name):
    css = re.sub(r"/\*.*?\*/", "", SHEETS[name], flags=re.DOTALL)
    depth, inside_media = 0, []
    for match in re.finditer(r"([^{}]*)([{}])", css):
        if match.group(2) == "{":
            inside_media.append(match.group(1).strip().startswith("@media"))
            depth += 1
            assert depth <= 1 + sum(inside_media), match.group(1)
        else:
            depth -= 1
            inside_media.pop()
    assert depth == 0


def test_the_script_evaluates_nothing_and_calls_nobody():
    script = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    for banned in (
        "eval(",
        "new Function",
        "http://",
        "https://",
        "?.",
        "??",
        "navigator.clipboard",
        "structuredClone",
    ):
        assert banned not in script


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_page_loads_every_sheet_and_script_once_and_in_order():
    links = re.findall(
        r"gongjian/([\w-]+\.css)", rendered('{% include "components/_styles.html" %}', version="1")
    )
    assert links[0] == "colours.css"
    assert sorted(links) == sorted(SHEETS)
    scripts = re.findall(
        r"gongjian/(\w+\.js)", rendered('{% include "components/_scripts.html" %}', version="1")
    )
    assert scripts[0] == "app.js"
    pages = [
        path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html") if path.name != "_scripts.html"
    ]
    of_a_page = [name for page in pages for name in re.findall(r"'gongjian/(\w+\.js)'", page)]
    assert len(scripts) == len(set(scripts))
    assert sorted({*scripts, *of_a_page}) == sorted(path.name for path in STATIC.glob("*.js"))


def test_a_colour_is_written_in_one_sheet_only():
    written = {
        name: re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(", css) for name, css in SHEETS.items()
    }
    assert {name for name, values in written.items() if values} == {"colours.css"}


def test_every_name_of_a_colour_is_given_and_used():
    given = set(re.findall(r"^  --([\w-]+):", SHEETS["colours.css"], re.MULTILINE))
    used = set(re.findall(r"var\(--([\w-]+)\)", "\n".join(SHEETS.values())))
    assert used - given == set()
    drawn = {f"light-{light.lower().replace('_', '-')}" for light in SHOWN}
    assert {name for name in given - used - drawn if not name.startswith("bs-")} == set()


def test_the_chart_draws_a_light_in_the_colour_of_its_mark():
    assert of_light(Light.GREEN) == colours()["light-green"] == colours()["green"]
    assert of_light(Light.DARK_RED) == colours()["light-dark-red-wash"]
    assert "color: var(--light-green);" in SHEETS["lights.css"]


def test_every_rule_with_text_on_a_ground_is_readable():
    pairs = re.findall(
        r"([^{}]+)\{[^{}]*background: var\(--([\w-]+)\);[^{}]*?\scolor: var\(--([\w-]+)\)",
        "\n".join(SHEETS.values()),
    )
    assert len(pairs) > 12
    measured = {rule.strip(): contrast(colours()[ground], colours()[ink]) for rule, ground, ink in pairs}
    poor = {rule: value for rule, value in measured.items() if value < 4.5}
    assert {rule: value for rule, value in poor.items() if ":disabled" not in rule} == {}
