"""An instance of its own: init, backup while it runs, restore into an empty folder, verify."""

import hashlib
import os
import subprocess
import sys

import pytest

from tests import migrated


def gongjian(home, *words, code=0):
    environment = os.environ | {
        "GONGJIAN_HOME": str(home),
        "GONGJIAN_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "gongjian.conf.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "gongjian.cli", *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
def test_what_was_backed_up_comes_back_whole(tmp_path):
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    migrated.put_into(first)
    gongjian(first, "init", "--city", "安川市")
    told = gongjian(first, "verify")
    digest = hashlib.sha256(b"%PDF-1").hexdigest()
    kept = first / "attachments" / digest[:2]
    kept.mkdir(parents=True)
    (kept / digest).write_bytes(b"%PDF-1")
    archive = tmp_path / "backup.zip"
    assert "已备份到" in gongjian(first, "backup", archive)
    assert "已经存在" in gongjian(first, "backup", archive, code=1)
    assert "能够恢复，内容完好" in gongjian(third, "backup", "--check", archive)
    assert not third.exists()
    assert told.split("链头")[1] in gongjian(second, "restore", archive)
    assert (second / "attachments" / digest[:2] / digest).read_bytes() == b"%PDF-1"
    assert (second / "secret_key").read_bytes() == (first / "secret_key").read_bytes()
    assert "里已有数据库" in gongjian(second, "restore", archive, code=1)
    archive.write_bytes(archive.read_bytes()[:200])
    for words in (["restore"], ["backup", "--check"]):
        assert "不是本产品的备份文件" in gongjian(third, *words, archive, code=1)
