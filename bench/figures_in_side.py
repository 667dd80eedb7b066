"""The process that founds an office with its counties and townships and takes the sheet in; prints what it took as JSON."""

import json
import resource
import sys
import time
from datetime import date
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import django

from bench.ledgers_in_side import KILOBYTE, Spell, _found
from bench.pages import settled

COUNTIES, INDICATORS = 9, 10
FAULTY = 10  # one cell in so many


def _sheet(areas: list[Any], indicators: list[Any], months: list[date], *, times: Decimal) -> bytes:
    """Areas down, indicators and months across: a heading of two rows."""
    from openpyxl import Workbook

    book, dice = Workbook(write_only=True), Random(7)
    sheet = book.create_sheet("数据")
    places = [(one, month) for one in indicators for month in months]
    sheet.append(["地区", *(one.name for one, _month in places)])
    sheet.append(["", *(f"{month.year}年{month.month}月" for _one, month in places)])
    for number, area in enumerate(areas):
        row = [
            float(round(Decimal(100 + number + n) * times + Decimal(dice.random()), 2))
            for n in range(len(places))
        ]
        marks: list[Any] = ["约" if dice.randrange(FAULTY) == 0 else value for value in row]
        sheet.append([area.name, *marks])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _sent(client: Any, content: bytes) -> tuple[float, float]:
    """What a clerk waits for who sends the sheet on its page, until told what became of it."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    spell = Spell()
    sent = {"column": "REPORTED", "file": SimpleUploadedFile("数据.xlsx", content)}
    answer = client.post(reverse("figure-table"), sent, follow=True)
    if answer.status_code != 200 or not answer.redirect_chain:
        raise SystemExit(f"the page of the table answers {answer.status_code}")
    while "Refresh" in answer:  # a large sheet is worked through beside the requests
        time.sleep(0.05)
        answer = client.get(answer.request["PATH_INFO"])
    return spell.taken


def main(cells: int) -> None:
    """Found the office, take the sheet in twice, send it once on its page, draw the first page of the faults."""
    django.setup()
    from django.urls import reverse
    from django.utils import timezone

    from gongjian.engines.workdays.calendar import add_months
    from gongjian.indicators import queries
    from gongjian.indicators import services as indicators_room
    from gongjian.indicators.models import FigureBatch
    from gongjian.indicators.reading.cells import Said
    from gongjian.indicators.reading.tables import read_file
    from gongjian.people import services as people
    from gongjian.people.models import Area

    _admin, clerk = _found()
    at = timezone.now()
    city = Area.objects.get()
    counties = [
        people.add_area(
            city,
            name=f"第{n}区",
            short_name=f"{n}区",
            level="COUNTY",
            stat_code=f"4199{n:02}",
            by=None,
            at=at,
        )
        for n in range(1, COUNTIES + 1)
    ]
    indicators = [
        indicators_room.add_indicator(
            key=f"measure_{n}",
            name=f"第{n}项产值",
            english="",
            unit="亿元",
            nature="FLOW",
            source="统计部门",
            by=None,
            at=at,
        )
        for n in range(1, INDICATORS + 1)
    ]
    this = timezone.localdate(at).replace(day=1)
    months = [add_months(this, -n) for n in range(20, 0, -1)]
    wanted = cells // (INDICATORS * len(months))
    areas = list(counties)
    while len(areas) < wanted:
        n = len(areas)
        areas.append(
            people.add_area(
                counties[n % COUNTIES],
                name=f"第{n}镇",
                short_name=f"{n}镇",
                level="TOWNSHIP",
                stat_code=f"4199{n % COUNTIES + 1:02}{n:03}",
                by=None,
                at=at,
            )
        )
    seconds: dict[str, tuple[float, float]] = {}
    batch = FigureBatch()
    content = b""
    for step, times in (("", Decimal(1)), (", every value changed", Decimal("1.01"))):
        content = _sheet(areas[:wanted], indicators, months, times=times)
        spell = Spell()
        sheet = read_file(content, queries.known_names(year=this.year), chosen=Said(column="REPORTED"))
        seconds[f"reading{step}"] = spell.taken
        spell = Spell()
        batch = indicators_room.enter_figures(
            sheet.cells, faults=sheet.faults, via="FILE", file_name="数据.xlsx", by=clerk, at=timezone.now()
        )
        seconds[f"writing{step}"] = spell.taken
    clerk.must_change_password = False
    clerk.save()
    client = settled(clerk, backend="gongjian.web.session.Backend")
    content = _sheet(areas[:wanted], indicators, months, times=Decimal("1.02"))
    seconds["sent on the page, read, written and told, every value changed again"] = _sent(client, content)
    batch = FigureBatch.objects.latest("pk")
    spell = Spell()
    answer = client.get(reverse("figure-batch", args=[batch.pk]))
    seconds["the page of what was not taken"] = spell.taken
    if answer.status_code != 200:
        raise SystemExit(f"the page answers {answer.status_code}")
    told = {
        "seconds": seconds,
        "written": batch.written,
        "faults": len(sheet.faults),
        "kept": len(FigureBatch.objects.get(pk=batch.pk).faults),
        "megabytes": len(content) / KILOBYTE / KILOBYTE,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
