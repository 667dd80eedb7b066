"""Imported ledgers, what they wrote, headings an office has taught."""

import factory
from factory.django import DjangoModelFactory

from gongjian.imports.models import ImportBatch, ImportedRecord, LearntHeading
from gongjian.superior_templates.models import SuperiorTemplate
from tests.factories.days import AT
from tests.factories.people import AccountFactory, AreaFactory


class ImportBatchFactory(DjangoModelFactory):
    class Meta:
        model = ImportBatch

    kind = "UNITS"
    file_name = "单位名册.xlsx"
    file = b""
    digest = factory.Sequence(lambda n: f"{n:064x}")
    area = factory.SubFactory(AreaFactory)
    uploaded_by = factory.SubFactory(AccountFactory)
    uploaded_at = AT


class ImportedRecordFactory(DjangoModelFactory):
    class Meta:
        model = ImportedRecord

    batch = factory.SubFactory(ImportBatchFactory)
    row = 2
    subject_kind = "people.unit"
    subject_id = 1
    created = True


class LearntHeadingFactory(DjangoModelFactory):
    class Meta:
        model = LearntHeading

    area = factory.SubFactory(AreaFactory)
    kind = "UNITS"
    heading = factory.Sequence(lambda n: f"表头{n}")
    field = "name"
    learnt_at = AT


class SuperiorTemplateFactory(DjangoModelFactory):
    class Meta:
        model = SuperiorTemplate

    area = factory.SubFactory(AreaFactory)
    ledger = "PROBLEMS"
    file_name = "上级表.xlsx"
    file = b""
    mark = factory.Sequence(lambda n: f"{n:064x}")
    kept_by = factory.SubFactory(AccountFactory)
    kept_at = AT
