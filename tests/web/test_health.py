"""`/healthz`: ok when the database answers and has all tables; no session, no language, any host name."""

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from gongjian.web import middleware
from gongjian.web.health import readiness
from gongjian.web.rights import PUBLIC, matrix


def ask(**facts):
    return Client().get("/healthz", **facts)


def test_the_address_is_a_public_route():
    assert reverse("healthz") == middleware.HEALTH
    assert matrix()["healthz"] == PUBLIC


def test_it_is_ok_and_leaves_no_trace(db, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["gongjian.example"]
    ask()
    with django_assert_num_queries(1):
        answer = ask(HTTP_HOST="10.0.0.7")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert Client().get("/sign-in/", HTTP_HOST="10.0.0.7").status_code == 400


def test_it_takes_no_forms(db):
    assert Client().head("/healthz").status_code == 200
    assert Client().post("/healthz").status_code == 405


def test_a_migration_that_is_not_applied_makes_it_unavailable(db):
    MigrationRecorder.Migration.objects.filter(app="problems").last().delete()
    assert len(readiness.pending_migrations()) == 1
    answer = ask()
    assert answer.status_code == 503
    assert b"gongjian upgrade" in answer.content


def test_a_newer_database_is_known_as_such(db):
    assert readiness.unknown_migrations() == []
    MigrationRecorder.Migration.objects.create(app="problems", name="9999_later")
    MigrationRecorder.Migration.objects.create(app="somebody_elses", name="0001_initial")
    assert readiness.unknown_migrations() == ["problems.9999_later"]


def test_a_database_that_does_not_answer_makes_it_unavailable(monkeypatch, caplog):
    def silent():
        raise DatabaseError("connection to server at 10.0.0.8 refused")

    monkeypatch.setattr(readiness, "pending_migrations", silent)
    answer = ask()
    assert (answer.status_code, answer.content) == (503, b"database does not answer")
    assert "10.0.0.8" in caplog.text


@pytest.mark.parametrize("path", ["/healthz/", "/healthz/more"])
def test_only_that_address_is_answered_so_early(db, path):
    assert Client().get(path).status_code != 200
