"""The parts of the bundle: lock, bill of materials, digests, archive, scripts, units."""

import configparser
import json
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from deploy import bundle
from deploy.bom import bill, needs, packages
from gongjian.conf.options import OPTIONS

DEPLOY, SYSTEM = bundle.ROOT / "deploy", bundle.ROOT / "deploy" / "system"
AT = datetime(2026, 11, 24, tzinfo=UTC)
UNITS = sorted(SYSTEM.glob("*.service"))


def wheel(folder, name, version, *said):
    """A wheel that holds nothing but its metadata."""
    path = folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *said]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}-{version}.dist-info/METADATA"), "\n".join(lines) + "\n")
    return path


@pytest.fixture
def wheels(tmp_path):
    """A product with one dependency for all, one of an extra, one for other systems and one for an old Python."""
    product = [
        "Requires-Dist: Reading[deep]>=1",
        "Requires-Dist: driver; extra == 'pg'",
        "Requires-Dist: other; sys_platform == 'win32'",
        "Requires-Dist: late; python_version < '3.12'",
        "Requires-Dist: untaken; extra == 'ner'",
    ]
    return [
        wheel(tmp_path, "gongjian", "1.0", "License-Expression: Apache-2.0", *product),
        wheel(tmp_path, "reading", "1.2", "License: BSD", "Requires-Dist: driver; extra == 'deep'"),
        wheel(tmp_path, "driver", "3.0", "Classifier: License :: OSI Approved :: MIT License"),
        wheel(tmp_path, "late", "0.1"),
    ]


def written(wheels):
    return bill(
        wheels, front_end=bundle.ROOT / "frontend" / "package-lock.json", pythons=bundle.PYTHONS, at=AT
    )


def test_needs_follow_extras_and_markers(wheels):
    assert needs(packages(wheels), python="3.11") == {
        "gongjian": {"reading", "driver", "late"},
        "reading": {"driver"},
        "driver": set(),
        "late": set(),
    }
    assert "late" not in needs(packages(wheels), python="3.13")


def test_a_package_that_is_needed_and_missing_is_named(wheels):
    with pytest.raises(KeyError, match="driver"):
        written([path for path in wheels if "driver" not in path.name])


def test_the_bill_is_valid_names_everything_and_comes_out_the_same(wheels):
    text = written(wheels)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert text == written(list(reversed(wheels)))
    told = json.loads(text)
    components = {c["name"]: c for c in told["components"]}
    assert {"reading", "driver", "late", "bootstrap", "htmx.org", "echarts", "zrender"} <= set(components)
    assert told["metadata"]["component"]["name"] == "gongjian"
    assert components["driver"]["licenses"][0]["license"]["name"] == "MIT License"
    assert components["driver"]["externalReferences"][0]["hashes"][0]["alg"] == "SHA-256"
    assert components["htmx.org"]["hashes"][0]["alg"] == "SHA-512"
    links = {d["ref"]: d.get("dependsOn", []) for d in told["dependencies"]}
    assert "pkg:pypi/driver@3.0" in links["pkg:pypi/reading@1.2"]


def test_a_bill_that_breaks_the_schema_is_seen(wheels):
    told = json.loads(written(wheels)) | {"specVersion": 16}
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(told)) is not None


def test_the_lock_of_the_bundle_agrees_with_the_lock_of_the_tests():
    def pins(name):
        text = (bundle.ROOT / "requirements" / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))

    packed, tested, core = pins("bundle.txt"), pins("dev.txt"), pins("core.txt")
    assert {name: v for name, v in packed.items() if tested.get(name) != v} == {}
    assert {"psycopg-binary", "apprise"} <= set(packed)
    assert not {"hatchling", "editables"} & set(packed)
    assert {n for n in core if n not in packed} <= set(needs_of_building(core))


def needs_of_building(core):
    """What only builds the package; everything else of the core lock belongs into the bundle."""
    return {
        "babel",
        "editables",
        "hatchling",
        "packaging",
        "pathspec",
        "pluggy",
        "tomlkit",
        "trove-classifiers",
    } & set(core)


def test_a_lock_is_read_entry_by_entry():
    lock = (
        "a==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n    # via b\nb==2 \\\n    --hash=sha256:02\n"
    )
    first, second = bundle.entries(lock)
    assert first == "a==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n"
    assert second.startswith("b==2")


def test_tags_end_at_the_glibc_that_is_claimed():
    assert bundle.tags("aarch64")[0] == "manylinux_2_28_aarch64"
    assert "manylinux1_x86_64" in bundle.tags("x86_64")


def test_the_archive_is_the_same_whoever_packs_it_and_when(tmp_path):
    for name in ("one", "two"):
        folder = tmp_path / name / "inner"
        folder.mkdir(parents=True)
        (folder / "b.txt").write_text("b")
        (folder / "a.sh").write_text("a")
        os.utime(folder / "b.txt", (1, 1 if name == "one" else 99))
        bundle.pack(folder, tmp_path / f"{name}.tar.gz", at=1_700_000_000)
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()
    with tarfile.open(tmp_path / "one.tar.gz") as packed:
        assert [(m.name, m.mode, m.mtime) for m in packed] == [
            ("inner", 0o755, 1_700_000_000),
            ("inner/a.sh", 0o755, 1_700_000_000),
            ("inner/b.txt", 0o644, 1_700_000_000),
        ]


@pytest.fixture
def unpacked(tmp_path):
    """An archive without wheels, as far as its install script reads it before it installs."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    for name in bundle.SCRIPTS:
        shutil.copyfile(DEPLOY / name, folder / name)
    (folder / "bundle.env").write_text(f"VERSION=9.9\nARCH={os.uname().machine}\nPYTHONS='2.7'\n")
    (folder / "SHA256SUMS").write_text(bundle.checksums(folder))
    return folder


def run_install(folder, **more):
    words = ["sh", str(folder / "install.sh"), "--prefix", str(folder / "opt")]
    return subprocess.run(words, env=os.environ | more, capture_output=True, text=True, check=False)


def test_a_damaged_archive_installs_nothing(unpacked):
    with (unpacked / "find-python.sh").open("a") as file:
        file.write("# one byte more\n")
    ran = run_install(unpacked)
    assert ran.returncode == 1
    assert "什么都没有安装" in ran.stderr
    assert "nothing was installed" in ran.stderr
    assert not (unpacked / "opt").exists()


def test_an_archive_for_another_machine_or_python_says_so(unpacked):
    assert "Python 2.7" in run_install(unpacked).stderr
    text = (unpacked / "bundle.env").read_text().replace(os.uname().machine, "sparc")
    (unpacked / "bundle.env").write_text(text)
    (unpacked / "SHA256SUMS").write_text(
        "".join(
            line for line in bundle.checksums(unpacked).splitlines(keepends=True) if "SHA256SUMS" not in line
        )
    )
    assert "This archive is for sparc" in run_install(unpacked).stderr


def test_a_machine_without_a_fitting_python_hears_one_sentence_in_both_languages(tmp_path):
    (tmp_path / "python3.11").write_text("#!/bin/sh\nexit 127\n")  # a pointer to a version that is not there
    (tmp_path / "python3.11").chmod(0o755)
    script = ["/bin/sh", str(DEPLOY / "find-python.sh")]
    ran = subprocess.run(script, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Python 3.11" in ran.stderr.splitlines()[0]
    assert "没有找到" in ran.stderr.splitlines()[0]
    assert "No Python from 3.11 on" in ran.stderr.splitlines()[1]


def test_the_first_python_that_runs_is_found(tmp_path):
    (tmp_path / "python3.11").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "python3.13").write_text("#!/bin/sh\nexit 0\n")
    for name in ("python3.11", "python3.13"):
        (tmp_path / name).chmod(0o755)
    script = ["/bin/sh", str(DEPLOY / "find-python.sh")]
    ran = subprocess.run(script, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == str(tmp_path / "python3.13")


def unit(path):
    """One systemd unit; keys may stand several times."""
    reader = configparser.RawConfigParser(strict=False)
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their capitals
    reader.read_string(path.read_text(encoding="utf-8"))
    return reader


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_every_service_runs_as_its_user_and_may_write_only_its_own_folder(path):
    service = unit(path)["Service"]
    assert service["User"] == "gongjian"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["UMask"] == "0077"
    assert service["StateDirectory"] == "gongjian"
    assert set(service.get("ReadWritePaths", "").split()) <= {"/var/backups/gongjian"}


def test_settings_named_beside_the_program_are_settings_of_the_product():
    known = {f"GONGJIAN_{option.name}" for option in OPTIONS}
    for path in (SYSTEM / "gongjian.env", SYSTEM / "gongjian.service", bundle.ROOT / "Containerfile"):
        named = set(re.findall(r"\bGONGJIAN_[A-Z_]+(?==)", path.read_text(encoding="utf-8")))
        assert named, path
        assert named <= known, path


def test_the_compose_file_holds_no_secret_and_keeps_what_must_stay():
    services = yaml.safe_load((bundle.ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    text = (bundle.ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"PASSWORD: *(\S+?)[:}]", text)) == {"${GONGJIAN_DB_PASSWORD"}
    assert "/healthz" in " ".join(services["app"]["healthcheck"]["test"])
    assert services["app"]["volumes"] == ["instance:/var/lib/gongjian"]
    assert services["db"]["volumes"][0].startswith("database:")
    assert services["app"]["cap_drop"] == ["ALL"]
    assert all(":latest" not in service["image"] for service in services.values())


def test_nginx_is_counted_as_the_one_proxy_and_forwards_nothing_a_client_wrote():
    nginx = (SYSTEM / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"X-Forwarded-For (\S+);", nginx) == ["$remote_addr"]
    assert re.findall(r"X-Forwarded-Proto (\S+);", nginx) == ["$scheme"]
    assert "\nGONGJIAN_PROXIES=1\n" in (SYSTEM / "gongjian.env").read_text(encoding="utf-8")
    services = yaml.safe_load((bundle.ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert services["app"]["environment"]["GONGJIAN_PROXIES"] == "1"


def test_nginx_speaks_current_tls_and_leads_no_system_on_from_plain_http():
    nginx = (SYSTEM / "nginx.conf").read_text(encoding="utf-8")
    plain, encrypted = nginx.split("listen 443", 1)
    assert "location /open311/ { return 403; }" in plain
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in encrypted
    ciphers = re.findall(r"ssl_ciphers (\S+);", encrypted)[0].split(":")
    assert all(re.fullmatch(r"ECDHE-(ECDSA|RSA)-(AES\d+-GCM-SHA\d+|CHACHA20-POLY1305)", c) for c in ciphers)


def test_the_container_does_not_run_as_root():
    lines = (bundle.ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert "USER gongjian" in lines
    assert lines.index("USER gongjian") < next(n for n, line in enumerate(lines) if line.startswith("CMD "))
