"""The printed ledger: landscape, and at least ten rows on a full page."""

import json
import subprocess
import sys

import pytest
from pypdfium2 import PdfDocument

from gongjian.web.paging import PAGE
from tests.journeys.conftest import ROOT
from tests.journeys.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow(90), pytest.mark.enable_socket]
ROWS = 10


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = tmp_path_factory.mktemp("printed")
    command = [sys.executable, "-m", "tests.journeys.small_city", str(home)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    server = Server(home).start()
    yield server, json.loads(made.stdout.strip().splitlines()[-1])
    server.kill()


def test_a_printed_ledger_lies_across_and_holds_ten_rows_a_page(browser, served):
    server, known = served
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": known["CLERK"]["cookie"], "url": server.address}])
    page = context.new_page()
    page.goto(server.address + "/problems/")
    rows = page.locator("table.ledger tbody tr").count()
    assert rows == PAGE
    sheets = list(PdfDocument(page.pdf(prefer_css_page_size=True)))
    context.close()
    numbers = [sheet.get_textpage().get_text_range().count("WT20") for sheet in sheets]
    assert sum(numbers) == rows
    listed = [sheet for sheet, n in zip(sheets, numbers, strict=True) if n]
    assert all(sheet.get_width() > sheet.get_height() for sheet in listed)
    assert max(numbers) >= ROWS
    assert len(listed) <= 2
