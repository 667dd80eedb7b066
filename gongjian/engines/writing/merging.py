"""Two versions of one text brought together, line by line: what only one side changed is taken, the rest is a clash."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Some lines of the text both sides started from, and what each made of them."""

    base: Lines
    mine: Lines
    theirs: Lines

    @property
    def clash(self) -> bool:
        """Whether both sides changed these lines, each in another way."""
        return self.mine not in (self.base, self.theirs) and self.theirs != self.base

    @property
    def settled(self) -> Lines:
        """The lines to keep where there is no clash."""
        return self.theirs if self.mine == self.base else self.mine


def merge(base: str, mine: str, theirs: str) -> list[Block]:
    """The text in blocks, in order; `"\\n".join` of the settled lines of all is the text with both sides' changes."""
    old, ours, others = base.splitlines(), mine.splitlines(), theirs.splitlines()
    found: list[Block] = []
    for (b0, m0, t0), (b1, m1, t1) in pairwise(_anchors(old, ours, others)):
        block = Block(tuple(old[b0:b1]), tuple(ours[m0:m1]), tuple(others[t0:t1]))
        found += _lines(block) if len(block.base) == len(block.mine) == len(block.theirs) else [block]
    return [block for block in found if block.base or block.mine or block.theirs]


def _lines(block: Block) -> Iterator[Block]:
    """As many lines on all sides: each line by itself, so that neighbours do not clash."""
    for base, mine, theirs in zip(block.base, block.mine, block.theirs, strict=True):
        yield Block((base,), (mine,), (theirs,))


def _anchors(old: Sequence[str], ours: Sequence[str], others: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where all three texts stand at the same line: begin and end of each run of lines that nobody changed."""
    to_ours, to_others = _same(old, ours), _same(old, others)
    places = [(0, 0, 0)]
    for line in range(len(old)):
        if line in to_ours and line in to_others:
            here = (line, to_ours[line], to_others[line])
            places += [here, (here[0] + 1, here[1] + 1, here[2] + 1)]
    return [*places, (len(old), len(ours), len(others))]


def _same(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Lines of the old text that stand in the new one, by their numbers."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}
