"""The accounts of the demo with their random passwords, stored beside its database so that they can be shown again."""

import json
from pathlib import Path

from django.conf import settings

from gongjian.audit.wording import in_chinese, words
from gongjian.invented_city.world import World


def _file() -> Path:
    return Path(settings.HOME) / "demo_accounts.json"


def is_finished() -> bool:
    """Whether an invented city was built completely in this folder."""
    return _file().exists()


def save_passwords(world: World) -> None:
    """Store the passwords; this is the last step, without which the city counts as unfinished."""
    _file().write_text(json.dumps(world.passwords, ensure_ascii=False), encoding="utf-8")
    _file().chmod(0o600)


def passwords_table() -> str:
    """A table of role, sign-in name and password, one line for each account."""
    rows = json.loads(_file().read_text(encoding="utf-8"))
    if not in_chinese():
        lines = [f"  {words(role):<30}{username:<12}  {password}" for role, username, password in rows]
        return "\n".join([f"  {'Role':<30}{'Sign-in name':<12}  Password", *lines])
    lines = [f"  {role:　<8}\t{username:<10}\t{password}" for role, username, password in rows]
    return "\n".join(["  角色　　　　　　\t登录名    \t密码", *lines])
