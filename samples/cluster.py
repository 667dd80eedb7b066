"""A PostgreSQL cluster of its own in a folder that is thrown away at the end."""

import atexit
import contextlib
import getpass
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(p) for p in [shutil.which("initdb")] if p
    ]
    return found[-1].parent if found else None


def _as_owner(folder: Path) -> list[str]:
    """PostgreSQL refuses root: hand the folder to its own user."""
    if getpass.getuser() != "root":
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start() -> str | None:
    """The address of a fresh cluster, or None where the server program is missing."""
    programs = _programs()
    if programs is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="gongjian-pg-"))
    folder.chmod(0o755)
    owner, port = _as_owner(folder), _free_port()
    data = folder / "data"
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": "/"}
    subprocess.run(
        [
            *owner,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "gongjian",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        check=True,
        **quiet,
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
    subprocess.run(
        [*owner, programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"],
        check=True,
        **quiet,
    )

    def stop() -> None:
        command: list[Any] = [*owner, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run(command, check=False, **quiet)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://gongjian@127.0.0.1:{port}/postgres"
