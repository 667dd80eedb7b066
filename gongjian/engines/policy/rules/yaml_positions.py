"""YAML with positions (定位): the line and column of every field and of every character in a text."""

from dataclasses import dataclass, field

import yaml

from gongjian.engines.policy.facts.catalogue import closest
from gongjian.engines.policy.language.errors import BadExpression, BadRule, Fault, suggested
from gongjian.engines.writing.clean_yaml import compose_yaml

Node = yaml.nodes.Node


@dataclass
class RuleText:
    """The text of one rule file while it is read; collects its faults."""

    text: str
    name: str = ""
    faults: list[Fault] = field(default_factory=list)
    # Definitions that cannot be read; whatever names one is not told again.
    broken: frozenset[str] = frozenset()

    def root(self) -> Node:
        """The outermost mapping. Raises BadRule when the text is no YAML or no mapping."""
        try:
            node = compose_yaml(self.text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._unreadable(mark.line if mark else 0, mark.column if mark else 0) from error
        except yaml.YAMLError as error:
            before = self.text[: getattr(error, "position", 0)]
            raise self._unreadable(before.count("\n"), len(before) - before.rfind("\n") - 1) from error
        except RecursionError as error:
            raise self._unreadable(0, 0) from error
        if not isinstance(node, yaml.MappingNode):
            line, column = (node.start_mark.line, node.start_mark.column) if node else (0, 0)
            raise BadRule([Fault(line + 1, column + 1, "not_a_rule")], name=self.name)
        return node

    def _unreadable(self, line: int, column: int) -> BadRule:
        lines = self.text.splitlines() or [""]
        line = min(line, len(lines) - 1)
        line_text = lines[line].strip()[:24]
        return BadRule(
            [Fault(line + 1, min(column, len(lines[line])) + 1, "yaml", {"found": line_text})], name=self.name
        )

    def written(self, node: Node) -> str:
        """What a sentence quotes of a node: its text, or as it stands in the file."""
        text = node.value if isinstance(node, yaml.ScalarNode) else self.text[node.start_mark.index :]
        return str(text)[:24].split("\n")[0]

    def fault(self, node: Node, code: str, **facts: str) -> None:
        """Add a fault at the beginning of a node."""
        mark = node.start_mark
        self.faults.append(Fault(mark.line + 1, mark.column + 1, code, facts))

    def fault_at(self, line: int, column: int, code: str, **facts: str) -> None:
        """Add a fault at a line and column."""
        self.faults.append(Fault(line, column, code, facts))

    def fault_inside(self, node: Node, error: BadExpression) -> None:
        """Add a fault inside the text of a node."""
        if error.code == "unknown_fact" and error.facts.get("name") in self.broken and self.faults:
            return
        line, column = self.position(node, error.offset)
        self.faults.append(Fault(line, column, error.code, error.facts))

    def position(self, node: Node, offset: int) -> tuple[int, int]:
        """Line and column of a character of a scalar of any style; its characters are found again in the file."""
        raw = self.text[node.start_mark.index : node.end_mark.index]
        style = getattr(node, "style", None)
        at = 0 if style not in ("'", '"') else 1
        if style in ("|", ">"):
            at = raw.find("\n") + 1
        last = at
        for char in node.value[: offset + 1]:
            if char.isspace():
                continue
            index = raw.find(char, at)
            if index < 0:
                break
            last, at = index, index + 1
        if offset >= len(node.value):
            last = at
        before = self.text[: node.start_mark.index + last]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def mapping(self, node: Node, known: tuple[str, ...] | None, *, name: str) -> dict[str, Node]:
        """The fields of a mapping; unknown and repeated fields are faults. `known` None: any name is allowed."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, "wants_mapping", name=name)
            return {}
        fields: dict[str, Node] = {}
        for key, value in node.value:
            word = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if word in fields:
                self.fault(key, "twice", name=word)
            elif known is not None and word not in known:
                near = suggested(closest(word, known)) or "、".join(known)
                self.fault(key, "unknown_field", name=word, suggestion=near)
            else:
                fields[word] = value
        return fields

    def items(self, node: Node | None, *, name: str) -> list[Node]:
        """The items of a list; empty if there is none."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, "wants_list", name=name)
            return []
        return list(node.value)

    def text_field(self, fields: dict[str, Node], name: str, *, parent: Node, needed: bool = True) -> str:
        """The text of a field; empty after adding a fault."""
        node = fields.get(name)
        if node is None:
            if needed:
                self.fault(parent, "missing_field", name=name)
            return ""
        if not isinstance(node, yaml.ScalarNode) or (node.tag.endswith((":bool", ":null")) and node.value):
            self.fault(node, "wants_text", name=name)
            return ""
        if needed and not node.value.strip():
            self.fault(node, "empty_field", name=name)
        return str(node.value).strip()
