"""English tells one from many."""

import pytest

from gongjian.engines.writing.one_or_many import one_or_many


@pytest.mark.parametrize(
    ("sentence", "values", "said"),
    [
        ("%(days)s working day|days left.", {"days": 1}, "1 working day left."),
        ("%(days)s working day|days left.", {"days": 2}, "2 working days left."),
        ("%(days)s working day|days left.", {"days": "1"}, "1 working day left."),
        ("%(firms)s firm|firms was|were told", {"firms": 1}, "1 firm was told"),
        ("%(name)s: %(moved)s record|records moved", {"name": "1号", "moved": 0}, "1号: 0 records moved"),
        (
            "%(a)s draft|drafts of %(b)s report|reports",
            {"a": 1, "b": 21},
            "1 draft of 21 reports",
        ),
        ("%(text)s", {"text": "1 a|b"}, "1 a|b"),
    ],
)
def test_one_and_many_are_told_by_the_number_before(sentence, values, said):
    assert one_or_many(sentence, values) % values == said
