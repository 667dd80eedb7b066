"""The frame: navigation by role, forms, picks, marks, manual, own style sheet."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from gongjian.assignments.states import Light
from gongjian.audit import Refused
from gongjian.people.models import Unit
from gongjian.people.queries import find_units
from gongjian.people.states import Role
from gongjian.web import navigation
from gongjian.web.assignments.light_board import SHOWN
from gongjian.web.colours import colours, of_light
from gongjian.web.forms import DateField, Form, Pick, PickMany, attempt
from gongjian.web.manual.markdown_pages import TEXT, contents, page
from gongjian.web.rights import SIGNED_IN, matrix
from tests.factories import AccountFactory, AreaFactory, UnitFactory

STATIC = Path(navigation.__file__).parent / "static" / "gongjian"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css"))}


# --- the look ---


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
    assert sorted(scripts) == sorted(path.name for path in STATIC.glob("*.js"))


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


# --- marks ---


def rendered(source, **values):
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("light", "left", "expected"),
    [
        ("GREEN", 3, ("绿灯", "●", "剩3个工作日")),
        ("YELLOW", 0, ("黄灯", "▲", "今日到期")),
        ("RED", -2, ("红灯", "◆", "超期2个工作日")),
        ("DARK_RED", -12, ("深红灯", "■", "超期12个工作日")),
        ("GREY", None, ("灰灯", "‖")),
        ("DONE", None, ("已了结", "✓")),
    ],
)
def test_a_light_has_colour_shape_and_words(light, left, expected):
    html = rendered("{% light light left=left why=why %}", light=light, left=left, why="因为…")
    assert all(part in html for part in expected)
    assert f"light-{light.lower().replace('_', '-')}" in html
    assert 'title="因为…"' in html


def test_a_light_without_a_clock_says_no_days():
    assert "工作日" not in rendered("{% light 'GREY' %}")


def test_days_and_moments_read_as_people_write_them():
    this_year = datetime.now(UTC).year
    assert rendered("{{ d|day }}", d=date(2001, 2, 3)) == "2001年2月3日（周六）"
    assert rendered("{{ d|day }}", d=date(this_year, 2, 3)).startswith("2月3日（周")
    assert rendered("{{ d|moment }}", d=datetime(2026, 11, 24, 1, 30, tzinfo=UTC)) == "2026-11-24 09:30"
    assert rendered("{{ d|day }}{{ d|moment }}", d=None) == ""


def test_unknown_is_neither_nothing_nor_zero():
    assert rendered("{{ a|known }} {{ b|known }}", a=None, b=0) == "未知 0"


def test_an_undo_address_stays_inside_the_site():
    assert rendered("{{ t|undo_address }}", t="undo:/problems/undo/3") == "/problems/undo/3"
    assert rendered("{{ t|undo_address }}", t="undo:https://elsewhere.example") == ""


# --- navigation ---


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_the_navigation_shows_only_what_the_role_may_take(role):
    account = AccountFactory(role=role)
    shown = {link.entry.route for link in navigation.links(account, "/")}
    assert all(role in matrix()[route] for route in shown)


@pytest.mark.django_db
def test_the_frame_shows_city_account_and_a_way_out(client):
    AreaFactory(name="安川市", level="CITY")
    account = AccountFactory(name="周敏")
    client.force_login(account, backend="gongjian.web.session.Backend")
    html = client.get(reverse("components")).content.decode()
    assert "安川市" in html
    assert "周敏" in html
    assert reverse("sign-out") in html
    assert "投诉建议" in html
    assert html.count("<h1>") == 1
    assert "<h1>组件</h1>" in html


@pytest.mark.django_db
def test_the_language_switches_and_stays_on_the_page(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": reverse("manual")})
    assert answer.url == reverse("manual")
    assert 'lang="en"' in client.get(reverse("manual")).content.decode()


@pytest.mark.django_db
def test_the_demo_says_that_it_is_one(client, settings):
    settings.DEMO = True
    assert "均为虚构" in client.get(reverse("sign-in")).content.decode()


# --- forms ---


class Wish(Form):
    text = forms.CharField(label="内容")
    due = DateField(label="期限", required=False)
    kind = forms.ChoiceField(label="类型", choices=[("", "—"), ("A", "甲")], required=False)


def test_a_required_field_is_asked_for_by_name():
    form = Wish({})
    assert form.errors == {"text": ["请填写“内容”。"]}


def test_a_wrong_date_says_how_to_write_it():
    assert Wish({"text": "x", "due": "2月30日"}).errors["due"] == ["请填写有效的日期，如 2026-11-24。"]


def test_a_field_is_drawn_with_label_error_and_kept_value():
    form = Wish({"text": "", "due": "bad"})
    html = rendered('{% include "components/_form.html" %}', form=form)
    assert 'for="id_text"' in html
    assert 'href="#id_text"' in html
    assert 'id="id_text_error"' in html
    assert 'aria-describedby="id_text_error"' in html
    assert 'value="bad"' in html
    assert "必填" in html


def test_attempt_runs_the_service_once_the_form_is_valid():
    assert attempt(Wish({"text": "a"}), lambda: 7) == 7
    assert attempt(Wish({}), lambda: pytest.fail("ran")) is None


@pytest.mark.parametrize(("field", "place"), [("text", "text"), ("nowhere", "__all__"), (None, "__all__")])
def test_a_refusal_becomes_an_error_at_its_field(field, place):
    def refuse():
        raise Refused("请换一个。", field=field)

    form = Wish({"text": "a"})
    assert attempt(form, refuse) is None
    assert form.errors == {place: ["请换一个。"]}


class Choosing(Form):
    lead = Pick(label="牵头单位", source="component-units")
    support = PickMany(label="协办单位", source="component-units", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("lead", "support"):
            field = self.fields[name]
            assert isinstance(field, Pick)
            field.queryset, field.find = Unit.objects.all(), find_units


def chosen(query):
    return Choosing(QueryDict(query))


@pytest.mark.django_db
class TestPick:
    @pytest.fixture(autouse=True)
    def units(self):
        area = AreaFactory()
        self.finance = UnitFactory(name="市金融工作局", area=area)
        self.finance_2 = UnitFactory(name="市金融工作局二科", area=area)
        self.labour = UnitFactory(name="市人社局", area=area)

    def test_by_key(self):
        form = chosen(f"lead={self.labour.pk}&lead_text=市人社局")
        assert form.is_valid()
        assert form.cleaned_data["lead"] == self.labour

    def test_by_typed_text_without_script(self):
        assert chosen("lead_text=人社").is_valid()

    def test_a_whole_name_wins_over_longer_ones(self):
        form = chosen("lead_text=市金融工作局")
        assert form.is_valid()
        assert form.cleaned_data["lead"] == self.finance

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("lead_text=金融", "对应多条记录"),
            ("lead_text=没有", "没有找到“没有”"),
            ("", "请选择“牵头单位”。"),
            ("lead=999999", "请选择“牵头单位”。"),
        ],
    )
    def test_a_text_that_means_no_single_record_says_how_to_go_on(self, query, sentence):
        form = chosen(query)
        assert sentence in form.errors["lead"][0]

    def test_what_was_typed_is_kept_on_the_page(self):
        html = str(chosen("lead_text=金融")["lead"])
        assert 'value="金融"' in html
        assert 'name="lead_text"' in html

    def test_several_by_key_and_by_name(self):
        form = chosen(
            f"lead_text=人社&support={self.finance.pk}&support={self.finance.pk}&support_text=市人社局、市金融工作局二科"
        )
        assert form.is_valid()
        assert form.cleaned_data["support"] == [self.finance, self.labour, self.finance_2]

    def test_a_starting_value_is_drawn_with_its_name(self):
        form = Choosing(initial={"lead": self.labour, "support": [self.finance]})
        assert 'value="市人社局"' in str(form["lead"])
        assert "市金融工作局" in str(form["support"])

    def test_the_list_offers_what_was_looked_for(self, client):
        client.force_login(AccountFactory(), backend="gongjian.web.session.Backend")
        html = client.get(reverse("component-units"), {"q": "人社"}).content.decode()
        assert f'data-key="{self.labour.pk}"' in html
        assert "金融" not in html


# --- manual ---


def test_both_languages_have_the_same_pages():
    assert {f.name for f in (TEXT / "zh").glob("*.md")} == {f.name for f in (TEXT / "en").glob("*.md")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_of_the_manual_leads_somewhere(language):
    links = [
        (file.name, name)
        for file in (TEXT / language).glob("*.md")
        for name in re.findall(r"\]\(/manual/([a-z0-9-]+)/\)", file.read_text(encoding="utf-8"))
    ]
    assert len(links) >= len(contents("zh"))
    assert [link for link in links if page(language, link[1]) is None] == []


def test_the_contents_follow_the_index():
    assert [item.name for item in contents("zh")][:2] == ["sign-in", "visits"]


@pytest.mark.django_db
def test_the_manual_is_open_to_everybody_and_in_the_reader_s_language(client):
    assert "看懂灯和时限" in client.get("/manual/lights/").content.decode()
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        assert "Lights and time limits" in client.get("/manual/lights/").content.decode()
    assert client.get("/manual/no-such/").status_code == 404


# --- filters ---


@pytest.mark.parametrize("given", ["form", "filter"])
def test_filters_are_drawn_from_a_form_or_a_filter_and_dressed_once(rf, given):
    class Plain(forms.Form):
        q = forms.CharField(label="搜索", required=False)

    plain = Plain({"q": "水泥"})
    value = plain if given == "form" else type("Filter", (), {"form": plain})()
    html = rendered(
        '{% include "components/_filters.html" with target="#list" %}', request=rf.get("/x"), **{given: value}
    )
    assert 'value="水泥"' in html
    assert html.count("form-control") == 1
    assert 'hx-target="#list"' in html


@pytest.mark.django_db
def test_the_navigation_is_grouped_and_seldom_groups_are_folded_until_used():
    account = AccountFactory(role=Role.CLERK)

    def shown(path, role=Role.CLERK):
        return navigation.groups(navigation.links(account, path), role)

    everyday = shown(reverse("problem-ledger"))
    assert [link.entry.route for group in everyday for link in group.links if link.current] == [
        "problem-ledger"
    ]
    assert len({str(group.label) for group in everyday}) == len(everyday) > 3
    folded = {group.label for group in everyday if not group.open}
    assert folded == set(navigation.SELDOM)
    assert {group.label for group in shown(reverse("regimes")) if not group.open} == {navigation.REGISTER}
    assert all(group.open for group in shown("/", Role.ADMINISTRATOR))
