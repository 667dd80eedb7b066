"""What an answer leaves in the database while a round is open: a sealed paper and a sealed mark, each a row of a number drawn by lot.

They are sealed with the instance's own key, which lies beside the database and never in it (conf/settings.py): whoever has the
file alone can neither read a paper nor try whose mark it is. The drawn numbers are the row numbers of SQLite too, so that rows
stand in no order of time. A paper and the mark of its firm name nothing the other names.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.crypto import salted_hmac

from gongjian.indicators.confidence.groups import ALL, Group
from gongjian.indicators.confidence.rules import Paper, Tally, group_code, mark_of, read_paper, seal_paper
from gongjian.indicators.models import ConfidenceSurvey, SealedAnswer, SealedAnswerer
from gongjian.indicators.states import GroupKind

LARGEST = 2**62
TOGETHER = 2000  # rows of one statement


def _key(survey_pk: int, use: str) -> bytes:
    return bytes(salted_hmac("confidence", f"{use} {survey_pk}", algorithm="sha256").digest())


def _drawn() -> int:
    return secrets.randbelow(LARGEST) + 1


def key_check(survey: ConfidenceSurvey) -> str:
    """What tells whether the key is still the one the round was opened with."""
    return mark_of("key", _key(survey.pk, "check"))


def seal_firm(survey: ConfidenceSurvey, firm: int) -> str:
    """The mark of a firm in this round."""
    return mark_of(str(firm), _key(survey.pk, "mark"))


def put_in(survey: ConfidenceSurvey, papers: Iterable[Paper], firms: Iterable[int]) -> None:
    """Keep the sealed papers, and, apart from them, the marks of the firms that have answered."""
    key = _key(survey.pk, "paper")
    sealed = [
        SealedAnswer(key=_drawn(), survey=survey, paper=seal_paper(one, key, secrets.token_bytes))
        for one in papers
    ]
    marks = [SealedAnswerer(key=_drawn(), survey=survey, mark=seal_firm(survey, firm)) for firm in firms]
    for rows in (sealed, marks):
        secrets.SystemRandom().shuffle(rows)
    SealedAnswer.objects.bulk_create(sealed, batch_size=TOGETHER)
    SealedAnswerer.objects.bulk_create(marks, batch_size=TOGETHER)


def open_papers(survey: ConfidenceSurvey, groups: Iterable[Group]) -> dict[Group, Tally]:
    """What was answered by all, and in each group; empty with another key than the papers were sealed with."""
    key = _key(survey.pk, "paper")
    sealed = SealedAnswer.objects.filter(survey=survey).values_list("paper", flat=True)
    papers = [paper for paper in (read_paper(one, key) for one in sealed) if paper is not None]
    groups = [group for group in groups if group != ALL]
    return {ALL: _tally(papers)} | {group: _of_group(papers, group) for group in groups}


def _of_group(papers: Sequence[Paper], group: Group) -> Tally:
    code = group_code(group.kind, group.name)
    sector = group.kind == GroupKind.SECTOR
    return _tally([paper for paper in papers if (paper.sector if sector else paper.area) == code])


def _tally(papers: Sequence[Paper]) -> Tally:
    return Tally(Counter((paper.now, paper.expected) for paper in papers))


def destroy(survey: ConfidenceSurvey) -> None:
    """Delete what was sealed; what is deleted is overwritten (`secure_delete`, conf/settings.py)."""
    SealedAnswer.objects.filter(survey=survey).delete()
    SealedAnswerer.objects.filter(survey=survey).delete()
