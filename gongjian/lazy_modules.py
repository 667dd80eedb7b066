"""Defers slow imports until first use: a room names the modules, and importers get a stand-in.

__getattr__ = on_first_use(__name__, "evaluation")  # in the room's __init__.py
from gongjian.policies import evaluation            # elsewhere, as ever: costs nothing before evaluation.rows(...)
"""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    """Has whatever the module has; imports it when first asked."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import machinery looking around is no use
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


def on_first_use(room: str, *names: str) -> Callable[[str], ModuleType]:
    """Returns a `__getattr__` for a room that loads the named modules on first use."""

    def stand_in(name: str) -> ModuleType:
        if name not in names:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return _StandIn(f"{room}.{name}")

    return stand_in
