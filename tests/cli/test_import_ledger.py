"""`gongjian import`: the same import as on the page, with its sentences, exit codes and progress."""

import openpyxl
import pytest

from gongjian.cli.import_ledger import _Progress
from gongjian.cli.main import main
from gongjian.enterprises.models import Fact
from gongjian.imports.models import ImportBatch
from gongjian.people.models import Person, Unit
from tests import scenes
from tests.books import book
from tests.factories import AccountFactory, AreaFactory, ContactFactory


@pytest.fixture
def c(db):
    made = scenes.city()
    made.clerk.username = "clerk"
    made.clerk.save()
    return made


@pytest.fixture
def units(tmp_path):
    file = tmp_path / "单位.xlsx"
    file.write_bytes(book(["单位名称", "地区"], ["安川市外办", None], ["安川市侨办", "没有的县"]))
    return str(file)


def said(capsys):
    told = capsys.readouterr()
    return told.out + told.err


def test_right_rows_go_in_and_the_code_says_that_some_did_not(c, units, capsys):
    assert main(["import", "units", units, "--by", "clerk"]) == 3
    told = said(capsys)
    assert "有错，不写入  Sheet1 第 3 行  安川市侨办  没有登记地区“没有的县”" in told
    assert "已写入：新增 1 行，修改 0 行。" in told
    assert Unit.objects.filter(name="安川市外办").exists()
    assert main(["import", "units", units, "--by", "clerk"]) == 3
    assert "已有，相同 1" in said(capsys)


def test_a_dry_run_writes_nothing(c, units, tmp_path, capsys):
    errors = tmp_path / "errors.xlsx"
    assert main(["import", "units", units, "--dry-run", "--errors", str(errors)]) == 3
    assert "新增 1" in said(capsys)
    assert not Unit.objects.filter(name="安川市外办").exists()
    assert not ImportBatch.objects.exists()
    assert errors.stat().st_size > 0


@pytest.mark.parametrize(("unknown", "persons"), [("ask", 0), ("create", 1), ("skip", 0)])
@pytest.mark.usefixtures("c")
def test_unknown_names_are_decided_by_a_word(tmp_path, capsys, unknown, persons):
    file = tmp_path / "p.xlsx"
    file.write_bytes(book(["姓名", "单位", "职务"], ["甲一", "市没有局", "局长"]))
    assert main(["import", "persons", str(file), "--by", "clerk", "--unknown", unknown]) == (
        0 if persons else 3
    )
    assert Person.objects.filter(name="甲一").count() == persons
    assert ("没有登记：单位 市没有局" in said(capsys)) is (unknown == "ask")


def test_questions_are_confirmed_by_a_word(c, tmp_path, capsys):
    file = tmp_path / "f.xlsx"
    file.write_bytes(book(["企业名称", "县区"], ["安川恒岳机械有限责任公司", "临河区"]))
    assert main(["import", "firms", str(file), "--by", "clerk"]) == 3
    assert "名称相近" in said(capsys)
    assert main(["import", "firms", str(file), "--by", "clerk", "--confirm"]) == 0
    assert "新增 1 行" in said(capsys)


def test_a_chosen_sheet_and_refusals(c, units, tmp_path, capsys):
    assert main(["import", "units", units, "--sheet", "没有这张表"]) == 1
    assert "没有找到“单位名称”这一列" in said(capsys)
    assert main(["import", "units", units, "--by", "nobody"]) == 1
    assert "没有可以导入这类台账的账号" in said(capsys)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut")
    assert main(["import", "units", str(broken), "--by", "clerk"]) == 1
    assert "文件不完整或已损坏" in said(capsys)


def test_progress_is_told_with_its_rate(monkeypatch, capsys):
    moments = iter([0.0, 0.5, 2.0])
    monkeypatch.setattr("gongjian.cli.import_ledger.time.monotonic", lambda: next(moments))
    tell = _Progress()
    tell(10, 100)
    tell(60, 100)
    assert said(capsys) == "正在写入 60 / 100 行，每秒 30 行\n"


def test_monthly_figures_come_in_too(c, tmp_path, capsys):
    file = tmp_path / "月报.xlsx"
    file.write_bytes(book(["企业名称", "用电量"], [c.firm.name, 12], ["没有的公司", 3]))
    command = ["import", "facts", str(file), "--by", "clerk", "--month", "2026-10"]
    assert main([*command, "--dry-run"]) == 3
    assert not Fact.objects.exists()
    assert main([*command, "--source", "供电公司"]) == 3
    told = said(capsys)
    assert "Sheet1 第 3 行 B 列  没有的公司" in told
    assert "新增 1 个数" in told
    assert Fact.objects.get().source == "供电公司"


def test_slips_are_written_once_and_for_their_owner_alone(c, tmp_path, capsys):
    c.administrator.username = "admin"
    c.administrator.save()
    file, slips = tmp_path / "a.xlsx", tmp_path / "slips.docx"
    file.write_bytes(book(["姓名", "角色"], ["钱一", "领导"]))
    assert main(["import", "accounts", str(file), "--by", "admin", "--slips", str(slips)]) == 0
    assert slips.stat().st_mode & 0o077 == 0
    assert slips.read_bytes().startswith(b"PK")


def test_without_a_name_the_account_with_the_widest_area_imports(c, tmp_path):
    AccountFactory(role="CLERK", reads_area=c.county, writes_area=AreaFactory(parent=c.county))
    file = tmp_path / "firms.xlsx"
    file.write_bytes(
        book(["企业名称", "县（市、区）"], ["青云有限公司", "临河区"], ["石塘有限公司", "北岭区"])
    )
    assert main(["import", "firms", str(file)]) == 0
    assert ImportBatch.objects.get().uploaded_by == c.clerk


def test_of_accounts_that_each_keep_another_county_none_is_chosen(c, tmp_path, capsys):
    c.clerk.is_active = False
    c.clerk.save()
    for area in (c.county, c.other_county):
        AccountFactory(role="CLERK", reads_area=area, writes_area=area, username=f"clerk{area.pk}")
    file = tmp_path / "firms.xlsx"
    file.write_bytes(book(["企业名称", "县（市、区）"], ["青云有限公司", "临河区"]))
    assert main(["import", "firms", str(file)]) == 1
    assert "请用 --by 写明以哪个账号导入" in said(capsys)
    assert not ImportBatch.objects.exists()
    assert main(["import", "firms", str(file), "--by", f"clerk{c.county.pk}"]) == 0
    file.write_bytes(
        book(["单位名称", "地区"], ["安川市外办", None])
    )  # the administrator keeps the whole city
    assert main(["import", "units", str(file)]) == 0


@pytest.mark.parametrize("kind", ["areas", "units", "persons", "accounts", "firms"])
def test_what_is_exported_stands_already_when_it_is_imported(c, tmp_path, kind, capsys):
    file = tmp_path / f"{kind}.xlsx"
    assert main(["export", kind, str(file)]) == 0
    assert file.stat().st_mode & 0o077 == 0
    main(["import", kind, str(file), "--dry-run"])
    assert "新增" not in said(capsys)


def test_telephone_numbers_are_whole_unless_asked_otherwise(c, tmp_path):
    ContactFactory(enterprise=c.firm, name="赵六", phone="13903720003")
    shown = []
    for words in ([], ["--hide-telephones"]):
        file = tmp_path / f"firms{len(words)}.xlsx"
        main(["export", "firms", str(file), *words])
        page = openpyxl.load_workbook(file).active
        shown += [
            cell for row in page.iter_rows(values_only=True) for cell in row if str(cell).startswith("139")
        ]
    assert shown == ["13903720003", "139****0003"]
