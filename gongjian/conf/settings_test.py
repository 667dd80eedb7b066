"""Settings of the test suite: fast password hashing, its own folder, a database chosen for each run."""

import os
import tempfile
from typing import Any

os.environ["GONGJIAN_HOME"] = tempfile.mkdtemp(prefix="gongjian-test-")

from gongjian.conf.settings import *  # noqa: F403  the suite tests the product's own settings

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",  # one-time passwords name their own
]
AXES_ENABLED = True
(HOME / "secret_key").write_text(SECRET_KEY, encoding="utf-8")  # noqa: F405  it is an instance, for commands too
TEMPLATES[0]["OPTIONS"]["debug"] = True  # noqa: F405  lines of templates are counted only so
OPTIONS: Any = DATABASES["default"].get("OPTIONS", {})  # noqa: F405
if "init_command" in OPTIONS:
    # The server of a browser's test shares the database in memory: there a reader would otherwise not wait for a writer, but fail.
    OPTIONS["init_command"] += " PRAGMA read_uncommitted=1;"
