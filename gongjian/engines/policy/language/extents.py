"""How large and how deep an expression is once all that it names stands in it (规模): what follows takes time by that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongjian.engines.policy.language import nodes as n
from gongjian.engines.policy.language.grammar import DEEPEST

LARGEST = 3_000
MONTHS_OF_A_YEAR = 12
Node = n.Bool | n.Numeric


@dataclass(frozen=True)
class Extent:
    """`parts`: facts, constants and operations, each as often as it is named; `depth`: how far they are nested."""

    parts: int = 1
    depth: int = 1

    @property
    def fault(self) -> str:
        """The code of the fault of an expression of this extent; "" when it can be worked with."""
        if self.depth > DEEPEST:
            return "too_deep"
        return "too_many_parts" if self.parts > LARGEST else ""


ALONE = Extent()
Named = Mapping[int, Extent]  # id of the expression of a definition -> its extent


def extent(node: Node, named: Named, policies: Mapping[str, Extent]) -> Extent:
    """The extent of an expression. `policies`: those of the policies it may ask for; others count as one part."""
    if (known := named.get(id(node))) is not None:
        return known
    if isinstance(node, n.MeetsPolicy):
        return policies.get(node.code, ALONE)
    if isinstance(node, n.Months):
        return Extent(MONTHS_OF_A_YEAR, 2)
    return together(extent(below, named, policies) for below in _below(node))


def together(extents: Iterator[Extent]) -> Extent:
    """The extent of what consists of these."""
    parts, depth = 1, 0
    for each in extents:
        parts, depth = parts + each.parts, max(depth, each.depth)
    return Extent(parts, depth + 1)


def _below(node: Node) -> Iterator[Node]:
    match node:
        case n.Plus() | n.Times() | n.Compare():
            yield from (node.left, node.right)
        case n.And() | n.Or():
            yield from node.parts
        case n.Not():
            yield node.part
        case n.LeastGreatest():
            yield from node.among
        case n.CaseWhen():
            for test, value in node.steps:
                yield from (test, value)
            yield node.otherwise
