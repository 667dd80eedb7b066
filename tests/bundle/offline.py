"""What a new operator does, on a machine without network: install the archive, make an instance, serve it, work in it.

`python -m tests.bundle.offline ARCHIVE FOLDER PYTHON` in a network namespace of its own; prints each step, and last the
Python of the installed product. An assertion that fails ends it.
"""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from tests.journeys.server import Client, free_port

NEW = "linhe-office-2026"
ADMINISTRATOR_PAGES = (
    "/accounts/",
    "/areas/",
    "/units/",
    "/persons/",
    "/regimes/",
    "/calendar/",
    "/manual/",
    "/ladder/",
)
CLERK_PAGES = (
    "/",
    "/visits/",
    "/visits/new/",
    "/problems/",
    "/problems/new/",
    "/triage/",
    "/supervised/",
    "/inbox/",
    "/enterprises/",
    "/facts/imports/",
    "/policies/",
    "/payouts/",
    "/market/",
    "/intake/",
    "/bulletins/",
    "/call-backs/",
    "/complaints/",
    "/burden/",
    "/common/",
)
FILES = ("/static/vendor/htmx.min.js", "/static/vendor/bootstrap.min.css", "/static/vendor/echarts.min.js")
WORKBOOKS = ("/problems/export/", "/visits/export/", "/facts/sample/")
OUTSIDE = ("192.0.2.1", 443)  # an address that belongs to nobody: with any route at all, the call would wait


def step(line: str) -> None:
    """One line of what was done."""
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def no_network() -> None:
    """Nothing outside is reached from here, not even a name server."""
    with contextlib.closing(socket.socket()) as probe:
        probe.settimeout(5)
        try:
            probe.connect(OUTSIDE)
        except OSError as error:
            step(f"no route: {error.strerror}")
            return
    raise AssertionError("there is a network here")


class Installed:
    """The product as install.sh put it, and an instance of it."""

    def __init__(self, folder: Path) -> None:
        self.prefix, self.home = folder / "opt", folder / "instance"
        self.home.mkdir()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGJIAN_", "DJANGO_", "PYTHON"))}
        self.environment = kept | {"GONGJIAN_HOME": str(self.home)}

    def run(self, *words: str) -> str:
        """One command of the product, called from the instance's folder; its output."""
        ran = subprocess.run(
            [self.prefix / "current" / "bin" / "gongjian", *words],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    @contextlib.contextmanager
    def serving(self):
        """The service on a port of its own; ends with the block."""
        port = free_port()
        with (self.home / "server.log").open("ab") as log:
            process = subprocess.Popen(
                [self.prefix / "current" / "bin" / "gongjian", "serve", "--port", str(port)],
                cwd=self.home,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            for _n in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                    break
                assert process.poll() is None, (self.home / "server.log").read_text()
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def install(archive: Path, folder: Path, python: str, prefix: Path) -> None:
    """Unpack and install; a second run finds everything there and changes nothing."""
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    script = next(folder.glob("gongjian-*/install.sh"))
    for turn in ("installed", "installed again"):
        started = time.monotonic()
        words = ["sh", str(script), "--prefix", str(prefix), "--python", python]
        ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        step(f"{turn} in {time.monotonic() - started:.0f} s: {ran.stdout.splitlines()[1]}")
        if turn == "installed":
            target, made = (
                (prefix / "current").resolve(),
                (prefix / "current" / "pyvenv.cfg").stat().st_mtime_ns,
            )
    assert (prefix / "current").resolve() == target
    assert (prefix / "current" / "pyvenv.cfg").stat().st_mtime_ns == made


def opened(client: Client, path: str) -> str:
    """The page; it must be one."""
    status, text, to = client.request("GET", path)
    assert status == http.client.OK, (path, status, to, text[:300])
    return text


def enter(port: int, username: str, once: str) -> Client:
    """Signed in for the first time: the one-time password is changed."""
    client = Client(port)
    client.sign_in(username, once)
    opened(client, "/password/")
    status, text, _to = client.request("POST", "/password/", {"old": once, "new": NEW, "again": NEW})
    assert status == http.client.FOUND, text[:500]
    return client


def settle_in(admin: Client) -> str:
    """The administrator opens the clerk's account; returns its one-time password."""
    for path in ADMINISTRATOR_PAGES:
        opened(admin, path)
    facts = {"username": "zhoumin", "name": "周敏", "role": "CLERK", "reads_area": "1", "writes_area": "1"}
    _status, text, _to = admin.request("POST", "/accounts/new/", facts)
    found = re.search(r"data-password>([a-z0-9-]+)<", text)
    assert found, text[:500]
    step(f"the administrator walked {len(ADMINISTRATOR_PAGES)} pages and opened the clerk's account")
    return found[1]


def work(clerk: Client) -> None:
    """The clerk walks the main pages, records a firm and its problem, takes workbooks, and changes the language."""
    for path in CLERK_PAGES:
        opened(clerk, path)
    for path in FILES:
        assert len(opened(clerk, path)) > 10_000, path
    firm = {"name": "安川恒岳机械有限公司", "area": "1", "status": "ACTIVE"}
    status, text, to = clerk.request("POST", "/enterprises/new/", firm)
    assert status == http.client.FOUND, text[:500]
    assert firm["name"] in opened(clerk, to)
    said = "厂区外道路破损，重型车辆进出困难。"
    facts = {
        "enterprise": "1",
        "text": said,
        "kind": "DIFFICULTY",
        "category": "OTHER",
        "channel": "FIRM",
        "origin": "COUNTY",
    }
    status, text, to = clerk.request("POST", "/problems/new/", facts)
    assert status == http.client.FOUND, text[:500]
    assert said in opened(clerk, to)
    for path in WORKBOOKS:
        assert opened(clerk, path).startswith("PK"), path
    clerk.request("POST", "/language/", {"language": "en", "next": "/problems/"})
    assert "Problem ledger" in opened(
        clerk, "/problems/"
    )  # the catalogue was compiled when the wheel was built
    step(
        f"the clerk walked {len(CLERK_PAGES)} pages, recorded a firm and a problem, took {len(WORKBOOKS)} workbooks"
    )


def main(archive: Path, folder: Path, python: str) -> None:
    """All of it."""
    no_network()
    product = Installed(folder)
    install(archive, folder, python, product.prefix)
    told = product.run("init", "--city", "安川市")
    once = re.search(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", told)
    assert once, told
    step("an instance is made")
    with product.serving() as port:
        work(enter(port, "zhoumin", settle_in(enter(port, "admin", once[0]))))
        product.run("backup", str(folder / "backup.zip"))
        step(f"backed up while it serves: {(folder / 'backup.zip').stat().st_size} bytes")
    product.run("verify")
    step("the chain is whole")
    print(product.prefix / "current" / "bin" / "python")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
