"""Long texts and lists that two people edit at once: regimes by lines, outlines by parts and their order, years of the calendar."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.assignments.models import AnnouncedYear, Regime, RegimeChange
from gongjian.audit.queries import events_of
from gongjian.bulletins import services as bulletins
from gongjian.bulletins.editing.outline import as_text
from gongjian.bulletins.models import Bulletin
from gongjian.web.bulletins.editing.both_outlines import settled_order
from gongjian.web.imports.answers import settle
from samples.html_forms import form_to
from tests import scenes
from tests.assignments.doing import moment
from tests.factories import AT, TODAY, ImportBatchFactory, PersonFactory, VisitFactory
from tests.scenes import UNITS
from tests.web.people.signed_in import as_, text
from tests.web.test_editing import choice, other

__all__ = ["other"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture
def regime(city):
    return scenes.adopted("quanzhou", at=moment("2026-11-01"), name="安川受理制")


@pytest.fixture
def brief(city):
    facts = {"first": date(2026, 11, 23), "last": TODAY, "by": city.clerk, "at": AT}
    made = bulletins.make_brief(area=city.city, **facts)
    client = as_(city.clerk)
    address = reverse("bulletin-edit", args=[made.pk])
    assert (
        client.post(address, form_to(text(client.get(address)), "").filled(title="头一版")).status_code == 302
    )
    return Bulletin.objects.get(pk=made.pk)


class Desk:
    """One person's page of an edit, opened."""

    def __init__(self, account, address):
        self.client, self.address = as_(account), address
        self.form = form_to(text(self.client.get(address)), "")

    def send(self, **changes):
        self.answer = self.client.post(self.address, self.form.filled(**changes))
        self.page = text(self.answer)
        return self.answer.status_code

    def again(self, **changes):
        self.form = form_to(self.page, "")
        return self.send(**changes)

    def shows(self, name):
        return self.form.prefilled[name]


def taken_into_force(account):
    change = RegimeChange.objects.order_by("-pk").first()
    client = as_(account)
    assert client.post(reverse("regime-adopt", args=[change.pk])).status_code == 302
    return change.regime


def edited(regime, **replaced):
    """The text a page would send, with some of its words replaced."""
    shown = regime.shows("text")
    for old, new in replaced.values():
        assert old in shown
        shown = shown.replace(old, new, 1)
    return shown


def test_different_lines_of_a_regime_both_stay(city, other, regime):
    address = reverse("regime-edit", args=[regime.pk])
    a, b = Desk(city.clerk, address), Desk(other, address)
    assert a.send(text=edited(a, name=('name = "安川受理制"', 'name = "安川新受理制"'))) == 302
    taken_into_force(city.clerk)
    assert b.send(text=edited(b, days=("objection_working_days = 1", "objection_working_days = 4"))) == 302
    assert "两人的改动都在" in text(b.client.get(b.answer.url))
    now = taken_into_force(other)
    assert (now.name, now.objection_working_days) == ("安川新受理制", 4)


@pytest.mark.parametrize("which", ["mine", "theirs"])
def test_the_same_line_is_asked_alone(city, other, regime, which):
    address = reverse("regime-edit", args=[regime.pk])
    line = "objection_working_days = {}"
    a, b = Desk(city.clerk, address), Desk(other, address)
    new_name = ('name = "安川受理制"', 'name = "安川新受理制"')
    assert a.send(text=edited(a, name=new_name, days=(line.format(1), line.format(3)))) == 302
    taken_into_force(city.clerk)
    new_paper = ('document = "', 'document = "安川')
    assert b.send(text=edited(b, paper=new_paper, days=(line.format(1), line.format(4)))) == 422
    panel = b.page.split('<fieldset class="versions">')[1].split("</fieldset>")[0]
    assert line.format(3) in panel
    assert line.format(4) in panel
    assert "安川新受理制" not in panel
    number = b.page.split('name="choose_text_')[1].split('"')[0]
    assert b.again() == 422  # no choice, no overwriting
    assert b.again(**choice(b.page, f"text_{number}", which)) == 302
    now = taken_into_force(other)
    assert now.name == "安川新受理制"
    assert now.document.startswith("安川")
    assert now.objection_working_days == {"mine": 4, "theirs": 3}[which]


def test_a_version_that_was_overtaken_goes_on_from_the_present_one(city, other, regime):
    address = reverse("regime-edit", args=[regime.pk])
    a, b = Desk(city.clerk, address), Desk(other, address)
    assert b.send(text=edited(b, days=("objection_working_days = 1", "objection_working_days = 4"))) == 302
    waiting = RegimeChange.objects.get()
    assert a.send(text=edited(a, name=('name = "安川受理制"', 'name = "安川新受理制"'))) == 302
    taken_into_force(city.clerk)
    page = text(b.client.get(reverse("regime-change", args=[waiting.pk])))
    assert f"{address}?from={waiting.pk}" in page
    assert reverse("regime-adopt", args=[waiting.pk]) not in page
    on = Desk(other, f"{address}?from={waiting.pk}")
    assert "objection_working_days = 4" in on.shows("text")
    assert on.send() == 302
    now = taken_into_force(other)
    assert (now.name, now.objection_working_days) == ("安川新受理制", 4)
    assert Regime.objects.get(pk=regime.pk).version == 3


KEYS = ["b1", "b2", "b3", "b4"]


@pytest.mark.parametrize(
    ("stored", "mine", "order"),
    [
        (["b2", "b1", "b3", "b4"], KEYS, ["b2", "b1", "b3", "b4"]),  # only the other moved
        (KEYS, ["b4", "b1", "b2", "b3"], ["b4", "b1", "b2", "b3"]),  # only this one
        (
            ["b1", "b9", "b2", "b4"],
            ["b2", "b1", "b3", "b4"],
            ["b2", "b1", "b3", "b4"],
        ),  # one added, one taken out
        (["b2", "b1", "b3", "b4"], ["b2", "b1", "b3", "b4"], ["b2", "b1", "b3", "b4"]),  # both the same
        (["b4", "b1", "b2", "b3"], ["b3", "b1", "b2", "b4"], None),
    ],
)
def test_who_moved_the_parts(stored, mine, order):
    assert settled_order(stored, KEYS, mine) == order


def two_outlines(city, other, brief):
    address = reverse("bulletin-edit", args=[brief.pk])
    return Desk(city.clerk, address), Desk(other, address)


def stored(brief):
    return [block["key"] for block in Bulletin.objects.get(pk=brief.pk).content["blocks"]]


def test_an_order_stays_when_another_saves_a_text(city, other, brief):
    a, b = two_outlines(city, other, brief)
    keys = stored(brief)
    turned = [*keys[2:], *keys[:2]]
    assert a.send(order=",".join(turned)) == 302
    assert b.send(title="乙改的标题") == 302
    assert stored(brief) == turned


@pytest.mark.parametrize("which", ["mine", "theirs"])
def test_two_orders_are_asked(city, other, brief, which):
    a, b = two_outlines(city, other, brief)
    keys = stored(brief)
    orders = {"theirs": [*keys[2:], *keys[:2]], "mine": keys[::-1]}
    assert a.send(order=",".join(orders["theirs"])) == 302
    assert b.send(order=",".join(orders["mine"]), title="乙改的标题") == 422
    assert "也换了各项的位置" in b.page
    assert b.again(**choice(b.page, "order", which)) == 302
    assert stored(brief) == orders[which]
    assert Bulletin.objects.get(pk=brief.pk).title == "乙改的标题"


def paragraph(brief):
    return next(block for block in brief.content["blocks"] if block["kind"] == "paragraph")


@pytest.mark.parametrize("which", ["mine", "theirs"])
def test_a_text_of_a_part_taken_out_meanwhile_is_asked(city, other, brief, which):
    a, b = two_outlines(city, other, brief)
    part = paragraph(brief)
    place = stored(brief).index(part["key"])
    assert a.send(act=f"drop:{part['key']}") == 302
    assert b.send(**{part["key"]: as_text(part) + "乙补写的一句。"}) == 422
    assert "乙补写的一句。" in b.page
    assert "已经删去" in b.page
    assert b.again(**choice(b.page, part["key"], which)) == 302
    blocks = Bulletin.objects.get(pk=brief.pk).content["blocks"]
    assert ("乙补写的一句。" in "".join(map(as_text, blocks))) is (which == "mine")
    assert (part["key"] in stored(brief)) is (which == "mine")
    if which == "mine":
        assert stored(brief).index(part["key"]) == place


def test_a_part_taken_out_stays_out_when_another_left_it_alone(city, other, brief):
    a, b = two_outlines(city, other, brief)
    part = paragraph(brief)
    assert a.send(act=f"drop:{part['key']}") == 302
    assert b.send(title="乙改的标题") == 302
    assert part["key"] not in stored(brief)


def test_a_part_that_was_just_written_on_is_not_taken_out_unseen(city, other, brief):
    a, b = two_outlines(city, other, brief)
    part = paragraph(brief)
    assert a.send(**{part["key"]: as_text(part) + "甲补写的一句。"}) == 302
    assert b.send(act=f"drop:{part['key']}") == 422
    assert "甲补写的一句。" in b.page
    assert part["key"] in stored(brief)
    assert b.again(act=f"drop:{part['key']}") == 302
    assert part["key"] not in stored(brief)


def test_two_arrangements_of_one_year_do_not_replace_each_other_unseen(city, other):
    a, b = as_(city.clerk), as_(other)
    for client, words in ((a, "甲"), (b, "乙")):
        sheet = scenes.NEXT_YEAR.replace('document = "', f'document = "{words}')
        assert client.post(reverse("calendar-new"), {"text": sheet}).status_code == 302
    first, second = AnnouncedYear.objects.order_by("pk")
    pages = [text(c.get(reverse("calendar-proposal", args=[y.pk]))) for c, y in ((a, first), (b, second))]
    adopt = [reverse("calendar-adopt", args=[year.pk]) for year in (first, second)]
    assert a.post(adopt[0], form_to(pages[0], adopt[0]).filled()).status_code == 302
    answer = b.post(adopt[1], form_to(pages[1], adopt[1]).filled())
    assert answer.status_code == 409
    second.refresh_from_db()
    assert second.adopted_at is None
    assert b.post(adopt[1], form_to(text(answer), adopt[1]).filled()).status_code == 302


@pytest.mark.parametrize(
    ("mine", "now", "kept", "clashes"),
    [
        ({"甲": "text", "乙": ""}, {}, {"甲": "text", "乙": ""}, {}),
        (
            {"甲": "text", "乙": ""},
            {"乙": "note"},
            {"甲": "text"},
            {},
        ),  # left alone here, answered by the other
        ({"甲": "text", "乙": ""}, {"甲": "note"}, {"乙": ""}, {"甲": ("note", "text")}),
        ({"甲": "text", "乙": ""}, {"甲": "text"}, {"甲": "text", "乙": ""}, {}),
    ],
)
def test_answers_of_two_about_an_upload(mine, now, kept, clashes):
    given = settle(mine, {"甲": "", "乙": ""}, now)
    assert (given.kept, given.clashes) == (kept, clashes)


def test_a_page_without_what_it_was_opened_with_answers_as_before():
    assert settle({"甲": "text"}, {}, {"甲": "note"}).kept == {"甲": "text"}


def test_two_answer_about_columns_and_names_of_one_upload(city, other):
    batch = ImportBatchFactory(area=city.city, uploaded_by=city.clerk, file=UNITS)
    page, action = reverse("import", args=[batch.pk]), reverse("import-headings", args=[batch.pk])
    a, b = as_(city.clerk), as_(other)
    forms = [form_to(text(client.get(page)), action) for client in (a, b)]
    data = [form.filled() for form in forms]
    shown = data[0]["heading"]
    assert len(shown) > 1
    data[0]["field"] = ["", *data[0]["field"][1:]]
    data[1]["field"] = [*data[1]["field"][:-1], ""]
    assert [c.post(action, d).status_code for c, d in zip((a, b), data, strict=True)] == [302, 302]
    batch.refresh_from_db()
    assert (batch.headings[shown[0]], batch.headings[shown[-1]]) == ("", "")
    told = events_of(batch).order_by("seq").values_list("data", flat=True)
    assert told[0]["values"][shown[0]][1] == "不读这一列"  # the trail has each answer, old and new
    otherwise = data[1] | {"field": [data[0]["field"][1], *data[1]["field"][1:]], "form_key": "another"}
    answer = b.post(action, otherwise, follow=True)
    assert "没有改" in text(answer)
    batch.refresh_from_db()
    assert batch.headings[shown[0]] == ""


@pytest.mark.parametrize(
    ("names", "there"),
    [
        (["甲乙丙", "甲乙丁"], "甲乙丙丁"),
        (["甲", "甲乙丁"], "甲丁"),
        (["乙", "甲"], ""),
        (["甲乙丙", "乙"], "乙丙"),
    ],
)
def test_two_change_who_takes_part(city, other, names, there):
    people = {name: PersonFactory(name=name) for name in "甲乙丙丁"}
    visit = VisitFactory(area=city.city, recorded_by=city.clerk)
    visit.participants.set([people["甲"], people["乙"]])
    address = reverse("visit-edit", args=[visit.pk])
    for desk, chosen in zip([Desk(city.clerk, address), Desk(other, address)], names, strict=True):
        keys = {"participants": [str(people[name].pk) for name in chosen]}
        assert desk.client.post(address, desk.form.filled() | keys).status_code == 302
    assert {person.name for person in visit.participants.all()} == set(there)
