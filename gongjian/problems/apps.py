"""The app of the problem ledger: what follows other records is registered when it starts."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    """The problem ledger."""

    name = "gongjian.problems"

    def ready(self) -> None:
        """Let the search rows follow the records they show."""
        from gongjian.problems.search.services import follow_records

        follow_records()
