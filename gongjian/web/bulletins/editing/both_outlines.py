"""What two people did to the parts of one outline: who moved them, which part was taken out under somebody's hands."""

from collections.abc import Iterable, Sequence

from gongjian.bulletins.editing.outline import Block, can_type, with_keys
from gongjian.bulletins.models import Bulletin


def settled_order(stored: Sequence[str], opened: Sequence[str], mine: Sequence[str]) -> Sequence[str] | None:
    """The order of the parts both agree on; None where both moved them, each in another way.

    `stored` is how the parts stand now, `opened` how they stood when the page was drawn, `mine` how the page has put them.
    Parts that one side added or took out say nothing about who moved what.
    """
    shared = set(stored) & set(opened) & set(mine)
    here, before, wanted = ([key for key in keys if key in shared] for keys in (stored, opened, mine))
    if wanted in (before, here):
        return stored
    return mine if here == before else None


def taken_out(bulletin: Bulletin, blocks: Iterable[Block], keys: Iterable[str]) -> list[Block]:
    """The parts of these keys that the outline no longer has, as the newest version that had them kept them."""
    missing = set(keys) - {block["key"] for block in blocks}
    found: dict[str, Block] = {}
    if missing:
        for version in bulletin.versions.order_by("-number"):
            for block in with_keys(version.content.get("blocks", [])):
                if block["key"] in missing and can_type(block):
                    found.setdefault(block["key"], block)
    return list(found.values())
