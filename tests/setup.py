"""Fetches what the browser and paper tests need where it may (apt as root); elsewhere prints the one command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui",
    "pdftoppm": "poppler-utils",
    "fc-list": "fontconfig",
    "initdb": "postgresql",
    "strace": "strace",
}
FONTS = ("fonts-noto-cjk", "fonts-arphic-gbsn00lp", "fonts-arphic-gkai00mp")


def missing() -> list[str]:
    """Debian packages that are not there yet."""
    wanted = [package for program, package in PACKAGES.items() if not _has(program)]
    return wanted + [font for font in FONTS if not Path(f"/usr/share/doc/{font}").exists()]


def _has(program: str) -> bool:
    return bool(shutil.which(program) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")))


def main() -> int:
    """Install, or say what to install; never fails the suite: what cannot run is skipped with its reason."""
    wanted = missing()
    if not wanted:
        return 0
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL, check=False)
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if still := missing():
        print(
            f"Browser, paper and PostgreSQL tests that need {', '.join(still)} will be skipped. To run them too:",
            file=sys.stderr,
        )
        print(f"    sudo apt-get install -y --no-install-recommends {' '.join(still)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
