"""Settings of the test suite: fast password hashing, its own folder, a database chosen for each run."""

import os
import tempfile

os.environ["GONGJIAN_HOME"] = tempfile.mkdtemp(prefix="gongjian-test-")

from gongjian.conf.settings import *  # noqa: F403  the suite tests the product's own settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = True
(HOME / "secret_key").write_text(SECRET_KEY, encoding="utf-8")  # noqa: F405  it is an instance, for commands too
TEMPLATES[0]["OPTIONS"]["debug"] = True  # noqa: F405  lines of templates are counted only so
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # The server of a browser's test shares the database in memory: there a reader would otherwise wait for no writer, but fail.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA read_uncommitted=1;"  # noqa: F405
