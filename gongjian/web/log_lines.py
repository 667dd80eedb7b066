"""What a line of the log says of the request behind it: account and address, and no word anybody typed."""

import logging

from django.http import HttpRequest

from gongjian.web.client_address import client_address


class WhoAndWhere(logging.Filter):
    """Adds `who` to a line; a request that was not looked at yet is not looked up for it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass."""
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            record.who = "-"
            return True
        account = getattr(getattr(request, "_cached_user", None), "pk", None)
        address = "".join(sign for sign in client_address(request) if sign.isalnum() or sign in ".:")
        record.who = f"account={account or '-'} address={address[:45] or '-'}"
        return True
