"""Pages of the import of facts and of differing sources."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongjian.enterprises.models import Fact, FactBatch, FactDecision
from tests.books import book
from tests.factories import FactFactory
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db
BUDGET = 12


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def as_clerk(client, city):
    client.force_login(city.clerk)
    return client


def upload(client, *rows, **more):
    file = SimpleUploadedFile("十月月报.xlsx", book(*rows))
    return client.post(reverse("fact-imports"), {"file": file, "source": "企业月报"} | more)


def good(city):
    return ["企业名称", "用电量2026年10月"], [city.firm.name, 12], ["没有的公司", 1]


def text_of(answer):
    return answer.content.decode()


def test_from_upload_to_undo(as_clerk, city, django_assert_max_num_queries):
    answer = upload(as_clerk, *good(city))
    batch = FactBatch.objects.get()
    assert answer["Location"] == reverse("batch", args=[batch.pk])
    with django_assert_max_num_queries(BUDGET):
        page = text_of(as_clerk.get(answer["Location"]))
    assert "没有的公司" in page
    assert "写入 1 条" in page
    assert Fact.objects.count() == 0
    page = text_of(as_clerk.post(reverse("batch-write", args=[batch.pk]), follow=True))
    assert "新增 1 条" in page
    assert reverse("batch-undo", args=[batch.pk]) in page
    assert Fact.objects.get().value == 12
    page = text_of(as_clerk.post(reverse("batch-undo", args=[batch.pk]), follow=True))
    assert "已撤销" in page
    assert Fact.objects.count() == 0


def test_what_was_not_written_is_listed_in_pages_and_whole_in_the_error_workbook(as_clerk, city):
    heads, *rows = good(city)
    upload(as_clerk, heads, *[[f"没有的公司{n}号", n] for n in range(40)], *rows)
    batch = FactBatch.objects.get()
    as_clerk.post(reverse("batch-write", args=[batch.pk]))
    first, last = (as_clerk.get(reverse("batch", args=[batch.pk]), {"page": n}) for n in (1, 3))
    assert "没有的公司0号" in text_of(first)
    assert "没有的公司39号" in text_of(last)
    file = as_clerk.get(reverse("batch-errors", args=[batch.pk])).content
    said = [
        cell
        for row in openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)
        for cell in row
    ]
    assert sum("企业库里没有" in str(cell) for cell in said) == 41


def test_the_preview_is_english_in_english(as_clerk, city):
    upload(as_clerk, *good(city))
    as_clerk.cookies["django_language"] = "en"
    page = text_of(as_clerk.get(reverse("batch", args=[FactBatch.objects.get().pk])))
    assert "Write 1 values" in page
    assert "2 firms" in page


def test_tabs_show_each_kind(as_clerk, city):
    FactFactory(enterprise=city.firm, key="用电量", value="9", unit="万千瓦时", source="供电公司")
    upload(as_clerk, *good(city))
    page = text_of(as_clerk.get(reverse("batch", args=[FactBatch.objects.get().pk]) + "?show=DIFFERS"))
    assert "供电公司 9万千瓦时" in page


def test_a_hopeless_file_is_refused_on_the_form_and_keeps_what_was_typed(as_clerk):
    answer = upload(as_clerk, ["a"], [1], source="供电公司")
    assert answer.status_code == 422
    assert "企业名称" in text_of(answer)
    assert 'value="供电公司"' in text_of(answer)
    assert not FactBatch.objects.exists()


def test_a_period_chosen_without_a_day_is_asked_for(as_clerk, city):
    answer = upload(as_clerk, *good(city), period_kind="MONTH")
    assert "请填这一期里的任意一天" in text_of(answer)


def test_the_period_of_the_form_counts_where_the_head_says_none(as_clerk, city):
    upload(as_clerk, ["企业名称", "用电量"], [city.firm.name, 3], period_kind="QUARTER", period="2026-08-08")
    batch = FactBatch.objects.get()
    assert (batch.period_kind, batch.period) == ("QUARTER", date(2026, 7, 1))
    assert "2026年3季度" in text_of(as_clerk.get(reverse("batch", args=[batch.pk])))


def test_dropping_and_the_workbook_with_errors(as_clerk, city):
    upload(as_clerk, *good(city))
    batch = FactBatch.objects.get()
    answer = as_clerk.get(reverse("batch-errors", args=[batch.pk]))
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert page is not None
    assert page["C1"].value == "错误说明"
    assert "没有的公司" in str(page["C3"].value)
    as_clerk.post(reverse("batch-drop", args=[batch.pk]))
    assert not FactBatch.objects.exists()


def test_the_template_is_a_workbook_and_bad_wishes_are_asked_again(as_clerk, city):
    wish = {
        "t-kind": "MONTH",
        "t-last": "2026-10-01",
        "t-number": "2",
        "t-source": "企业月报",
        "t-keys": ["用电量", "税收"],
    }
    answer = as_clerk.get(reverse("fact-template"), wish)
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in page[2]][3:] == ["2026年9月", "2026年10月"] * 2
    assert page["B3"].value == city.firm.name
    answer = as_clerk.get(reverse("fact-template"), wish | {"t-number": "99"})
    assert answer.status_code == 422
    assert as_clerk.get(reverse("fact-template")).status_code == 200


def test_a_conflict_is_decided_on_the_page_and_withdrawn(as_clerk, city, django_assert_max_num_queries):
    for source, value in (("企业月报", "100"), ("税务部门", "96")):
        FactFactory(enterprise=city.firm, source=source, value=value)
    with django_assert_max_num_queries(BUDGET):
        page = text_of(as_clerk.get(reverse("fact-conflicts")))
    assert "用企业月报" in page
    chosen = {"firm": city.firm.pk, "key": "营业收入", "period_kind": "MONTH", "period": "2026-10-01"}
    page = text_of(
        as_clerk.post(
            reverse("fact-choose"), chosen | {"source": "企业月报", "reason": "已核发票"}, follow=True
        )
    )
    assert "已核发票" in page
    assert "没有待裁定的数据" in page
    as_clerk.post(reverse("choice-withdraw", args=[FactDecision.objects.get().pk]))
    assert "用税务部门" in text_of(
        as_clerk.get(reverse("fact-conflicts"), {"key": "营业收入", "q": city.firm.name})
    )
    assert "没有待裁定的数据" in text_of(as_clerk.get(reverse("fact-conflicts"), {"key": "税收"}))
    assert as_clerk.post(reverse("fact-choose"), chosen).status_code >= 400


def test_an_auditor_reads_conflicts_and_decides_nothing(client, city):
    for source, value in (("企业月报", "100"), ("税务部门", "96")):
        FactFactory(enterprise=city.firm, source=source, value=value)
    client.force_login(city.auditor)
    page = text_of(client.get(reverse("fact-conflicts")))
    assert "税务部门" in page
    assert reverse("fact-choose") not in page


def test_another_county_s_import_is_not_found(client, city, as_clerk):
    upload(as_clerk, *good(city))
    client.force_login(city.county_clerk)
    assert client.get(reverse("batch", args=[FactBatch.objects.get().pk])).status_code == 404


def test_the_form_of_one_value_takes_units_yes_and_words(as_clerk, city):
    url = reverse("enterprise-add", args=[city.firm.pk, "fact"])
    month = {"fact-period_kind": "MONTH", "fact-period": "2026-10-01", "fact-source": "电话"}
    day = month | {"fact-period_kind": "DAY"}
    as_clerk.post(url, month | {"fact-key": "营业收入", "fact-value": "1.2亿元"})
    as_clerk.post(url, day | {"fact-key": "境内外上市", "fact-value": "否"})
    as_clerk.post(url, day | {"fact-key": "主要能源", "fact-value": "电"})
    assert {(f.key, f.value, f.text) for f in Fact.objects.all()} == {
        ("营业收入", Decimal(12000), ""),
        ("境内外上市", 0, ""),
        ("主要能源", None, "电"),
    }
    page = text_of(as_clerk.get(reverse("enterprise", args=[city.firm.pk])))
    assert '<b class="num">否</b>' in page
    answer = as_clerk.post(url, day | {"fact-key": "主要能源", "fact-value": "柴"})
    assert answer.status_code == 422
    assert "只能填电、气、煤、产量" in text_of(answer)


def test_the_example_can_be_uploaded_as_it_is(as_clerk, city):
    answer = as_clerk.get(reverse("fact-sample"))
    assert reverse("fact-sample") in text_of(as_clerk.get(reverse("fact-imports")))
    file = SimpleUploadedFile("示例.xlsx", answer.content)
    taken = as_clerk.post(reverse("fact-imports"), {"file": file, "source": "商务部门"})
    page = text_of(as_clerk.get(taken["Location"]))
    assert "写入 4 条" in page
    as_clerk.post(reverse("batch-write", args=[FactBatch.objects.get().pk]))
    stock = Fact.objects.filter(key="库存").order_by("period")
    assert [(fact.value, fact.unit) for fact in stock] == [(Decimal(200), "万元")] * 2


def test_a_jump_in_a_workbook_is_ticked_on_its_tab(as_clerk, city, django_assert_max_num_queries):
    FactFactory(enterprise=city.firm, key="营业收入", period=date(2026, 9, 1), value="549", source="企业月报")
    upload(as_clerk, ["企业名称", "营业收入2026年10月", "用电量2026年10月"], [city.firm.name, 9999999, 12])
    url = reverse("batch", args=[FactBatch.objects.get().pk])
    with django_assert_max_num_queries(BUDGET):
        answer = as_clerk.get(url)
    page = text_of(answer)
    [line] = answer.context["page"]
    assert f'form="write" name="as_is" value="{line.place}"' in page
    assert "写入 1 条和勾选的" in page
    assert "1 条都没有错，全部写入" in page
    assert "只写入 1 条没有疑问的" in text_of(as_clerk.get(url + "?show=NEW"))
    as_clerk.post(url + "write/", {"as_is": line.place})
    assert Fact.objects.filter(value=9999999).exists()


def test_all_questions_are_written_with_one_button(as_clerk, city):
    FactFactory(enterprise=city.firm, key="营业收入", period=date(2026, 9, 1), value="549", source="企业月报")
    upload(as_clerk, ["企业名称", "营业收入2026年10月"], [city.firm.name, 9999999])
    pk = FactBatch.objects.get().pk
    assert ">写入勾选的<" in text_of(as_clerk.get(reverse("batch", args=[pk])))
    as_clerk.post(reverse("batch-write", args=[pk]), {"all": "1"})
    assert Fact.objects.filter(value=9999999).exists()


def test_the_form_of_one_value_asks_about_a_jump_and_loses_nothing(as_clerk, city):
    FactFactory(enterprise=city.firm, key="营业收入", period=date(2026, 9, 1), value="549", source="企业月报")
    url = reverse("enterprise-add", args=[city.firm.pk, "fact"])
    typed = {
        "fact-key": "营业收入",
        "fact-period_kind": "MONTH",
        "fact-period": "2026-10-17",
        "fact-value": "9999999",
        "fact-source": "电话问的",
    }
    answer = as_clerk.post(url, typed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "2026年9月是 549万元，2026年10月写的是 9999999万元" in page
    assert 'value="9999999"' in page
    assert 'value="电话问的"' in page
    assert not Fact.objects.filter(source="电话问的").exists()
    part = next(form for key, _label, form in answer.context["parts"] if key == "fact")
    [(tick, _words)] = part.fields["as_it_is"].choices
    other = as_clerk.post(url, typed | {"fact-value": "8888888", "fact-as_it_is": tick})
    assert other.status_code == 422  # the tick was for another value
    assert as_clerk.post(url, typed | {"fact-as_it_is": tick}).status_code == 302
    assert Fact.objects.get(source="电话问的").value == 9999999


@pytest.mark.parametrize("value", ["549", "600", "5000", "0.06亿元", "60"])
def test_the_form_of_one_value_takes_what_is_near_without_a_question(as_clerk, city, value):
    FactFactory(enterprise=city.firm, key="营业收入", period=date(2026, 9, 1), value="549", source="企业月报")
    posted = {
        "fact-key": "营业收入",
        "fact-period_kind": "MONTH",
        "fact-period": "2026-10-01",
        "fact-value": value,
        "fact-source": "电话",
    }
    assert as_clerk.post(reverse("enterprise-add", args=[city.firm.pk, "fact"]), posted).status_code == 302
