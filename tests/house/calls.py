"""Which function a call reaches, where the text decides it: imports, aliases, re-exports, attributes of modules, methods.

What stays undecided (a call through a table, a name computed at run time) is no call: a guard that asks whether
something is reached may report too much, never too little.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from tests.house.sources import Modules, Tree

Definition = ast.FunctionDef | ast.AsyncFunctionDef
Import = ast.Import | ast.ImportFrom
HOPS = 20  # re-exports followed before a circle of them is given up


def imports(node: Import) -> dict[str, str]:
    """Local name -> dotted name of what one import statement binds."""
    if isinstance(node, ast.ImportFrom):
        return {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return {
        a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
        for a in node.names
    }


def dotted(node: ast.expr) -> str:
    """a.b.c as text; empty when the expression is anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


@dataclass
class Scope:
    """The names of one function: what it imports late, the class of a variable, the expression it was assigned."""

    module: str
    owner: str = ""  # the class a method belongs to
    imported: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    assigned: dict[str, ast.expr] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)  # the class of a variable, once it has been asked for


class Program:
    """Every module of one or more folders, with its names resolved."""

    def __init__(self, modules: Mapping[str, ast.Module]) -> None:
        self.modules = dict(modules)
        self.functions: dict[str, Definition] = {}
        self.classes: dict[str, ast.ClassDef] = {}
        self._home: dict[str, tuple[str, str]] = {}  # function -> its module, its class
        self._names = {name: self._bind(name, tree) for name, tree in self.modules.items()}
        self._scopes: dict[str, Scope] = {}

    @classmethod
    def of(cls, tree: Tree, *parts: Modules) -> "Program":
        """The program of some folders of a tree; the package alone when none is named."""
        listed = parts or (tree.modules,)
        return cls({tree.dotted(path): parsed for part in listed for path, parsed in part.items()})

    def _bind(self, module: str, tree: ast.Module) -> dict[str, str]:
        names: dict[str, str] = {}
        for node in _at_module_level(tree):
            if isinstance(node, Import):
                names |= imports(node)
            elif isinstance(node, Definition):
                self._define(f"{module}.{node.name}", node, module, "")
            elif isinstance(node, ast.ClassDef):
                self.classes[f"{module}.{node.name}"] = node
                for inner in node.body:
                    if isinstance(inner, Definition):
                        self._define(f"{module}.{node.name}.{inner.name}", inner, module, node.name)
            elif (
                isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and dotted(node.value)
            ):
                names[node.targets[0].id] = f"{module}.{dotted(node.value)}"
        return names

    def _define(self, full: str, node: Definition, module: str, owner: str) -> None:
        self.functions[full] = node
        self._home[full] = module, owner

    def module_of(self, function: str) -> str:
        """The module a function stands in."""
        return self._home[function][0]

    def canonical(self, name: str) -> str:
        """The dotted name of what is meant: re-exports and aliases followed to where it is defined."""
        for _hop in range(HOPS):
            if name in self.functions or name in self.classes or name in self.modules:
                return name
            module, rest = self._split(name)
            head, _dot, tail = rest.partition(".")
            target = self._names.get(module, {}).get(head)
            if target is None:
                return name
            name = f"{target}.{tail}" if tail else target
            first = name.removeprefix(f"{module}.").partition(".")[0]
            if name.startswith(f"{module}.") and first in self._names[module]:
                name = self._names[module][first] + name.removeprefix(f"{module}.{first}")
        return name

    def _split(self, name: str) -> tuple[str, str]:
        """The longest module a dotted name begins with, and the rest."""
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            if (module := ".".join(parts[:length])) in self.modules:
                return module, ".".join(parts[length:])
        return "", name

    def scope(self, function: str) -> Scope:
        """The names of a function, read once."""
        if function not in self._scopes:
            module, owner = self._home[function]
            scope = self._scopes[function] = Scope(module, f"{module}.{owner}" if owner else "")
            self._read(self.functions[function], scope)
        return self._scopes[function]

    def _read(self, node: Definition, scope: Scope) -> None:
        inner = list(ast.walk(node))
        for each in inner:
            if isinstance(each, Import):
                scope.imported |= imports(each)
        for each in inner:
            for name, annotation, value in _bound(each):
                if annotation is not None and (found := self.annotated(annotation, scope)):
                    scope.classes[name] = found
                if value is not None:
                    scope.assigned.setdefault(name, value)

    def annotated(self, node: ast.expr, scope: Scope) -> str:
        """The class an annotation names, None and type arguments aside; empty when it names several."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node = ast.parse(node.value, mode="eval").body
        if isinstance(node, ast.BinOp):
            sides = [part for part in (node.left, node.right) if not isinstance(part, ast.Constant)]
            return self.annotated(sides[0], scope) if len(sides) == 1 else ""
        if isinstance(node, ast.Subscript):
            node = node.value
        return self.resolve(node, scope)

    def resolve(self, node: ast.expr, scope: Scope) -> str:
        """The dotted name an expression stands for, inside or outside the program; empty when undecided."""
        name = dotted(node)
        if not name:
            return self._method(node, scope)
        head, _dot, tail = name.partition(".")
        if head in ("self", "cls") and scope.owner:
            return self._attribute(scope.owner, tail) if tail else scope.owner
        if head in scope.imported:
            base = scope.imported[head]
            return self.canonical(f"{base}.{tail}" if tail else base)
        if head in scope.classes or head in scope.assigned:
            kind = self.class_of(ast.Name(head), scope)
            return self._attribute(kind, tail) if kind and tail else self._aliased(head, tail, scope)
        return self.canonical(f"{scope.module}.{name}") if self._knows(scope.module, head) else name

    def imported(self, name: str, scope: Scope) -> bool:
        """Whether a name of a function comes from another module."""
        return name in scope.imported or name in self._names[scope.module]

    def _aliased(self, head: str, tail: str, scope: Scope) -> str:
        """`verb = services.accept` in a function; nothing when it was assigned anything but a name."""
        meant = scope.assigned.get(head)
        if meant is None or tail or not dotted(meant) or dotted(meant).partition(".")[0] == head:
            return ""
        return self.resolve(meant, scope)

    def _knows(self, module: str, name: str) -> bool:
        full = f"{module}.{name}"
        return name in self._names[module] or full in self.functions or full in self.classes

    def _method(self, node: ast.expr, scope: Scope) -> str:
        """`Class(...).method` and `made(...).method`, by the class and by the annotation of what is returned."""
        if not isinstance(node, ast.Attribute):
            return ""
        kind = self.class_of(node.value, scope)
        return self._attribute(kind, node.attr) if kind else ""

    def _attribute(self, kind: str, name: str) -> str:
        """A method where the class, or the nearest of its bases, defines it."""
        node = self.classes.get(kind)
        if node is None or f"{kind}.{name}" in self.functions:
            return f"{kind}.{name}"
        scope = Scope(self._split(kind)[0])
        for base in node.bases:
            found = self._attribute(self.resolve(base, scope), name)
            if found in self.functions:
                return found
        return f"{kind}.{name}"

    def class_of(self, node: ast.expr, scope: Scope) -> str:
        """The class of an expression where the text decides it: an annotation, a constructor, a returned annotation."""
        if isinstance(node, ast.Name):
            if node.id not in scope.known:
                scope.known[node.id] = ""  # while it is worked out, a variable made of itself is undecided
                scope.known[node.id] = self._class_of_name(node.id, scope)
            return scope.known[node.id]
        if isinstance(node, ast.Call):
            called = self.resolve(node.func, scope)
            if called in self.functions:
                returned, home = self.functions[called].returns, self._home[called][0]
                return self.annotated(returned, Scope(home)) if returned is not None else ""
            return called if called in self.classes else ""
        return ""

    def _class_of_name(self, name: str, scope: Scope) -> str:
        if name in scope.classes:
            return scope.classes[name]
        value = scope.assigned.get(name)
        return "" if value is None else self.class_of(value, scope)

    def called(self, function: str) -> Iterator[tuple[ast.Call, str]]:
        """Each call in a function (functions within it too) and the dotted name it reaches, "" when undecided.

        What waits for the commit is left out: it is no part of the transaction.
        """
        scope = self.scope(function)
        for node in _within_the_transaction(self.functions[function]):
            if isinstance(node, ast.Call):
                yield node, self.resolve(node.func, scope)

    @cached_property
    def calls(self) -> dict[str, set[str]]:
        """Function -> the functions of the program it calls."""
        return {
            name: {to for _node, to in self.called(name) if to in self.functions} for name in self.functions
        }

    def mentioned(self, nodes: Iterable[ast.AST], scope: Scope) -> set[str]:
        """The functions of the program that are called below some nodes, or handed on as a value."""
        inner = [n for node in nodes for n in ast.walk(node)]
        names = {self.resolve(n, scope) for n in inner if isinstance(n, ast.Name | ast.Attribute)}
        return (names | {self.resolve(n.func, scope) for n in inner if isinstance(n, ast.Call)}) & set(
            self.functions
        )

    def reaching(self, *targets: str) -> set[str]:
        """Every function that calls one of the targets, at once or through others; the targets themselves too."""
        found = set(targets)
        while more := {name for name, to in self.calls.items() if name not in found and to & found}:
            found |= more
        return found

    def reached(self, function: str) -> set[str]:
        """Every function of the program a function calls, at once or through others; itself too."""
        found, waiting = {function}, [function]
        while waiting:
            for name in self.calls[waiting.pop()] - found:
                found.add(name)
                waiting.append(name)
        return found

    def decorated(self, function: str, decorator: str) -> bool:
        """Whether a function carries a decorator, called or not."""
        scope = Scope(self.module_of(function))
        listed = self.functions[function].decorator_list
        return any(self.resolve(d.func if isinstance(d, ast.Call) else d, scope) == decorator for d in listed)


def _bound(node: ast.AST) -> list[tuple[str, ast.expr | None, ast.expr | None]]:
    """(name, annotation, value) of each variable a node binds."""
    if isinstance(node, ast.arg):
        return [(node.arg, node.annotation, None)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [(node.target.id, node.annotation, None)]
    if isinstance(node, ast.Assign):
        return [(target.id, None, node.value) for target in node.targets if isinstance(target, ast.Name)]
    return []


def _at_module_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a module, those under `if` and `try` too."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if isinstance(node, ast.If | ast.Try):
            waiting = [*node.body, *node.orelse, *waiting]


def _within_the_transaction(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it but what is handed to `on_commit`."""
    yield node
    if isinstance(node, ast.Call) and dotted(node.func).endswith("on_commit"):
        return
    for inner in ast.iter_child_nodes(node):
        yield from _within_the_transaction(inner)


@cache
def package(tree: Tree) -> Program:
    """The program of a tree's package, read once."""
    return Program.of(tree)
