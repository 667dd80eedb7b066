"""Reads YAML that people write: an escape (\\u200b, \\x02) brings in no sign that the doors take out."""

from typing import Any

import yaml

from gongjian.engines.writing.signs import clean_text

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Clean(_LOADER):  # type: ignore[misc]  # the library picks its own base
    """Cleans each text once, however often it is referred to."""

    def construct_scalar(self, node: yaml.ScalarNode) -> Any:
        value = super().construct_scalar(node)
        return clean_text(value) if isinstance(value, str) else value


def _refuse_aliases(text: str) -> None:
    """Nine lists of nine aliases each are a billion entries, so nothing may be referred to twice. Raises yaml.MarkedYAMLError."""
    if "*" not in text:
        return
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)  # type: ignore[arg-type]  # the C loader's mark serves as well


def read_yaml(text: str) -> Any:
    """The data of a YAML text. Raises yaml.YAMLError, ValueError or RecursionError."""
    _refuse_aliases(text)
    return yaml.load(text, Loader=_Clean)  # noqa: S506  a safe loader


def compose_yaml(text: str) -> yaml.Node | None:
    """The nodes of a YAML text with their places; None of an empty one. Raises yaml.YAMLError or RecursionError."""
    _refuse_aliases(text)
    root = yaml.compose(text, Loader=_LOADER)
    waiting = [root] if root else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            node.value = clean_text(node.value)
        elif isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return root
