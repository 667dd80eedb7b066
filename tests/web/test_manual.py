"""The manual: the same pages in both languages, links that lead somewhere."""

import re

import pytest
from django.utils import translation

from gongjian.web.manual.markdown_pages import TEXT, contents, page


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
