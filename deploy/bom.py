"""The bill of materials of a bundle (CycloneDX 1.6): every package with its version, licence, files, digests and needs."""

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License, LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PRODUCT = "gongjian"
EXTRAS = frozenset({"pg", "notify"})  # of the product, packed with it
PREFIX = re.compile(r"^License :: (OSI Approved :: )?")


@dataclass
class Package:
    """One Python package of the bundle: what its wheels say of it, and these wheels."""

    name: str
    version: str
    said: Message
    wheels: list[Path] = field(default_factory=list)


def packages(wheels: Iterable[Path]) -> dict[str, Package]:
    """The packages of these wheels by their normalised name."""
    found: dict[str, Package] = {}
    for wheel in sorted(wheels):
        with zipfile.ZipFile(wheel) as archive:
            # A wheel may carry the metadata of packages it has swallowed; its own lies at the top.
            name = next(n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
            said = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
        key = canonicalize_name(said["Name"])
        found.setdefault(key, Package(key, said["Version"], said)).wheels.append(wheel)
    return found


def needs(every: Mapping[str, Package], *, python: str) -> dict[str, set[str]]:
    """For each package what it asks for on Linux with this Python, extras included; KeyError when one is not in the bundle."""
    asked: dict[str, set[str]] = {}
    waiting = [(PRODUCT, extra) for extra in ("", *sorted(EXTRAS))]
    seen = set(waiting)
    for name, extra in waiting:
        mine = asked.setdefault(name, set())
        for text in every[name].said.get_all("Requires-Dist") or []:
            wanted = Requirement(text)
            place = {
                "extra": extra,
                "python_version": python,
                "python_full_version": f"{python}.0",
                "sys_platform": "linux",
                "implementation_name": "cpython",
            }
            if wanted.marker is not None and not wanted.marker.evaluate(place):
                continue
            other = canonicalize_name(wanted.name)
            mine.add(other)
            for entry in ((other, more) for more in ("", *sorted(wanted.extras))):
                if entry not in seen:
                    seen.add(entry)
                    waiting.append(entry)
    return asked


def _licences(said: Message) -> list[License]:
    """The licence a package declares: expression, else a word of the trove, else its first line."""
    acknowledged = LicenseAcknowledgement.DECLARED
    factory = LicenseFactory()
    if expression := said["License-Expression"]:
        return [factory.make_from_string(expression, license_acknowledgement=acknowledged)]
    trove = [PREFIX.sub("", c) for c in said.get_all("Classifier") or [] if c.startswith("License :: ")]
    told = trove or [line for line in (said["License"] or "").splitlines()[:1] if line.strip()]
    return [factory.make_with_name(name, acknowledgement=acknowledged) for name in told]


def _file(wheel: Path) -> ExternalReference:
    """One wheel of the archive with its digest."""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(f"wheels/{wheel.name}"),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )


def _python(package: Package, *, kind: ComponentType = ComponentType.LIBRARY) -> Component:
    """A Python package as a component."""
    purl = PackageURL("pypi", None, package.name, package.version)
    return Component(
        type=kind,
        name=package.name,
        version=package.version,
        bom_ref=str(purl),
        purl=purl,
        description=package.said["Summary"],
        licenses=_licences(package.said),
        external_references=[_file(wheel) for wheel in package.wheels],
    )


def _front_end(lock: Path) -> list[Component]:
    """The packages whose files pages load, as their lock file names them."""
    listed = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    components = []
    for place, entry in sorted(listed.items()):
        if not place:
            continue
        name = place.removeprefix("node_modules/")
        purl = PackageURL("npm", None, name, entry["version"])
        digest = base64.b64decode(entry["integrity"].removeprefix("sha512-")).hex()
        components.append(
            Component(
                type=ComponentType.LIBRARY,
                name=name,
                version=entry["version"],
                bom_ref=str(purl),
                purl=purl,
                licenses=[LicenseFactory().make_from_string(entry["license"])] if "license" in entry else [],
                hashes=[HashType(alg=HashAlgorithm.SHA_512, content=digest)],
            )
        )
    return components


def bill(wheels: Iterable[Path], *, front_end: Path, pythons: Iterable[str], at: datetime) -> str:
    """The document as JSON, the same for the same files. KeyError names a package that is needed and not there."""
    every = packages(wheels)
    own = _python(every[PRODUCT], kind=ComponentType.APPLICATION)
    components = {name: _python(package) for name, package in every.items() if name != PRODUCT}
    components[PRODUCT] = own
    bom = Bom(components=[c for name, c in components.items() if name != PRODUCT])
    bom.metadata.component = own
    bom.metadata.timestamp = at
    links: dict[str, set[str]] = {}
    for python in pythons:
        for name, others in needs(every, python=python).items():
            links.setdefault(name, set()).update(others)
    for name, others in links.items():
        bom.register_dependency(components[name], [components[other] for other in sorted(others)])
    scripts = _front_end(front_end)
    bom.components.update(scripts)
    bom.register_dependency(own, scripts)
    files = "".join(sorted(wheel.name for package in every.values() for wheel in package.wheels))
    bom.serial_number = uuid5(NAMESPACE_URL, f"{at.isoformat()} {files}")
    return JsonV1Dot6(bom).output_as_string(indent=1)
