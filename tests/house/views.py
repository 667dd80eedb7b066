"""What the house test of views reads: the functions behind the routes, their length, and what they write on each path."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from gongjian.audit.services import record

# Tries at a door are counted in a transaction of their own: the refused one leaves nothing.
ASIDE = "gongjian.people.attempts"


def callbacks(patterns: list[Any] | None = None) -> Iterator[FunctionType]:
    """Every function of ours behind a route, its decorators taken off."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from callbacks(one.url_patterns)
        elif isinstance(one, URLPattern):
            view = inspect.unwrap(one.callback)
            if isinstance(view, FunctionType) and view.__module__.startswith("gongjian."):
                yield view


@cache
def tree(function: FunctionType) -> ast.FunctionDef:
    """The function, parsed."""
    parsed = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(parsed, ast.FunctionDef), function
    return parsed


def length(function: FunctionType) -> int:
    """Lines from `def` to the last, decorators not counted."""
    node = tree(function)
    return (node.end_lineno or 0) - node.lineno + 1


def resolved(node: ast.expr, within: dict[str, Any]) -> Any:
    """What a name or a dotted name stands for; None where it cannot be known before the program runs."""
    if isinstance(node, ast.Name):
        return within.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(resolved(node.value, within), node.attr, None)
    return None


def as_function(thing: Any) -> FunctionType | None:
    """A function of ours, decorators taken off."""
    found = inspect.unwrap(thing) if callable(thing) and hasattr(thing, "__wrapped__") else thing
    ours = isinstance(found, FunctionType) and found.__module__.split(".")[0] in {"gongjian", "tests"}
    return found if ours else None


def called(function: FunctionType) -> set[FunctionType]:
    """Functions of ours that this one calls by name."""
    calls = [node for node in ast.walk(tree(function)) if isinstance(node, ast.Call)]
    found = {as_function(resolved(call.func, function.__globals__)) for call in calls}
    return {one for one in found if one is not None}


def helpers(function: FunctionType) -> set[FunctionType]:
    """The view and the functions of `web` it hands its request on to: they are part of the view."""
    found, open_ = {function}, [function]
    while open_:
        for one in called(open_.pop()):
            takes = [*inspect.signature(one).parameters][:1] == ["request"]
            if one not in found and takes and one.__module__.startswith(("gongjian.web.", "tests.")):
                found.add(one)
                open_.append(one)
    return found


@cache
def writes(function: FunctionType) -> bool:
    """Whether it leaves an event, itself or through what it calls."""
    seen, open_ = {function}, [function]
    while open_:
        for one in called(open_.pop()):
            if one is record:
                return True
            if one not in seen:
                seen.add(one)
                open_.append(one)
    return False


def is_service(thing: Any) -> bool:
    """A verb of a room that writes."""
    found = as_function(thing)
    if found is None or found.__module__.startswith(ASIDE):
        return False
    return ".services" in found.__module__ and writes(found)


class Paths:
    """Counts, on the busiest path through a function, the calls of services that write; twice for a call in a loop."""

    def __init__(self, function: FunctionType, known: frozenset[FunctionType]) -> None:
        self.known, self.within = known | {function}, function.__globals__
        node = tree(function)
        local = [n for n in ast.walk(node) if isinstance(n, ast.Assign | ast.AnnAssign) and n.value]
        self.chosen = {  # a local name for one of several services, picked by the verb that was asked for
            ast.unparse(n.targets[0] if isinstance(n, ast.Assign) else n.target)
            for n in local
            if n.value and self._picks_a_service(n.value)
        }
        alive, ended = self._block(node.body)
        self.most = max(alive or 0, ended)

    def _picks_a_service(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Subscript):
            table = resolved(node.value, self.within)
            return isinstance(table, dict) and any(is_service(one) for one in table.values())
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            module = resolved(node.args[0], self.within)
            return isinstance(module, ModuleType) and module.__name__.endswith("services")
        return False

    def _block(self, body: list[ast.stmt]) -> tuple[int | None, int]:
        """The most on a path that goes on after these statements (None: none does), and on one that ends in them."""
        alive: int | None = 0
        ended = 0
        for statement in body:
            if alive is None:
                break
            going, over = self._statement(statement)
            ended = max(ended, alive + over)
            alive = None if going is None else alive + going
        return alive, ended

    def _statement(self, node: ast.stmt) -> tuple[int | None, int]:
        if isinstance(node, ast.Return | ast.Raise):
            return None, self._expressions(node)
        if isinstance(node, ast.For | ast.While):
            return 2 * self._expressions(node), 0
        branches = self._branches(node)
        if branches is None:
            return self._expressions(node), 0
        return self._either(branches, self._expressions(node.test) if isinstance(node, ast.If) else 0)

    def _branches(self, node: ast.stmt) -> list[list[ast.stmt]] | None:
        """The ways through a statement that holds others; None where it holds none."""
        if isinstance(node, ast.If):
            return [node.body, node.orelse]
        if isinstance(node, ast.Try):
            return [[*node.body, *node.orelse], *([*node.body, *handler.body] for handler in node.handlers)]
        if isinstance(node, ast.FunctionDef):  # defined to be called once
            return [[ast.Pass()], node.body]
        return [node.body] if isinstance(node, ast.With) else None

    def _either(self, bodies: list[list[ast.stmt]], before: int) -> tuple[int | None, int]:
        found = [self._block(body) for body in bodies]
        going = [alive for alive, _ended in found if alive is not None]
        ended = max([*(over for _alive, over in found), 0]) + before
        return (max(going) + before if going else None), ended

    def _expressions(self, node: ast.AST) -> int:
        if isinstance(node, ast.IfExp):
            branches = max(self._expressions(node.body), self._expressions(node.orelse))
            return self._expressions(node.test) + branches
        own = self._call(node) if isinstance(node, ast.Call) else 0
        return own + sum(self._expressions(child) for child in ast.iter_child_nodes(node))

    def _call(self, node: ast.Call) -> int:
        if ast.unparse(node.func) in self.chosen or self._picks_a_service(node.func):
            return 1
        found = as_function(resolved(node.func, self.within))
        if found is None or found in self.known:
            return 0
        if is_service(found):
            return 1
        inside: Callable[[str], bool] = found.__module__.startswith
        return Paths(found, frozenset(self.known)).most if inside(("gongjian.web.", "tests.")) else 0
