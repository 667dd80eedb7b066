"""Getting an instance ready: settings, database, presets, texts."""

import gc
import re
import tempfile
from pathlib import Path

import django


def open_instance() -> None:
    """Load Django with the instance's settings."""
    django.setup()


def settle() -> None:
    """Load every page, then take all that stays for good out of the collector's rounds: one request in twenty waited a fifth of a second for them."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  asking is what loads them
    gc.collect()
    gc.freeze()


def prepare(*, verbose: bool) -> None:
    """Bring the database to this version, the regime presets and the library of policies with it. Running it again changes nothing."""
    from django.core.management import call_command
    from django.utils import timezone

    from gongjian.assignments import services as assignments
    from gongjian.policies import services as policies

    compile_catalogues()
    call_command("migrate", interactive=False, verbosity=1 if verbose else 0)
    assignments.load_regimes(by=None, at=timezone.now())
    policies.load_library(by=None, at=timezone.now())


COUNTED = re.compile(
    r"%\((?:n|number)\)s"
)  # sentences a template may count with: asked for as plurals, which Chinese has not


def compile_catalogues() -> None:
    """Compile the interface texts where the compiled file is missing or older than its source."""
    for source in (Path(__file__).resolve().parent.parent / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages import mofile, pofile

        with source.open("rb") as text:
            catalogue = pofile.read_po(text)
        for message in catalogue:
            said, told = message.id, message.string
            if isinstance(said, str) and isinstance(told, str) and COUNTED.search(said):
                message.id, message.string = [said, said], [told, told]
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as compiled:
            mofile.write_mo(compiled, catalogue)
        Path(compiled.name).replace(target)
