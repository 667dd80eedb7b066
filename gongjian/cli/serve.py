"""`gongjian serve`: the product on one port."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop
from gongjian.cli.roomy_frame import in_roomy_frame

HELP = gettext_noop("启动服务")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "--host", default=os.environ.get("HOST", "127.0.0.1"), help=_("监听地址，缺省只限本机")
    )
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help=_("端口，缺省取环境变量 PORT")
    )
    parser.add_argument(
        "--workers", type=int, default=usual_workers(), help=_("进程数，缺省按处理器数，至少 2，至多 4")
    )


def usual_workers() -> int:
    """As many processes as there are processors for this one, two at least: one slow page does not hold up all others."""
    return min(4, max(2, len(os.sched_getaffinity(0))))


def run(args: argparse.Namespace) -> int:
    """Prepare the instance and serve until stopped."""
    from gongjian.cli.instance import load_presets, open_current_instance

    open_current_instance()
    load_presets()
    serve(
        host=args.host,
        port=args.port,
        workers=args.workers,
        ready=lambda: print(f"http://{args.host}:{args.port}/", flush=True),
    )
    return 0


def serve(*, host: str, port: int, workers: int, ready: Callable[[], object]) -> None:
    """Run gunicorn in this process; calls `ready` once the server is listening."""
    from gunicorn.app.base import BaseApplication

    from gongjian.cli.buffering_worker import BufferingWorker

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "worker_class": BufferingWorker,
                "timeout": 120,
                "max_requests": 0,
                "loglevel": "warning",
                "when_ready": lambda _server: ready(),
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from django.core.wsgi import get_wsgi_application

            from gongjian.cli.instance import freeze_loaded_modules
            from gongjian.engines.trial.process import switch

            switch(on=True)
            application = get_wsgi_application()
            freeze_loaded_modules()
            return lambda *request: in_roomy_frame(lambda: application(*request))

    ticking = _start_ticking()
    try:
        Server().run()
    finally:
        if ticking is not None:
            ticking.terminate()


def _start_ticking() -> "subprocess.Popen[bytes] | None":
    """The routine run beside the service, in a process of its own that ends with it."""
    from django.conf import settings

    seconds = int(settings.OPTION_TABLE["TICK_SECONDS"][0])
    if not seconds:
        return None
    command = [sys.executable, "-m", "gongjian.cli", "tick", "--every", str(seconds)]
    return subprocess.Popen(command)  # noqa: S603  our own program, no word from outside
