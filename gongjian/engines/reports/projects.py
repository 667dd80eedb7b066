"""Projects named in a range of the text."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.firm_names import LONGEST, SHORTEST, NameMention, longest_names, noun_start
from gongjian.engines.reports.vocabulary import either, words


@cache
def _project_ending() -> re.Pattern[str]:
    return re.compile(either(words("firms", "project")))


def find_projects(source: SourceText, start: int, end: int) -> list[NameMention]:
    """The projects named in a range, each once."""
    projects: list[NameMention] = []
    floor = start
    for match in _project_ending().finditer(source.text, start, end):
        low = noun_start(source.text, match.start(), max(floor, match.start() - LONGEST), match.end())
        floor = match.end()
        stem = re.sub(r"^(?:\d{1,9}(?:\.\d{1,4})?(?:亿|万)?元)", "", source.text[low : match.start()])
        low = match.start() - len(stem)
        if _is_project(stem) and not _names_no_project(source.text, match.end()):
            projects.append(NameMention(source.text[low : match.end()], low, match.end()))
    return longest_names(projects)


def _names_no_project(text: str, end: int) -> bool:
    """Whether the word goes on, as in 项目建设, 工程师 or 工程有限公司, and so names no project."""
    return bool(
        re.match(
            r"建设(?!现场)|师|推进|招引|落地|谋划|清单|审批|数|投资|库|质量|[是要将]|为王|投产|负责|储备|签约|专班|部|攻坚|双|集中|局|处|院|机械|技术|集团|总数|共|个数|化|进度|申报|工作|名单|服务|管理|资金|用地",
            text[end : end + 3],
        )
    ) or bool(re.match(r"[一-鿿]{0,6}(?:有限|公司|集团)", text[end : end + 10]))


def _is_project(stem: str) -> bool:
    if re.search(r"负责人|代表|^年$|^年度|以上|宣布|推动|共同|领导|嘉宾|一批|有关|相关", stem):
        return False
    generic = re.sub(either(words("firms", "not_projects")), "", stem)
    generic = re.sub(r"(?:第?[一二三四]季度|\d{4}年度?|[上下]半年|\d{1,2}月份?|全年|本月|当年)", "", generic)
    return (
        len(stem) > SHORTEST
        and len(generic) >= SHORTEST
        and not re.search(r"[\d一二三四五六七八九十]+[个项](?!目)", stem)
    )
