"""Loads what counts the due days of complaints anew, so that a year put in force cannot miss them."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """The room of complaints."""

    name = "gongjian.complaints"

    def ready(self) -> None:
        """Register the recount of due days."""
        from gongjian.complaints.calendar import services  # noqa: F401  loading it registers it
