"""Projects of visits, signings and ground-breakings, by name; kinds of projects and their numbers are none. And sectors."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def event(text):
    return to_json(extract(text))["events"][0]


@pytest.mark.parametrize(
    ("text", "projects"),
    [
        (
            "5月6日,云台县集中开工仪式举行,县长许怀远宣布开工。集中开工项目28个,其中亿元以上项目19个。",
            [],
        ),
        (
            "5月6日,市委书记许怀远察看华强年产20万套汽车座椅项目现场、城北污水处理厂提标改造工程工地。",
            ["华强年产20万套汽车座椅项目", "城北污水处理厂提标改造工程"],
        ),
        ("5月6日,市长许怀远拉练观摩县域重点项目。", []),
        ("5月6日,县长许怀远到云湖康养、北山抽水蓄能两个项目现场办公。", ["云湖康养", "北山抽水蓄能"]),
        ("5月6日,县长许怀远察看石桥河道治理、云湖湿地修复等重点工程。", ["石桥河道治理", "云湖湿地修复"]),
        (
            "5月6日,县长许怀远深入石桥大道改造项目、“智慧水务”项目督导。",
            ["石桥大道改造项目", "“智慧水务”项目"],
        ),
        ("5月6日,县长许怀远到石桥中学迁建工程、民生实事工程调研。", ["石桥中学迁建工程"]),
        ("5月6日,副市长许怀远深入部分重点项目一线督导。", []),
        (
            "5月6日,县长许怀远来到第二人民医院迁建项目部、华阳锂电二期项目调研。",
            ["第二人民医院迁建项目", "华阳锂电二期项目"],
        ),
        (
            "5月6日,市长许怀远察看数字物流港二期、玉龙铝箔电池箔项目。",
            ["数字物流港二期", "玉龙铝箔电池箔项目"],
        ),
        ("5月6日,市长许怀远到海拓机械调研,了解到企业计划上马三期、扩大产能。", []),
    ],
)
def test_projects_of_visits(text, projects):
    assert event(text)["projects"] == projects


@pytest.mark.parametrize(
    ("text", "projects"),
    [
        (
            "5月6日,云台县举行项目集中签约仪式。签约的项目有投资12亿元的碳纤维项目、投资5亿元的中央厨房项目和文旅康养综合体。",
            ["碳纤维项目", "中央厨房项目", "文旅康养综合体"],
        ),
        (
            "5月6日,云台区举办招商推介会暨项目签约仪式。其中,车规级芯片封测项目、百草堂智能提取车间技改项目备受关注。",
            ["车规级芯片封测项目", "百草堂智能提取车间技改项目"],
        ),
        ("5月6日,海拓机械年产5万吨铸件项目投产仪式举行。", ["年产5万吨铸件项目"]),
        (
            "5月6日,云台县集中开工仪式举行,包括“东方云谷”算力中心项目、金龙铜业智能化改造项目等。",
            ["“东方云谷”算力中心项目", "金龙铜业智能化改造项目"],
        ),
    ],
)
def test_projects_signed_and_begun(text, projects):
    found = event(text)["projects"]
    assert len(found) == len(projects), found
    assert all(any(one in name for name in found) for one in projects), found


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        (
            "5月6日,市商务局召开座谈会,来自光伏、家具、宠物用品等领域的14家企业负责人参加。",
            ["光伏", "家具", "宠物用品"],
        ),
        (
            "5月6日,云台区举行签约仪式,签约项目11个,涵盖新型显示、生物医药、现代物流三大产业。",
            ["新型显示", "生物医药", "现代物流"],
        ),
        ("5月6日,市工信局召开化工、纺织行业企业座谈会。", ["化工", "纺织"]),
        ("5月6日,区长许怀远到新区半导体产业园调研。", []),
        ("5月6日,县长许怀远到家具产业基地调研。", []),
    ],
)
def test_sectors(text, sectors):
    assert event(text)["sectors"] == sectors
