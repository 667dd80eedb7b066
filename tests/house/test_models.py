"""Models: relations point down, Chinese names, a factory each, complete migrations."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from factory.django import DjangoModelFactory

from tests import factories
from tests.house.sources import CHINESE, HEIGHT

OURS = [model for model in apps.get_models() if model.__module__.startswith("gongjian.")]


def room(model: type) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_relations_point_down(model):
    for field in model._meta.get_fields():
        target = field.related_model
        if (
            field.auto_created
            or not isinstance(target, type)
            or not target.__module__.startswith("gongjian.")
        ):
            continue
        assert room(target) == room(model) or HEIGHT[room(target)] < HEIGHT[room(model)], (
            f"{model.__name__}.{field.name}"
        )


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_model_and_its_fields_have_chinese_names(model):
    if model._meta.auto_created:
        return
    assert CHINESE.search(str(model._meta.verbose_name))
    own = [
        f
        for f in model._meta.local_fields
        if f.name not in {"id", "path", "depth", "numchild", "password", "last_login"}
    ]
    for field in own:
        assert CHINESE.search(str(field.verbose_name)), f"{model.__name__}.{field.name}"


def test_every_model_has_a_factory():
    made = {
        value._meta.model  # type: ignore[attr-defined] # every factory has it
        for value in vars(factories).values()
        if isinstance(value, type)
        and issubclass(value, DjangoModelFactory)
        and value is not DjangoModelFactory
    }
    assert {m.__name__ for m in OURS if not m._meta.auto_created} == {m.__name__ for m in made}


@pytest.mark.django_db
def test_migrations_are_complete_and_named():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    names = [
        name
        for (app, name) in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        if apps.get_app_config(app).name.startswith("gongjian.")
    ]
    assert names
    assert [name for name in names if "_auto_" in name] == []
