"""Which calls change rows, and which of them stand in the transaction of an event, as far as the text decides it.

Not seen: `set`, `add` and `remove` of many-to-many fields, and SQL that is run one statement at a time.
"""

import ast
from functools import cache

from tests.house.calls import Program, Scope

ALWAYS = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "add_child",
    "add_root",
    "executemany",
    "create_together",
    "insert_rows",
}
ROWS_ONLY = {"update"}  # dictionaries and sets have it too: a write only where rows are at hand
QUERYSET = {
    "filter",
    "exclude",
    "all",
    "select_for_update",
    "select_related",
    "prefetch_related",
    "order_by",
    "only",
    "annotate",
    "distinct",
}
ATOMIC, RECORD = "django.db.transaction.atomic", "gongjian.audit.services.record"
MODELS = (
    "django.db.models.Model",
    "django.contrib.auth.models.",
    "treebeard.",
    "django.contrib.auth.base_user.",
)
ROWS = ("django.db.models.QuerySet", "django.db.models.Manager")
PLAIN = (
    ast.Dict | ast.Set | ast.List | ast.DictComp | ast.SetComp | ast.ListComp | ast.Constant | ast.JoinedStr
)


class Writes:
    """Finds the writes in the functions of a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._models: dict[str, bool] = {}

    def of(self, function: str) -> list[int]:
        """The lines of a function that write."""
        scope = self.program.scope(function)
        return [node.lineno for node, to in self.program.called(function) if self._writes(node, to, scope)]

    def _writes(self, node: ast.Call, to: str, scope: Scope) -> bool:
        if not isinstance(node.func, ast.Attribute) or to in self.program.functions:
            return False
        kind = self._kind(node.func.value, scope)
        return kind != "plain" if node.func.attr in ALWAYS else node.func.attr in ROWS_ONLY and kind == "rows"

    def _kind(self, node: ast.expr, scope: Scope) -> str:
        """rows: a model, a manager or a queryset; plain: anything else that is known; "" when undecided."""
        if isinstance(node, PLAIN):
            return "plain"
        if isinstance(node, ast.Attribute):
            return self._of_attribute(node, scope)
        if isinstance(node, ast.Call):
            return self._of_call(node, scope)
        return self._of_name(node, scope) if isinstance(node, ast.Name) else ""

    def _of_attribute(self, node: ast.Attribute, scope: Scope) -> str:
        if node.attr == "objects":
            return "rows"
        return self._of_class(self.program.resolve(node, scope))

    def _of_call(self, node: ast.Call, scope: Scope) -> str:
        if kind := self._of_class(self.program.class_of(node, scope)):
            return kind
        if isinstance(node.func, ast.Attribute):  # rows.filter(...), rows.get(...): of what they were
            return "rows" if node.func.attr in QUERYSET else self._kind(node.func.value, scope)
        return self._of_class(self.program.resolve(node.func, scope))

    def _of_name(self, node: ast.Name, scope: Scope) -> str:
        if kind := self._of_class(self.program.class_of(node, scope)):
            return kind
        value = scope.assigned.get(node.id)
        if value is None:
            return (
                self._of_class(self.program.resolve(node, scope))
                if self.program.imported(node.id, scope)
                else ""
            )
        inner = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
        return "" if node.id in inner else self._kind(value, scope)

    def _of_class(self, name: str) -> str:
        if not name:
            return ""
        if name.startswith(ROWS) or self.is_model(name):
            return "rows"
        outside = not name.startswith("gongjian.")  # dict, openpyxl.Workbook, django.core.cache.cache
        return "plain" if outside or name in self.program.classes else ""

    def is_model(self, name: str) -> bool:
        """Whether a class is a model of Django."""
        if name not in self._models:
            self._models[name] = name.startswith(MODELS)
            node = self.program.classes.get(name)
            if node is not None:
                scope = Scope(self.program.canonical(name).rpartition(".")[0])
                self._models[name] = any(
                    self.is_model(self.program.resolve(base, scope)) for base in node.bases
                )
        return self._models[name]


class Shelter:
    """Which functions write only within a transaction that leaves an event: their own, or that of all who call them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.recording = program.reaching(RECORD)
        self.atomic = {name for name in program.functions if program.decorated(name, ATOMIC)}
        self._calls = {name: self._edges(name) for name in program.functions}
        self.sheltered = self._spread()

    def _edges(self, name: str) -> tuple[set[str], set[str]]:
        """What a function mentions within a recording block of its own, and what it mentions outside."""
        scope, blocks = self.program.scope(name), self.blocks(name)
        within = {id(inner) for block in blocks for inner in ast.walk(block)}
        every = ast.walk(self.program.functions[name])
        rest = [n for n in every if isinstance(n, ast.Name | ast.Attribute) and id(n) not in within]
        outside = {to for n in rest if (to := self.program.resolve(n, scope)) in self.program.functions}
        return self.program.mentioned(blocks, scope), outside

    def blocks(self, name: str) -> list[ast.AST]:
        """The parts of a function that are one transaction with an event in it."""
        scope, node = self.program.scope(name), self.program.functions[name]
        if name in self.atomic:
            return [node] if name in self.recording else []
        found: list[ast.AST] = [inner for inner in ast.walk(node) if isinstance(inner, ast.With)]
        return [
            block
            for block in found
            if isinstance(block, ast.With)
            and any(
                isinstance(i.context_expr, ast.Call)
                and self.program.resolve(i.context_expr.func, scope) == ATOMIC
                for i in block.items
            )
            and self.program.mentioned([block], scope) & self.recording
        ]

    def _spread(self) -> set[str]:
        """Begin with the verbs; add who is mentioned under shelter alone, until nobody is added."""
        found = {RECORD} | (self.atomic & self.recording)
        while True:
            under, open_ = set(), set()
            for name, (within, outside) in self._calls.items():
                under |= within | (outside if name in found else set())
                open_ |= set() if name in found else outside - {name}
            more = (under - open_) - found
            if not more:
                return found
            found |= more

    def covers(self, name: str, line: int) -> bool:
        """Whether a line of a function stands under shelter."""
        spans = [(getattr(b, "lineno", 0), getattr(b, "end_lineno", 0)) for b in self.blocks(name)]
        return name in self.sheltered or any(first <= line <= last for first, last in spans)


@cache
def shelter(program: Program) -> Shelter:
    """The shelter of a program, worked out once."""
    return Shelter(program)
