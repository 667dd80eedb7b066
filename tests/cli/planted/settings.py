"""The product's own settings and the planted app."""

from gongjian.conf.settings import *  # noqa: F403  the product's own

INSTALLED_APPS += ["tests.cli.planted"]  # noqa: F405
