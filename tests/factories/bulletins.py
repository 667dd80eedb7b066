"""Bulletins and their numbers."""

import io
from datetime import date

import docx
import factory
from factory.django import DjangoModelFactory

from gongjian.bulletins.models import Bulletin, BulletinNumber, BulletinVersion, PaperTemplate
from tests.factories.days import AT
from tests.factories.people import AccountFactory, AreaFactory


class BulletinFactory(DjangoModelFactory):
    class Meta:
        model = Bulletin

    area = factory.SubFactory(AreaFactory)
    year = 2026
    issue = factory.Sequence(lambda n: n + 1)
    title = "工作简报"
    period_from = date(2026, 11, 16)
    period_to = date(2026, 11, 22)
    as_of = AT
    made_by = factory.SubFactory(AccountFactory)
    made_at = AT


class BulletinVersionFactory(DjangoModelFactory):
    class Meta:
        model = BulletinVersion

    bulletin = factory.SubFactory(BulletinFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "工作简报"
    issue = 1
    saved_by = factory.SubFactory(AccountFactory)
    saved_at = AT


class BulletinNumberFactory(DjangoModelFactory):
    class Meta:
        model = BulletinNumber

    bulletin = factory.SubFactory(BulletinFactory)
    anchor = factory.Sequence(lambda n: f"n{n}")
    label = "新增问题"
    value = "3"


def _document(text):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


class PaperTemplateFactory(DjangoModelFactory):
    class Meta:
        model = PaperTemplate

    area = factory.SubFactory(AreaFactory)
    kind = "BRIEF"
    name = "本办.docx"
    content = factory.LazyFunction(lambda: _document("{{ 标题 }}"))
    added_by = factory.SubFactory(AccountFactory)
    added_at = AT
