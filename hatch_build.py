"""What building the package adds: the English catalogue, compiled. A wheel, an installation from this folder and `python hatch_build.py` all do it; a server never does."""

import re
import tempfile
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = "zh_Hans"  # said as it stands, or Django would say it in the language of the instance
LOCALE = Path(__file__).resolve().parent / "gongjian" / "locale"
COUNTED = re.compile(
    r"%\((?:n|number)\)s"
)  # sentences a template may count with: asked for as plurals, which Chinese has not
ONE_OR_MANY = re.compile(
    r"([A-Za-z]+)\|([A-Za-z]+)"
)  # "draft|drafts": the word for one, and for any other number
READABLE = 0o644  # a temporary file is made for its owner alone


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # its configuration is of no interest here
    """Runs before hatchling gathers the files of a wheel, and before it links this folder for development."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's words
        """Compile what is missing or older than its source."""
        compile_catalogues(Path(self.root) / "gongjian" / "locale")


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Compile each catalogue under `locale` whose compiled file is missing or older than its source; returns the files written."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target, same = source.with_suffix(".mo"), locale / SOURCE / "LC_MESSAGES" / "django.mo"
        if all(file.exists() and file.stat().st_mtime >= source.stat().st_mtime for file in (target, same)):
            continue
        with source.open("rb") as text:
            catalogue = pofile.read_po(text)
        in_source = Catalog(locale=SOURCE)
        for message in catalogue:
            source_text, english = message.id, message.string
            if isinstance(source_text, str) and isinstance(english, str) and COUNTED.search(source_text):
                message.id = [source_text, source_text]
                message.string = [chosen(english, many=many) for many in (False, True)]
            if source_text:
                in_source.add(
                    message.id, (str(source_text),) if isinstance(message.id, list) else str(source_text)
                )
        _write(in_source, same)
        _write(catalogue, target)
        written.append(target)
    return written


def chosen(english: str, *, many: bool) -> str:
    """The English for one or for many: pairs behind the number that chooses; those behind another are told when they are filled."""
    told, counts = [], True
    for part in re.split(r"(%\(\w+\)[sd])", english):
        if part.startswith("%("):
            counts = COUNTED.match(part) is not None
        told.append(ONE_OR_MANY.sub(r"\2" if many else r"\1", part) if counts else part)
    return "".join(told)


def _write(catalogue: Catalog, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as compiled:
        mofile.write_mo(compiled, catalogue)
    half = Path(compiled.name)
    half.chmod(READABLE)
    half.replace(target)


if __name__ == "__main__":
    compile_catalogues()
