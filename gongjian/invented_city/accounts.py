"""The demo's accounts: made with random passwords, kept beside the demo database so that they can be shown again."""

import json
from pathlib import Path

from django.conf import settings

from gongjian.invented_city.world import World


def _file() -> Path:
    return Path(settings.HOME) / "demo_accounts.json"


def exists() -> bool:
    """Whether the city has been made to its end in this folder."""
    return _file().exists()


def save(world: World) -> None:
    """Written last: without it the city counts as unfinished."""
    _file().write_text(json.dumps(world.passwords, ensure_ascii=False), encoding="utf-8")
    _file().chmod(0o600)


def table() -> str:
    """Role, sign-in name, password, one line each."""
    lines = [
        f"  {role:　<8}\t{username:<10}\t{password}"
        for role, username, password in json.loads(_file().read_text(encoding="utf-8"))
    ]
    return "\n".join(["  角色　　　　　　\t登录名    \t密码", *lines])
