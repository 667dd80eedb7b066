"""What is read out of a report: immutable values, each with its place in the report and a confidence."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class TextSpan:
    """One value and where it came from; `text` is the original `[start:end]`, `value` its clean form.

    `sentence_start`/`sentence_end` are offsets of the whole sentence in the original; `confidence` is 0-100;
    `by` is `rule` or `register`.
    """

    value: str
    text: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    confidence: int
    by: str = "rule"


@dataclass(frozen=True)
class ReportedCount:
    """A number and its measure word, such as 30 家."""

    number: Decimal
    unit: str
    span: TextSpan


@dataclass(frozen=True)
class Byline:
    """Who wrote and published the report and when; `year_basis` says where missing years came from: hint, published, text or empty."""

    source: TextSpan | None = None
    reporters: tuple[TextSpan, ...] = ()
    published: TextSpan | None = None
    year_basis: str = ""


@dataclass(frozen=True)
class ReportedEvent:
    """A meeting, visit, signing or ground-breaking; dates are ISO with XXXX / XX where unknown."""

    type: TextSpan
    title: TextSpan | None = None
    date_start: TextSpan | None = None
    date_end: TextSpan | None = None
    part: TextSpan | None = None
    unit: TextSpan | None = None
    place: TextSpan | None = None
    lead: TextSpan | None = None
    people: tuple[TextSpan, ...] = ()
    enterprises: tuple[TextSpan, ...] = ()
    sectors: tuple[TextSpan, ...] = ()
    projects: tuple[TextSpan, ...] = ()
    counts: tuple[ReportedCount, ...] = ()


@dataclass(frozen=True)
class ReportedPerson:
    """A named person with posts as printed; `conflict` is a Chinese sentence when the register knows another post."""

    name: TextSpan
    posts: tuple[TextSpan, ...] = ()
    conflict: str = ""


@dataclass(frozen=True)
class Quote:
    """Direct words of at least ten characters; `speaker` is None when nobody is named."""

    speaker: TextSpan | None
    text: TextSpan


@dataclass(frozen=True)
class Commitment:
    """A requirement, promise or task handed over (`mode`); `deadline` in working days when the text gives a length."""

    text: TextSpan
    by: TextSpan | None = None
    to: TextSpan | None = None
    deadline_text: TextSpan | None = None
    deadline: int | None = None
    mode: str = "要求"


@dataclass(frozen=True)
class Honour:
    """Who was honoured with what, and for how many things."""

    recipient: TextSpan
    honour: TextSpan
    count: int | None = None


@dataclass(frozen=True)
class PolicyMeasure:
    """A policy that was issued."""

    what: TextSpan
    by: TextSpan | None = None


@dataclass(frozen=True)
class ReportDraft:
    """Everything read out of one report; all fields are empty when nothing was recognised."""

    byline: Byline = field(default_factory=Byline)
    events: tuple[ReportedEvent, ...] = ()
    people: tuple[ReportedPerson, ...] = ()
    speakers: tuple[TextSpan, ...] = ()
    quotes: tuple[Quote, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    honours: tuple[Honour, ...] = ()
    problems: tuple[TextSpan, ...] = ()
    campaign: TextSpan | None = None
    targets: tuple[TextSpan, ...] = ()
    visit_topics: tuple[TextSpan, ...] = ()
    policy_measures: tuple[PolicyMeasure, ...] = ()
