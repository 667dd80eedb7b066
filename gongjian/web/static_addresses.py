"""Addresses of static files, each worked out once: the frame of a page names some seventy."""

from functools import lru_cache

from django.contrib.staticfiles.storage import StaticFilesStorage

KEPT = 512  # names stand in templates: there are some dozens


class Storage(StaticFilesStorage):
    """Django's, with the addresses kept."""

    @lru_cache(maxsize=KEPT)  # noqa: B019  one storage lives as long as the process
    def url(self, name: str | None) -> str:
        """The address of a file by its name."""
        return super().url(name)
