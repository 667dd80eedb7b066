"""What the numbers in prose must be: one entry for each name that `prose_numbers.toml` uses, computed from the code."""

import re
import tomllib
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from pathlib import Path
from statistics import NormalDist
from typing import Any

from django.conf import settings

from gongjian.assignments.states import QUESTIONS, Outcome, Step
from gongjian.assignments.supporting_units import services as supporting_units
from gongjian.cli.checks import folder, records
from gongjian.cli.checks.finding import Severity
from gongjian.complaints import services as complaints
from gongjian.complaints.rules import ANSWER_WITHIN
from gongjian.conf.options import OPTIONS
from gongjian.engines.clock import ladder, lights, regime_file
from gongjian.engines.files import pictures
from gongjian.engines.likeness import (
    character_pieces,
    related_groups,
    shared_words,
    similarity,
    thresholds,
    training,
)
from gongjian.engines.policy.binding import bound
from gongjian.engines.policy.one_firm import near_misses
from gongjian.engines.policy.tables import matching, table_file, verdicts
from gongjian.engines.policy.tables import near_misses as screening
from gongjian.engines.workdays.calendar import OfficeHours
from gongjian.enterprises.burden import services as burden
from gongjian.indicators import rules as indicators
from gongjian.indicators.confidence import rules as confidence
from gongjian.intake import report_file
from gongjian.invented_city.world import SIZES
from gongjian.ledgers.fact_import import workbook_reader
from gongjian.markets import queries as market
from gongjian.markets import rules as goods
from gongjian.notices import rules as notices
from gongjian.notices.models import Channel, QuietHours
from gongjian.people.accounts.password_words import MOST
from gongjian.people.attempts.limits import LIMITS
from gongjian.people.sessions.queries import KEPT_DAYS
from gongjian.people.states import Guard
from gongjian.policies.states import Grade
from gongjian.policies.verdicts import results_in_memory
from gongjian.problems.bulk import rules as bulk_rules
from gongjian.problems.closing_quality.queries import RATES
from gongjian.problems.closing_quality.rules import Rate, Z
from gongjian.problems.common_problems import queries as common_problems
from gongjian.problems.firm_word import services as firm_word
from gongjian.problems.states import WordMethod
from gongjian.problems.suggested_units import model_file
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.visits.states import NINE, WRITTEN
from gongjian.web.open311.operations import api
from tests.days.moments import MOMENTS
from tests.house import decisions, test_size
from tests.house.numbers import Value
from tests.house.sources import ROOT

MB = 1024 * 1024
FIRST_REFUSAL = 400
DAYS_OF_A_YEAR = 365
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BENCHMARKS = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
THRESHOLDS = ladder.Thresholds()


@cache
def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _regimes() -> list[dict[str, Any]]:
    return [_toml(path) for path in regime_file.FOLDER.glob("*.toml")]


def _panlong_days() -> int:
    return int(next(one["recheck_working_days"] for one in _regimes() if one["code"] == "panlong"))


def _option(name: str) -> Decimal:
    return Decimal(next(one.default for one in OPTIONS if one.name == name))


def _house_limits() -> tuple[int, int, int]:
    """Lines of a file, lines of a function, complexity: as the test of sizes and the linter's setting have them."""
    return test_size.LINES, test_size.FUNCTION, PROJECT["tool"]["ruff"]["lint"]["mccabe"]["max-complexity"]


def _rate() -> tuple[int, int, int]:
    """20 of 22 in per cent: the share and both ends of its interval."""
    rate = Rate(20, 22)
    share, (low, high) = rate.share or Decimal(0), rate.interval or (Decimal(0), Decimal(0))
    return round(100 * share), round(100 * low), round(100 * high)


def _measured(row: str, column: int) -> Decimal:
    """One figure of docs/benchmarks.md: the first row that begins so, and the number of the cell."""
    line = next(line for line in BENCHMARKS.splitlines() if line.startswith(f"| {row}"))
    return Decimal(line.split("|")[column].rpartition("= ")[2].replace(",", "").strip())


def _notes_of_five() -> tuple[int, int]:
    return round(5 * _measured("fresh |", 3)), 5


def _to_half(share: Decimal) -> Decimal:
    return round(2 * share) / Decimal(2)


def _seconds_for_a_million() -> tuple[int, int]:
    """Firms and policies of the measurement, which must have taken less than ten seconds, reading included."""
    policies = int(re.findall(r"growth in chunks of rows, (\d+) policies", BENCHMARKS)[0])
    return 1_000_000 if _measured("1,000,000 |", 2) < 10 else 0, policies


def _office_hours() -> tuple[Value, ...]:
    spans = OfficeHours().spans
    return tuple(moment for span in spans for moment in span)


def _quiet() -> tuple[time, time]:
    defaults = QuietHours()
    return defaults.starts, defaults.ends


def _pauses() -> tuple[Decimal, Decimal]:
    first = Decimal(notices.FIRST_PAUSE.seconds) / 60
    return first, first * notices.PAUSE_GROWTH


def _password_length() -> int:
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    options = [one.get("OPTIONS", {}) for one in validators]
    return int(next(one["min_length"] for one in options if "min_length" in one))


def _failures() -> tuple[int, int]:
    """How many failures of a name, and of an address, stop everything."""
    return LIMITS[Guard.SIGN_IN_NAME].most, LIMITS[Guard.SIGN_IN_ADDRESS].most


def _hours_of_failures() -> float:
    hours = {
        LIMITS[guard].within.total_seconds() / 3600 for guard in (Guard.SIGN_IN_NAME, Guard.SIGN_IN_ADDRESS)
    }
    return hours.pop() if len(hours) == 1 else 0


def _refusals() -> tuple[int, ...]:
    """Every answer of the interface that is a refusal, as its own document has them."""
    paths = api.get_openapi_schema(path_prefix="/").get("paths", {}).values()
    codes = {int(code) for path in paths for operation in path.values() for code in operation["responses"]}
    return tuple(sorted(code for code in codes if code >= FIRST_REFUSAL))


def _half_year() -> Decimal:
    return round(Decimal(common_problems.DAYS_BACK) / DAYS_OF_A_YEAR, 1)


BANDS = ("LOW", "MILD", "FAIR")


def _confidence_example(now: tuple[int, int], expected: tuple[int, int]) -> tuple[Value, ...]:
    first, second = (
        confidence.Shares(good, 100 - good - bad, bad).index or 0 for good, bad in (now, expected)
    )
    weights = confidence.weights()
    return (*now, first, *expected, second, weights[0] * first + weights[1] * second)


VALUES: dict[str, Callable[[], Value | tuple[Value, ...]]] = {
    "levels of a check": lambda: tuple(int(level) for level in Severity),
    "GB of disk": lambda: (Decimal(folder.LITTLE) / 10**9, Decimal(folder.HARDLY) / 10**9),
    "days of a back-up": lambda: (folder.STALE.days, folder.LOST.days),
    "month of the calendar": lambda: records.ANNOUNCED_FROM,
    "answer when well": lambda: HTTPStatus.OK.value,
    "answer when ill": lambda: HTTPStatus.SERVICE_UNAVAILABLE.value,
    "width of a line": lambda: PROJECT["tool"]["ruff"]["line-length"],
    "days of the pass": lambda: len(MOMENTS),
    "python": lambda: Decimal(PROJECT["project"]["requires-python"].removeprefix(">=")),
    "firms and problems of the city": lambda: (SIZES["city"].firms, SIZES["city"].problems),
    "headings and written headings": lambda: (len(NINE), len(WRITTEN)),
    "headings": lambda: len(NINE),
    "written headings": lambda: len(WRITTEN),
    "regimes": lambda: len(_regimes()),
    "published practices": lambda: sum(one["code"] != "fixed" for one in _regimes()),
    "working days for putting right in Panlong": _panlong_days,
    "rates": lambda: len(RATES),
    "ways of a word": lambda: len(WordMethod),
    "characters of a word code": lambda: firm_word.CODE_LENGTH,
    "days of a word code": lambda: firm_word.CODE_DAYS,
    "questions of the check": lambda: len(QUESTIONS),
    "confidence of an interval": lambda: round(100 * (2 * NormalDist().cdf(float(Z)) - 1)),
    "outcomes": lambda: len(Outcome),
    "20 of 22 and interval": lambda: (20, 22, *_rate()),
    "22, 20 and interval": lambda: (22, 20, *_rate()),
    "20, 22, interval and share": lambda: (20, 22, *_rate()[1:], _rate()[0]),
    "failures and hours of the lock": lambda: (settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME),
    "failures of a name, of an address, hours": lambda: (*_failures(), _hours_of_failures()),
    "failures of a name, of an address, minutes": lambda: (*_failures(), _hours_of_failures() * 60),
    "hours, failures of a name, of an address": lambda: (_hours_of_failures(), *_failures()),
    "hours of rest and of a session": lambda: (
        settings.IDLE_MINUTES / 60,
        settings.SESSION_COOKIE_AGE / 3600,
    ),
    "years a sign-in is kept": lambda: round(KEPT_DAYS / 365, 1),
    "characters of a password": lambda: (_password_length(), MOST),
    "MB of an attachment": lambda: _option("UPLOAD_MB"),
    "MB of a workbook or a report": lambda: (
        workbook_reader.LARGEST / MB if workbook_reader.LARGEST == report_file.LIMIT else 0
    ),
    "file, function, complexity": _house_limits,
    "lines of a decision record": lambda: decisions.LONGEST,
    "pixels of a picture": lambda: pictures.LONGEST,
    "decimals of a fact": lambda: bound.PLACES,
    "boards kept": lambda: results_in_memory.KEPT,
    "weights of the confidence index": confidence.weights,
    "example of the confidence index": lambda: _confidence_example((35, 15), (40, 10)),
    "bands of the confidence index": lambda: tuple(
        indicators.thresholds()["confidence"]["below"][one] for one in BANDS
    ),
    "answers of a result": confidence.least,
    "common share": lambda: _option("COMMON_SHARE"),
    "goods right of five": _notes_of_five,
    "five, of them goods right": lambda: _notes_of_five()[::-1],
    "minutes of undo": lambda: Decimal(int(bulk_rules.UNDO_WITHIN.total_seconds())) / 60,
    "minutes between runs": lambda: _option("TICK_SECONDS") / 60,
    "days a report is fresh": lambda: _toml(burden.FILE)["fresh_days"]["REPORT"],
    "minutes of a question": lambda: (
        min(_toml(burden.FILE)["minutes"].values()),
        max(_toml(burden.FILE)["minutes"].values()),
    ),
    "half a year of proposals": _half_year,
    "share beside that belongs": lambda: _to_half(
        _measured("the city's wordings, with those beside | 0.15 |", 3)
    ),
    "share missed": lambda: _to_half(1 - _measured("the city's wordings, with those beside | 0.15 |", 4)),
    "characters of a complaint code": lambda: complaints.CODE_LENGTH,
    "working days of an answer": lambda: ANSWER_WITHIN,
    "suggested units": lambda: suggested_units.SUGGESTIONS_SHOWN,
    "working days of support": lambda: supporting_units.SUPPORT_DAYS,
    "steps of the ladder": lambda: len(Step),
    "working days before reminder": lambda: THRESHOLDS.reminder_before,
    "working days to supervision": lambda: THRESHOLDS.supervision_after,
    "working days to interview": lambda: THRESHOLDS.interview_after,
    "used share and days left of yellow": lambda: (Decimal(lights.USED_TENTHS) / 10, lights.FEW_LEFT),
    "used tenths and days left of yellow": lambda: (lights.USED_TENTHS, lights.FEW_LEFT),
    "working days to dark red": lambda: lights.GRAVE_AFTER,
    "firms for one product": lambda: market.MOST_FIRMS,
    "quiet hours": _quiet,
    "characters of an address": lambda: len(
        Channel(address="mailto://secret@host").masked.rpartition("•")[2]
    ),
    "refusals of the interface": _refusals,
    "first two pauses": _pauses,
    "verdicts on a page": lambda: len(Grade),
    "a million firms in seconds": _seconds_for_a_million,
    "columns of a result": lambda: len(matching.SCHEMA),
    "office hours": _office_hours,
    "characters of a piece": lambda: character_pieces.LONGEST_PIECE,
    "columns of likeness": lambda: similarity.WIDTH,
    "per cent of growth": lambda: similarity.GROWTH * 100,
    "near a group": lambda: thresholds.SAME_MATTER,
    "means alike": lambda: thresholds.SAME_GROUP,
    "least members, firms and half a year": lambda: (
        common_problems.LEAST_MEMBERS,
        common_problems.LEAST_FIRMS,
        _half_year(),
    ),
    "groups beside and their likeness": lambda: (related_groups.MOST_RELATED, thresholds.RELATED_GROUP),
    "share of a group and of all others": lambda: (
        shared_words.SHARE_OF_GROUP,
        shared_words.COMMON_ELSEWHERE,
    ),
    "likeness of a hint": lambda: common_problems.LEAST_LIKENESS,
    "fit of the same name": lambda: goods.SAME,
    "fit of a part": lambda: goods.INSIDE,
    "fit of a kind": lambda: goods.KIND,
    "fit of an end": lambda: goods.HEAD,
    "least fit": lambda: goods.LEAST_FIT,
    "same chain": lambda: goods.CHAIN,
    "township, county, city": lambda: (goods.TOWNSHIP, goods.COUNTY, goods.CITY),
    "per cent held back": lambda: training.HELD_BACK * 100,
    "per cent to train again": lambda: model_file.GROWTH_TO_RETRAIN * 100,
    "firms of a block": lambda: (verdicts.LARGE_BLOCK, verdicts.BLOCK),
    "bytes of both rails": lambda: 2 * verdicts.LARGE_BLOCK / 8 / 1024,
    "firms of a chunk": lambda: table_file.PIECE,
    "near of a threshold": lambda: Decimal(near_misses.NEAR.numerator) / near_misses.NEAR.denominator,
    "edge": lambda: (10, round(-Decimal(str(screening.EDGE)).log10())),
}
