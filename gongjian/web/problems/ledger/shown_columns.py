"""How an account's browser shows the ledger (显示方式): chosen columns, dense or comfortable; kept in a cookie."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from gongjian.web import cookies
from gongjian.web.problems.ledger.table_rows import ALWAYS, USUAL, all_headings

COOKIE = "ledger_shown"
DENSE = "dense"


@dataclass(frozen=True)
class Shown:
    """The columns a ledger shows, and whether its lines stand close together."""

    columns: tuple[str, ...] = USUAL
    dense: bool = False

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """The columns one may choose: name, heading, whether it is shown."""
        return [
            (name, text, name in self.columns) for name, text in all_headings().items() if name not in ALWAYS
        ]


def choose(columns: Iterable[str], *, dense: bool) -> Shown:
    """The known ones of these columns and those a row cannot do without, in their order."""
    wanted = {*columns, *ALWAYS}
    return Shown(tuple(name for name in all_headings() if name in wanted), dense)


def shown_to(request: HttpRequest) -> Shown:
    """What was chosen in this browser; the usual columns where nothing was."""
    words = cookies.kept(request, COOKIE)
    if words is None:
        return Shown()
    chosen = words.split(".")
    return choose(chosen, dense=DENSE in chosen)


def keep(response: HttpResponse, shown: Shown) -> HttpResponse:
    """Keep the choice in the browser for a year."""
    words = [*shown.columns, *([DENSE] if shown.dense else [])]
    return cookies.keep(response, COOKIE, ".".join(words))
