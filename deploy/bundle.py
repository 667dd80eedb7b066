"""`make bundle`: one archive that installs and serves where there is no network.

It holds every wheel of requirements/bundle.txt for the Pythons it claims, the product's own wheel, the bill of
materials, digests, and an install script. The same commit and the same wheels give the same bytes.
"""

import argparse
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from deploy.bom import bill

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "bundle.txt"
PYTHONS = ("3.11", "3.12", "3.13")
GLIBC = (
    28,
    27,
    26,
    24,
    17,
    12,
    5,
)  # 2.28 and older: what Kylin V10, UOS 20, openEuler 20.03 and Debian 10 have
OLD_NAMES = {"x86_64": ("manylinux2014", "manylinux2010", "manylinux1"), "aarch64": ("manylinux2014",)}
SCRIPTS = ("install.sh", "find-python.sh")
COMPILED = "gongjian/locale/en/LC_MESSAGES/django.mo"
STATIC = "gongjian/web/static/vendor/htmx.min.js"


def version() -> str:
    """The product's version as pyproject.toml has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def moment() -> int:
    """The second every file of the archive bears: SOURCE_DATE_EPOCH, else the commit's."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],  # noqa: S607  git is found on the path, as everywhere
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout)


def tags(platform: str) -> list[str]:
    """Platform tags of wheels that run on this architecture with glibc 2.28."""
    return [f"manylinux_2_{n}_{platform}" for n in GLIBC] + [f"{n}_{platform}" for n in OLD_NAMES[platform]]


def entries(lock: str) -> list[str]:
    """The requirements of a lock file one by one, each with its hashes and without its comments."""
    lines = [line for line in lock.splitlines(keepends=True) if not line.lstrip().startswith("#")]
    return [e for e in re.split(r"(?m)^(?=[A-Za-z0-9])", "".join(lines)) if e.strip()]


def download(lock: Path, folder: Path, *, platform: str, python: str) -> subprocess.CompletedProcess[str]:
    """Fetch the wheels of one lock file for one Python; pip refuses a file whose digest is not in the lock."""
    words = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
    ]
    where = [word for tag in tags(platform) for word in ("--platform", tag)]
    which = [
        "--python-version",
        python,
        "--implementation",
        "cp",
        "--dest",
        str(folder),
        "--requirement",
        str(lock),
    ]
    return subprocess.run([*words, *where, *which], capture_output=True, text=True, check=False)


def fetch(folder: Path, *, platform: str) -> list[str]:
    """Fetch all wheels for all Pythons; returns what could not be had, one line each."""
    missing = []
    for python in PYTHONS:
        if download(LOCK, folder, platform=platform, python=python).returncode == 0:
            continue
        for entry in entries(LOCK.read_text(encoding="utf-8")):
            with tempfile.NamedTemporaryFile("w", suffix=".txt") as single:
                single.write(entry)
                single.flush()
                ran = download(Path(single.name), folder, platform=platform, python=python)
            if ran.returncode:
                missing.append(f"{entry.split()[0]} (Python {python}): {ran.stderr.strip().splitlines()[-1]}")
    return missing


def build_wheel(folder: Path, *, at: int) -> Path:
    """The product's own wheel, with the compiled catalogue and the files that pages load."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(at)},
        capture_output=True,
        check=True,
    )
    wheel = folder / f"gongjian-{version()}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        lacking = {COMPILED, STATIC} - set(archive.namelist())
    if lacking:
        raise SystemExit(f"the wheel lacks {', '.join(sorted(lacking))}")
    return wheel


def checksums(folder: Path) -> str:
    """One line a file of the folder, as sha256sum reads them, sorted by name."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder)}\n" for p in files)


def pack(folder: Path, archive: Path, *, at: int) -> None:
    """The folder as .tar.gz: sorted, owned by nobody in particular, every time stamp the same."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = at
        member.mode = 0o755 if member.isdir() or member.name.endswith(".sh") else 0o644
        return member

    # Wheels are packed already: more effort makes it slower and no smaller.
    with (
        archive.open("wb") as raw,
        gzip.GzipFile(fileobj=raw, filename="", mode="wb", compresslevel=1, mtime=at) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as out,
    ):
        for path in [folder, *sorted(folder.rglob("*"))]:
            out.add(path, str(path.relative_to(folder.parent)), recursive=False, filter=plain)


def fill(folder: Path, *, platform: str, at: int) -> None:
    """Everything the archive holds, into an empty folder; SystemExit names the packages without a wheel."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    if missing := fetch(wheels, platform=platform):
        raise SystemExit("\n".join([f"no wheel for {platform}:", *missing]))
    build_wheel(wheels, at=at)
    text = bill(
        wheels.glob("*.whl"),
        front_end=ROOT / "frontend" / "package-lock.json",
        pythons=PYTHONS,
        at=datetime.fromtimestamp(at, UTC),
    )
    (folder / f"gongjian-{version()}.cdx.json").write_text(text + "\n", encoding="utf-8")
    for name in SCRIPTS:
        shutil.copyfile(ROOT / "deploy" / name, folder / name)
    shutil.copyfile(LOCK, folder / "requirements.txt")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    shutil.copytree(ROOT / "docs" / "operations", folder / "docs" / "operations")
    facts = f"VERSION={version()}\nARCH={platform}\nPYTHONS='{' '.join(PYTHONS)}'\n"
    (folder / "bundle.env").write_text(facts, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(checksums(folder), encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Make the archive and its digest in dist/."""
    parser = argparse.ArgumentParser(prog="make bundle")
    parser.add_argument("--platform", choices=sorted(OLD_NAMES), default="x86_64")
    parser.add_argument("--into", type=Path, default=ROOT / "dist", help="folder of the archive")
    args = parser.parse_args(argv)
    name, at = f"gongjian-{version()}-{args.platform}", moment()
    args.into.mkdir(parents=True, exist_ok=True)
    archive: Path = args.into / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory(dir=args.into) as scratch:
        folder = Path(scratch) / name
        fill(folder, platform=args.platform, at=at)
        count = len(list((folder / "wheels").iterdir()))
        pack(folder, archive, at=at)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n", encoding="utf-8")
    size = archive.stat().st_size / 1e6
    print(
        f"{archive}: {size:.0f} MB, {count} wheels, Python {', '.join(PYTHONS)}, {args.platform}, glibc from 2.28"
    )
    print(f"sha256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
