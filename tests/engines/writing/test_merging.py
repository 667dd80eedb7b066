"""Two versions of one text are brought together by lines; nothing that either side wrote is lost unseen."""

import random

import pytest

from gongjian.engines.writing.merging import merge


def text(*lines):
    return "\n".join(lines)


def settled(blocks):
    return [line for block in blocks for line in block.settled]


BASE = text("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (text("a", "B", "c", "d", "e"), text("a", "b", "c", "D", "e"), "aBcDe"),  # far apart
        (text("a", "B", "c", "d", "e"), text("a", "b", "C", "d", "e"), "aBCde"),  # neighbours
        (text("a", "b", "x", "c", "d", "e"), text("a", "b", "c", "d"), "abxcd"),  # one adds, one drops
        (text("z", "a", "b", "c", "d", "e"), text("a", "b", "c", "d", "e", "y"), "zabcdey"),  # at both ends
        (text("a", "B", "c", "d", "e"), text("a", "B", "c", "d", "e"), "aBcde"),  # the same change
        (BASE, text("e"), "e"),  # only the other
    ],
)
def test_what_only_one_side_changed_is_taken(mine, theirs, both):
    blocks = merge(BASE, mine, theirs)
    assert not any(block.clash for block in blocks)
    assert settled(blocks) == list(both)


@pytest.mark.parametrize(
    ("mine", "theirs", "clash"),
    [
        (text("a", "X", "c", "d", "e"), text("a", "Y", "c", "d", "e"), ("X", "Y")),
        (text("a", "c", "d", "e"), text("a", "Y", "c", "d", "e"), ("", "Y")),
        (text("a", "b", "x", "c", "d", "e"), text("a", "b", "y", "c", "d", "e"), ("x", "y")),
    ],
)
def test_what_both_changed_is_a_clash(mine, theirs, clash):
    (block,) = [block for block in merge(BASE, mine, theirs) if block.clash]
    assert ("".join(block.mine), "".join(block.theirs)) == clash


def test_texts_without_a_common_beginning_clash_as_a_whole():
    (block,) = merge("", "a", "b")
    assert block.clash


def changed(lines, chance):
    new = list(lines)
    for _n in range(chance.randint(0, 3)):
        place = chance.randrange(len(new) + 1)
        act = chance.choice(["add", "drop", "write"])
        if act == "add" or place == len(new):
            new.insert(place, f"n{chance.randint(0, 99)}")
        elif act == "drop":
            del new[place]
        else:
            new[place] = f"w{chance.randint(0, 99)}"
    return new


@pytest.mark.parametrize("seed", range(300))
def test_every_side_stands_whole_in_the_blocks(seed):
    chance = random.Random(seed)
    base = [f"line {n}" for n in range(chance.randint(0, 12))]
    mine, theirs = changed(base, chance), changed(base, chance)
    blocks = merge(text(*base), text(*mine), text(*theirs))
    for name, whole in (("base", base), ("mine", mine), ("theirs", theirs)):
        assert [line for block in blocks for line in getattr(block, name)] == whole
    if mine == base:
        assert settled(blocks) == theirs
    if theirs == base:
        assert settled(blocks) == mine
