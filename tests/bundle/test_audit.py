"""Published weaknesses are found in a bill of materials without a network."""

import json
import zipfile

import pytest

from deploy.audit import Part, hits, main, parts
from deploy.bundle import LOCK


def advisory(name="Django", *, ecosystem="PyPI", events=(), versions=(), **more):
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    package = {"ecosystem": ecosystem, "name": name}
    affected = {"package": package, "ranges": ranges, "versions": list(versions)}
    return {
        "id": "OSV-1",
        "aliases": ["CVE-1"],
        "modified": "2026-11-30T00:00:00Z",
        "affected": [affected],
    } | more


SPAN = [{"introduced": "5.2"}, {"fixed": "5.2.3"}, {"introduced": "6.0"}, {"last_affected": "6.0.1"}]


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("5.1", False),
        ("5.2", True),
        ("5.2.2", True),
        ("5.2.3", False),
        ("6.0.1", True),
        ("6.0.2", False),
        ("odd", True),
    ],
)
def test_a_version_lies_in_a_span_or_not(version, found):
    bill = {Part("PyPI", "django", version), Part("npm", "django", version)}
    assert hits(bill, advisory(events=SPAN)) == ([Part("PyPI", "django", version)] if found else [])


def test_a_span_from_the_beginning_and_a_list_of_versions():
    bill = {Part("npm", "htmx.org", "1.9.0")}
    assert hits(bill, advisory("htmx.org", ecosystem="npm", events=[{"introduced": "0"}]))
    assert hits(bill, advisory("htmx.org", ecosystem="npm", versions=["1.9.0"]))
    assert not hits(bill, advisory("htmx.org", ecosystem="npm", versions=["1.9.1"]))


def test_a_lock_is_read_and_names_are_folded():
    named = {part.name for part in parts(LOCK)}
    assert {"django", "argon2-cffi", "pyyaml"} <= named
    assert all(part.version for part in parts(LOCK))


@pytest.fixture
def bill(tmp_path):
    file = tmp_path / "gongjian.cdx.json"
    urls = ["pkg:pypi/django@5.2.1", "pkg:npm/%40scope/part@1.0.0"]
    file.write_text(json.dumps({"components": [{"purl": url} for url in urls]}))
    return file


def database(folder, *told):
    file = folder / "all.zip"
    with zipfile.ZipFile(file, "w") as packed:
        for n, one in enumerate(told):
            packed.writestr(f"{n}.json", json.dumps(one))
    return str(file)


NPM = advisory("@scope/part", ecosystem="npm", versions=["0.9.0"])


def test_what_is_known_is_told_with_its_names(tmp_path, bill, capsys):
    assert main([str(bill), database(tmp_path, advisory(events=SPAN, summary="A hole."), NPM)]) == 1
    out = capsys.readouterr().out
    assert "django 5.2.1: OSV-1, CVE-1: A hole." in out
    assert "2 components, 1 known weaknesses; newest advisory of 2026-11-30" in out


def test_nothing_known_is_nothing_known(tmp_path, bill):
    withdrawn = advisory(events=SPAN, withdrawn="2026-11-01T00:00:00Z")
    other = advisory("flask", events=SPAN)
    assert main([str(bill), database(tmp_path, withdrawn, other, NPM)]) == 0


def test_a_database_that_lacks_half_of_it_is_no_clean_answer(tmp_path, bill, capsys):
    assert main([str(bill), database(tmp_path, NPM)]) == 2
    assert "no advisories for PyPI" in capsys.readouterr().out
