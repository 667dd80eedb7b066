"""Small ready worlds for tests."""

from dataclasses import dataclass

from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.states import AreaLevel, Role, UnitKind
from tests.factories import (
    AccountFactory,
    AreaFactory,
    EnterpriseFactory,
    PersonFactory,
    TenureFactory,
    UnitFactory,
)


@dataclass(frozen=True)
class City:
    """A city, a county in it, its office, two units, who works there, and a firm."""

    city: Area
    county: Area
    other_county: Area
    office: Unit
    bureau: Unit
    other_bureau: Unit
    director: Person
    other_director: Person
    clerk: Account
    county_clerk: Account
    leader: Account
    handler: Account
    other_handler: Account
    officer: Account
    auditor: Account
    administrator: Account
    firm: Enterprise


def city() -> City:
    """Build the scene."""
    root = AreaFactory(name="安川市", level=AreaLevel.CITY, stat_code="990000000000")
    county = AreaFactory(name="临河区", parent=root)
    other = AreaFactory(name="北岭区", parent=root)
    office = UnitFactory(name="安川市攻坚办", kind=UnitKind.OFFICE, area=root)
    bureau = UnitFactory(name="安川市金融工作局", short_name="市金融局", area=root)
    other_bureau = UnitFactory(name="安川市人力资源局", short_name="市人社局", area=root)
    director, other_director = PersonFactory(name="陆川平"), PersonFactory(name="温以宁")
    TenureFactory(person=director, post__unit=bureau, post__is_principal=True)
    TenureFactory(person=other_director, post__unit=other_bureau, post__is_principal=True)
    return City(
        city=root,
        county=county,
        other_county=other,
        office=office,
        bureau=bureau,
        other_bureau=other_bureau,
        director=director,
        other_director=other_director,
        clerk=AccountFactory(role=Role.CLERK, unit=office, reads_area=root, writes_area=root),
        county_clerk=AccountFactory(role=Role.CLERK, reads_area=county, writes_area=county),
        leader=AccountFactory(
            role=Role.LEADER, reads_area=root, writes_area=root, person=PersonFactory(name="贺远行")
        ),
        handler=AccountFactory(role=Role.HANDLER, unit=bureau, reads_area=root),
        other_handler=AccountFactory(role=Role.HANDLER, unit=other_bureau, reads_area=root),
        officer=AccountFactory(
            role=Role.OFFICER, reads_area=county, writes_area=county, person=PersonFactory(name="沈知秋")
        ),
        auditor=AccountFactory(role=Role.AUDITOR, reads_area=root),
        administrator=AccountFactory(role=Role.ADMINISTRATOR, reads_area=root),
        firm=EnterpriseFactory(name="安川市恒岳机械有限公司", short_name="恒岳机械", area=county),
    )
