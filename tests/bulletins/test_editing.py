"""Editing a bulletin: numbers keep their rows, parts move, versions come back, a second person signs."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.bulletins import services as bulletins
from gongjian.bulletins.editing import services as editing
from gongjian.bulletins.editing.outline import (
    anchors,
    arranged,
    as_text,
    filled,
    in_order,
    is_written,
    runs,
    with_keys,
    with_text,
)
from gongjian.bulletins.models import Bulletin
from gongjian.bulletins.weekly_brief.paper import brief_paper
from gongjian.problems import services as problems
from gongjian.web.bulletins.editing.forms import OutlineForm
from tests import scenes
from tests.factories import AT, TODAY, AccountFactory
from tests.papers.reading import bookmarks, plain

MONDAY = date(2026, 11, 23)
NUMBERS = {"n1": "31", "n2": "5"}
PARAGRAPH = {
    "key": "b1",
    "kind": "paragraph",
    "from": "query",
    "runs": ["走访", {"number": "31", "anchor": "n1"}, "家次。"],
}
TABLE = {
    "key": "b2",
    "kind": "table",
    "from": "hand",
    "head": ["县", "数"],
    "rows": [["甲", {"number": "5", "anchor": "n2"}]],
}


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def brief(c):
    problems.record(enterprise=c.firm, text="续贷缺手续", by=c.clerk, at=AT)
    return bulletins.make_brief(area=c.city, first=MONDAY, last=TODAY, by=c.clerk, at=AT)


def change(brief, by, *, blocks=None, **more):
    facts = {"title": brief.title, "issue": brief.issue, "receivers": ["报：市领导。"], "by": by, "at": AT}
    return editing.edit_bulletin(
        brief, **(facts | more), blocks=brief.content["blocks"] if blocks is None else blocks
    )


@pytest.mark.parametrize(
    "block", [PARAGRAPH, TABLE, {"key": "b3", "kind": "heading", "level": 1, "text": "总体情况"}]
)
def test_a_part_comes_back_from_its_text_as_it_was(block):
    assert with_text(block, as_text(block), NUMBERS) == block


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("走访[31|n1]家次，较上周多。", ["走访", {"number": "31", "anchor": "n1"}, "家次，较上周多。"]),
        (
            "[31|n1]家、[5|n2]场",
            [{"number": "31", "anchor": "n1"}, "家、", {"number": "5", "anchor": "n2"}, "场"],
        ),
        ("没有数字", ["没有数字"]),
        ("手写 31 家", ["手写 31 家"]),
        ("[方括号]不是数字", ["[方括号]不是数字"]),
    ],
)
def test_numbers_in_a_text_keep_their_key(text, pieces):
    assert runs(text, NUMBERS) == pieces


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("走访[35|n1]家次", "不能手改成 35"),
        ("走访[|n1]家次", "不能手改成 —"),
        ("走访[31|n9]家次", "没有编号为 n9"),
        ("走访[31|n2]家次", r"\[5\|n2\]"),
    ],
)
def test_a_number_is_not_typed_over(text, sentence):
    with pytest.raises(Refused, match=sentence):
        with_text(PARAGRAPH, text, NUMBERS)


@pytest.mark.parametrize("lines", ["县 | 数\n甲 | 1 | 2", "县 | 数\n甲", "县\n甲 | [5|n2]"])
def test_a_row_of_a_table_has_as_many_cells_as_its_head(lines):
    with pytest.raises(Refused, match="第 2 行"):
        with_text(TABLE, lines, NUMBERS)


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("up:b2", "213"),
        ("up:b1", "123"),
        ("down:b1", "213"),
        ("down:b3", "123"),
        ("to:b3:0", "312"),
        ("to:b1:99", "231"),
        ("drop:b2", "13"),
        ("up:b9", "123"),
        ("", "123"),
        ("paragraph:b1", "1423"),
    ],
)
def test_parts_move_by_one_act(act, order):
    blocks = [{**PARAGRAPH, "key": f"b{n}"} for n in (1, 2, 3)]
    assert "".join(block["key"][1:] for block in arranged(blocks, act)) == order


@pytest.mark.parametrize(
    ("named", "order"),
    [
        ("b3,b1,b2", "312"),
        ("b2,b1", "231"),  # the third stood behind the second
        ("b3", "123"),  # the others stand where they stood
        ("", "123"),
        ("b9,b2,b2", "123"),
        ("b3,b2,b1", "321"),
    ],
)
def test_parts_stand_in_the_order_of_the_page(named, order):
    blocks = [{**PARAGRAPH, "key": f"b{n}"} for n in (1, 2, 3)]
    placed = in_order(blocks, named.split(","))
    assert "".join(block["key"][1:] for block in placed) == order


def test_new_parts_say_nothing_until_they_are_written():
    blocks = arranged(arranged([PARAGRAPH], "table:b1"), "heading:b1")
    assert [block["kind"] for block in blocks] == ["paragraph", "heading", "table"]
    assert filled(blocks) == [PARAGRAPH]


def test_what_was_generated_and_what_was_written_are_told_apart():
    changed = with_text(PARAGRAPH, "走访[31|n1]家次，增加。", NUMBERS)
    assert [is_written(block) for block in (PARAGRAPH, changed, TABLE)] == [False, True, True]
    assert changed["from"] == "edited"


def test_bulletins_of_before_get_keys():
    old = [{"kind": "heading", "level": 1, "text": "甲"}, {"kind": "paragraph", "runs": ["乙"]}]
    assert [block["key"] for block in with_keys(old)] == ["b1", "b2"]
    assert with_keys(with_keys(old)) == with_keys(old)


def test_every_number_left_in_the_text_opens_its_rows_in_the_file(c, brief):
    before = bookmarks(brief_paper(brief))
    blocks = [block for block in brief.content["blocks"] if block["kind"] != "table"]
    blocks = [
        with_text(b, as_text(b) + "（手写）", NUMBERS | before) if b["kind"] == "paragraph" else b
        for b in blocks
    ]
    row = change(brief, c.clerk, blocks=list(reversed(blocks)))
    content = brief_paper(row)
    assert bookmarks(content) == {key: before[key] for key in anchors(blocks)}
    assert "（手写）" in plain(content)
    assert "报：市领导。" in plain(content)


def test_a_number_stands_in_the_text_once(c, brief):
    paragraph = next(block for block in brief.content["blocks"] if anchors([block]))
    with pytest.raises(Refused, match="用了两次"):
        change(brief, c.clerk, blocks=[*brief.content["blocks"], {**paragraph, "key": "b99"}])


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"title": " "}, "填写标题"), ({"blocks": []}, "没有内容"), ({"issue": 0}, "换一个期号")],
)
def test_a_bulletin_has_a_title_a_text_and_a_number(c, brief, more, sentence):
    with pytest.raises(Refused, match=sentence):
        change(brief, c.clerk, **more)


def test_versions_are_kept_and_come_back(c, brief):
    was = brief.content["blocks"]
    change(brief, c.clerk, title="甲")
    change(brief, c.clerk, title="乙", blocks=was[:2])
    change(brief, c.clerk, title="乙", blocks=was[:2])  # nothing new: no version
    assert [version.title for version in brief.versions.all()] == ["乙", "甲", "安川市全力拼经济工作情况"]
    row = editing.restore_version(brief.versions.get(number=1), by=c.clerk, at=AT)
    assert (row.title, row.content["blocks"], row.versions.count()) == ("安川市全力拼经济工作情况", was, 4)
    assert [event.name for event in events_of(brief)][-1] == "bulletin.restored"


def test_the_signature_is_that_of_a_second_person(c, brief):
    other = AccountFactory(role="CLERK", reads_area=c.city, writes_area=c.city)
    change(brief, other, title="甲")
    for who in (c.clerk, other):
        with pytest.raises(Refused, match="另一个人"):
            editing.sign_bulletin(brief, by=who, at=AT)
    for who in (c.handler, c.auditor, c.county_clerk):
        with pytest.raises(Refused, match="可以核签"):
            editing.sign_bulletin(brief, by=who, at=AT)
    assert editing.sign_bulletin(brief, by=c.leader, at=AT).signed_by == c.leader
    with pytest.raises(Refused, match="已经核签"):
        editing.sign_bulletin(brief, by=c.leader, at=AT)


def test_a_change_takes_the_signature_back_and_issued_is_issued(c, brief):
    editing.sign_bulletin(brief, by=c.leader, at=AT)
    row = change(brief, c.clerk, title="甲")
    assert row.signed_at is None
    editing.sign_bulletin(row, by=c.leader, at=AT)
    bulletins.issue_bulletin(row, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经印发"):
        change(row, c.clerk, title="乙")


def posted(brief, **more):
    form = OutlineForm(bulletin=brief)
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return data | more


def test_the_page_saves_texts_and_moves_parts_in_one_press(c, brief, client):
    client.force_login(c.clerk)
    paragraph = next(block for block in brief.content["blocks"] if block["kind"] == "paragraph")
    data = posted(
        brief, **{paragraph["key"]: as_text(paragraph) + "另附说明。", "act": f"up:{paragraph['key']}"}
    )
    answer = client.post(reverse("bulletin-edit", args=[brief.pk]), data)
    assert answer.status_code == 302
    row = Bulletin.objects.get(pk=brief.pk)
    assert row.content["blocks"][0]["key"] == paragraph["key"]
    page = client.get(reverse("bulletin", args=[brief.pk])).content.decode()
    assert "另附说明。" in page
    assert "已改动" in page


def test_the_page_saves_the_order_with_the_texts(c, brief, client):
    client.force_login(c.clerk)
    keys = [block["key"] for block in brief.content["blocks"]]
    answer = client.post(
        reverse("bulletin-edit", args=[brief.pk]), posted(brief, order=",".join(reversed(keys)))
    )
    assert answer.status_code == 302
    row = Bulletin.objects.get(pk=brief.pk)
    assert [block["key"] for block in row.content["blocks"]] == keys[::-1]
    assert row.versions.count() == 2


def test_a_refused_page_keeps_the_order(c, brief, client):
    client.force_login(c.clerk)
    keys = [block["key"] for block in brief.content["blocks"]]
    data = posted(brief, order=",".join(reversed(keys)), title="")
    page = client.post(reverse("bulletin-edit", args=[brief.pk]), data).content.decode()
    assert f'name="order" value="{",".join(reversed(keys))}"' in page
    assert page.index(f'id="{keys[-1]}"') < page.index(f'id="{keys[0]}"')


def test_texts_of_parts_are_cleaned_and_dressed_like_every_field(c, brief):
    form = OutlineForm(posted(brief, b1="总体\u200b情况"), bulletin=brief)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["b1"] == "总体情况"
    assert all(
        "form-control" in form.fields[part["block"]["key"]].widget.attrs["class"]
        for part in form.parts()
        if part["field"]
    )


def test_the_page_refuses_a_number_typed_over_and_keeps_the_text(c, brief, client):
    client.force_login(c.clerk)
    paragraph = next(
        block for block in brief.content["blocks"] if anchors([block]) and block["kind"] == "paragraph"
    )
    key = anchors([paragraph])[0]
    answer = client.post(
        reverse("bulletin-edit", args=[brief.pk]), posted(brief, **{paragraph["key"]: f"走访[77|{key}]家"})
    )
    assert answer.status_code == 422
    assert "不能手改成 77" in answer.content.decode()
    assert f"走访[77|{key}]家" in answer.content.decode()


def test_the_same_period_asks_on_the_page(c, brief, client):
    client.force_login(c.clerk)
    data = {"first": MONDAY, "last": TODAY, "issue": 2}
    answer = client.post(reverse("bulletins"), data)
    assert answer.status_code == 422
    assert "另编一期" in answer.content.decode()
    assert client.post(reverse("bulletins"), data | {"again": "on"}).status_code == 302
