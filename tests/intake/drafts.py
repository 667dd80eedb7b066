"""Drafts made by hand for the tests of this room."""

from datetime import date

from gongjian.intake.models import Article, Draft
from tests.factories import ArticleFactory, DraftFactory

PUBLISHED = date(2026, 11, 20)


def made(c, kind: str = "VISIT", *, confidence: int = 95, **values: str) -> Draft:
    """A waiting draft of the one report of this test, each value as sure as asked."""
    article = Article.objects.first() or ArticleFactory(area=c.city, published_on=PUBLISHED, title="一篇来稿")
    if kind in {"VISIT", "MEETING"}:
        values = {"type": "visit", "date_start": "2026-11-19"} | values
    cells = {
        name: {"value": value, "confidence": confidence, "sentence": "原句。"}
        for name, value in values.items()
    }
    return DraftFactory(article=article, kind=kind, fields=cells, order=article.drafts.count())
