"""`gongjian intake` as a command, in a fresh process without an instance: ten formats, and what it cannot read."""

import json

import pytest

from samples.report_files import FILES, TRADITIONAL, pdf_file
from tests.cli.running import gongjian


@pytest.mark.parametrize("name", FILES)
def test_a_report_is_read_in_every_format(name, tmp_path):
    (tmp_path / name).write_bytes(FILES[name]())
    told = gongjian(None, "intake", name, "--published", "2024-05-07", "--json", "out.json", cwd=tmp_path)
    draft = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert "Traceback" not in told
    assert [(event["type"], event["date_start"]) for event in draft["events"]] == [
        ("mobilisation", "2024-05-06")
    ]
    assert [person["name"] for person in draft["people"]] == ["许怀远", "陶知行"]


@pytest.mark.parametrize("encoding", ["big5", "utf-8"])
def test_traditional_script_is_read(encoding, tmp_path):
    (tmp_path / "report.txt").write_bytes("\n".join(TRADITIONAL).encode(encoding))
    told = gongjian(None, "intake", "report.txt", cwd=tmp_path)
    draft, _end = json.JSONDecoder().raw_decode(told)  # behind it a slow machine tells how long it took
    assert [person["name"] for person in draft["people"]] == ["许怀远", "陶知行"]


@pytest.mark.parametrize(
    "case",
    [
        (
            "english.txt",
            b"The county held a meeting on 6 May. The party secretary attended and spoke.",
            1,
            "不是中文",
        ),
        ("scan.pdf", pdf_file([]), 1, "扫描件"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 JFIF", 1, "图片"),
        ("recipe.txt", "把土豆切成丝，用清水泡十分钟。".encode(), 0, "没有读出会议、走访等活动"),
    ],
    ids=lambda case: case[0],
)
def test_what_is_no_report_is_said(case, tmp_path):
    name, content, code, says = case
    (tmp_path / name).write_bytes(content)
    told = gongjian(None, "intake", name, code=code, cwd=tmp_path)
    assert says in told
    assert "Traceback" not in told


def test_a_text_that_is_too_long_is_refused_and_the_limit_is_an_option(tmp_path):
    (tmp_path / "long.txt").write_text("县长讲话。" * 30, encoding="utf-8")
    told = gongjian(None, "intake", "long.txt", code=1, cwd=tmp_path, GONGJIAN_REPORT_CHARACTERS="100")
    assert "正文有 150 字，超过 100 字的上限" in told
    assert len(gongjian(None, "intake", "long.txt", cwd=tmp_path, GONGJIAN_REPORT_CHARACTERS="150")) > 0
