"""Models: relations point down, Chinese names, a factory each, complete migrations."""

from collections.abc import Iterable
from io import StringIO
from types import ModuleType, SimpleNamespace
from typing import Any

import factory
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.test.utils import isolate_apps
from factory.django import DjangoModelFactory

from tests import factories
from tests.house.planted import planted
from tests.house.sources import CHINESE, HEIGHT

Model = type[models.Model]
OURS: list[Model] = [model for model in apps.get_models() if model.__module__.startswith("gongjian.")]
OF_A_LIBRARY = {"id", "path", "depth", "numchild", "password", "last_login"}


def room(model: type) -> str:
    return model.__module__.split(".")[1]


def pointing_up(listed: Iterable[Model]) -> list[str]:
    """Relations to a room that is not below."""
    return [
        f"{model.__name__}.{field.name}"
        for model in listed
        for field in model._meta.get_fields()
        if not field.auto_created
        and isinstance(target := field.related_model, type)
        and target.__module__.startswith("gongjian.")
        and room(target) != room(model)
        and HEIGHT[room(target)] >= HEIGHT[room(model)]
    ]


def without_chinese(listed: Iterable[Model]) -> list[str]:
    """Models and fields whose name on a page is not Chinese."""
    own = [model for model in listed if not model._meta.auto_created]
    fields = [
        f"{model.__name__}.{field.name}"
        for model in own
        for field in model._meta.local_fields
        if field.name not in OF_A_LIBRARY and not CHINESE.search(str(field.verbose_name))
    ]
    return [m.__name__ for m in own if not CHINESE.search(str(m._meta.verbose_name))] + fields


def without_factory(listed: Iterable[Model], module: ModuleType | Any) -> set[str]:
    """Models for which a module has no factory."""
    made = {
        value._meta.model.__name__  # type: ignore[attr-defined] # every factory has it
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, DjangoModelFactory)
        and value is not DjangoModelFactory
    }
    return {m.__name__ for m in listed if not m._meta.auto_created} - made


def unnamed(migrations: Iterable[tuple[str, str]]) -> list[str]:
    """Migrations that carry the name a tool gave them."""
    return [name for _app, name in migrations if "_auto_" in name]


def unmade() -> str:
    """The migrations that are missing, as makemigrations tells them; empty when there is none."""
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        return out.getvalue()
    return ""


def test_relations_point_down():
    assert OURS
    assert pointing_up(OURS) == []


def test_a_model_and_its_fields_have_chinese_names():
    assert without_chinese(OURS) == []


def test_every_model_has_a_factory():
    assert without_factory(OURS, factories) == set()


@pytest.mark.django_db
def test_migrations_are_complete_and_named():
    assert unmade() == ""
    every = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = [one for one in every if apps.get_app_config(one[0]).name.startswith("gongjian.")]
    assert ours
    assert unnamed(ours) == []


def _of(label: str, title: str, /, **fields: Any) -> Model:
    """A model as if it stood in a room."""
    meta = type("Meta", (), {"app_label": label} | fields.pop("meta", {}))
    return type(title, (models.Model,), {"__module__": f"gongjian.{label}.models", "Meta": meta} | fields)


@planted(
    test_relations_point_down, test_a_model_and_its_fields_have_chinese_names, test_every_model_has_a_factory
)
@isolate_apps("gongjian.people", "gongjian.visits")
def test_a_model_that_breaks_every_habit_is_reported():
    chinese = {"verbose_name": "单位"}
    upper = _of("visits", "Upper", meta=chinese, name=models.CharField("名称", max_length=9))
    lower = _of(
        "people", "Lower", upper=models.ForeignKey(upper, models.CASCADE), order=models.IntegerField()
    )
    down = _of(
        "visits", "Down", meta=chinese, lower=models.ForeignKey(lower, models.CASCADE, verbose_name="单位")
    )
    listed = [upper, lower, down]
    assert pointing_up(listed) == ["Lower.upper"]
    assert without_chinese(listed) == ["Lower", "Lower.upper", "Lower.order"]
    made = [
        type("Made", (DjangoModelFactory,), {"Meta": type("Meta", (), {"model": m})}) for m in (upper, down)
    ]
    assert isinstance(made[0], factory.base.FactoryMetaClass)
    assert without_factory(listed, SimpleNamespace(a=made[0], b=made[1])) == {"Lower"}


@planted(test_migrations_are_complete_and_named)
@pytest.mark.django_db
def test_a_changed_model_and_a_migration_without_a_name_are_reported(monkeypatch):
    name = apps.get_model("people", "Unit")._meta.get_field("name")
    monkeypatch.setattr(name, "max_length", 7)
    assert "Unit" in unmade() or "unit" in unmade()
    assert unnamed([("people", "0001_initial"), ("people", "0002_auto_20260101_1200")]) == [
        "0002_auto_20260101_1200"
    ]
