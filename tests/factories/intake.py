"""Articles and drafts."""

import factory
from factory.django import DjangoModelFactory

from gongjian.intake.models import Article, Draft
from tests.factories.days import AT
from tests.factories.people import AccountFactory, AreaFactory


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = Article

    title = "来稿"
    text = "正文"
    digest = factory.Sequence(lambda n: f"{n:064d}")
    area = factory.SubFactory(AreaFactory)
    taken_in_by = factory.SubFactory(AccountFactory)
    taken_in_at = AT


class DraftFactory(DjangoModelFactory):
    class Meta:
        model = Draft

    article = factory.SubFactory(ArticleFactory)
    kind = "VISIT"
