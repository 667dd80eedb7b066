"""A client signed in as an account, and the text of its answer."""

from django.test import Client


def as_(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def text(answer):
    return answer.content.decode()
