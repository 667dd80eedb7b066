"""People at their own screens in a real browser, against the live server of a test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import reverse

from gongjian.people.models import Account

PASSWORD = "a-word-for-tests"


def give_password(*accounts: Account) -> None:
    """Let these accounts sign in."""
    for account in accounts:
        account.set_password(PASSWORD)
        account.save()


@contextmanager
def desks(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a screen for an account, signed in; all are closed at the end."""
    opened = []

    def sit_down(account: Account, **options: Any) -> Any:
        context = browser.new_context(locale="zh-CN", **options)
        opened.append(context)
        page = context.new_page()
        page.goto(address + reverse("sign-in"))
        page.fill("[name=username]", account.username)
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation():
            page.click("main button")
        return page

    yield sit_down
    for context in opened:
        context.close()
