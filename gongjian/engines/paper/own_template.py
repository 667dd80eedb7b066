"""An office's own Word template (模板): what it may hold, which fields it names, and the papers it makes.

A template is a .docx with fields in double braces, `{{ 标题 }}`, and parts that stand only where a field has a value,
`{%p if 协办单位 %}` to `{%p endif %}`. Nothing else is carried out: no loops, no calls. One field may be the body, alone in
its paragraph; the parts of the paper stand there, in the line spacing of that paragraph. What is wrong is told by a code.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # has no types of its own
from jinja2 import TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gongjian.engines.paper.blocks import Block
from gongjian.engines.paper.template_flaws import LARGEST, BadTemplate, Fault, Flaw
from gongjian.engines.paper.text import TextFlow
from gongjian.engines.paper.word_file import reproducible
from gongjian.engines.writing.signs import clean_values

MEGABYTE = 1024 * 1024
MOST_UNPACKED, MOST_PARTS = 60 * MEGABYTE, 1000
OLE = b"\xd0\xcf\x11\xe0"
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OUTSIDE = re.compile(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>")
LINK = re.compile(rb"/(?:hyperlink|attachedTemplate)\"")
ATTACHED = re.compile(rb"<Relationship\b[^>]*/attachedTemplate\"[^>]*/>|<w:attachedTemplate\b[^>]*/>")
OBJECTS = re.compile(r"^word/(?:embeddings|activeX)/")
MAIN = b"wordprocessingml.document.main+xml"
MARK = "⟦正文⟧"
FIRST_BOOKMARK = 1000
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
# What the libraries raise over a document that is packed well and says nothing sensible.
UNREADABLE = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
    PackageNotFoundError,
)
GRID = f"""<w:tblPr {nsdecls("w")}><w:tblBorders>{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}</w:tblBorders></w:tblPr>"""


class _Fields(ImmutableSandboxedEnvironment):
    """Reads fields and conditions on them, in every part of the file, and nothing else."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Undefined)
        self.named: set[str] = set()
        self.faults: list[Fault] = []

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, ALLOWED):
                self.faults.append(Fault(Flaw.STATEMENT, type(node).__name__))
        self.named |= {node.name for node in tree.find_all(nodes.Name)}
        if self.faults:
            raise BadTemplate(*self.faults)
        return tree


def accepted(file: bytes) -> bytes:
    """The file as it may be kept: a .docx without macros, objects or anything outside itself; raises BadTemplate."""
    if not file.strip(b"\0 \r\n\t"):
        raise BadTemplate(Fault(Flaw.EMPTY))
    if len(file) > LARGEST:
        raise BadTemplate(Fault(Flaw.TOO_LARGE))
    if file.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in file
        raise BadTemplate(Fault(Flaw.LOCKED if locked else Flaw.OLD_WORD))
    if not file.startswith(b"PK"):
        raise BadTemplate(Fault(Flaw.NOT_WORD))
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            return _packed_again(_parts(packed))
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
    ) as error:
        raise BadTemplate(Fault(Flaw.BROKEN)) from error


def _parts(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """What is in the file, looked through before anything is read as a document."""
    listed, left = packed.infolist(), MOST_UNPACKED
    if any(part.flag_bits & 1 for part in listed):
        raise BadTemplate(Fault(Flaw.LOCKED))
    if len(listed) > MOST_PARTS:
        raise BadTemplate(Fault(Flaw.TOO_LARGE))
    found = {}
    for part in listed:
        with packed.open(part) as source:
            content = source.read(left + 1)
        left -= len(content)
        if left < 0:
            raise BadTemplate(Fault(Flaw.TOO_LARGE))
        found[part.filename] = _checked(part.filename, content)
    if MAIN not in found.get("[Content_Types].xml", b"") or "word/document.xml" not in found:
        raise BadTemplate(Fault(Flaw.NOT_WORD))
    return found


def _checked(name: str, content: bytes) -> bytes:
    if name.casefold().endswith("vbaproject.bin") or (
        name == "[Content_Types].xml" and b"macroEnabled" in content
    ):
        raise BadTemplate(Fault(Flaw.MACROS))
    if OBJECTS.match(name):
        raise BadTemplate(Fault(Flaw.OBJECTS))
    if name.endswith((".xml", ".rels")) and DOCTYPE.search(content):
        raise BadTemplate(Fault(Flaw.OUTSIDE))
    if name.endswith(".rels") and any(not LINK.search(found) for found in OUTSIDE.findall(content)):
        raise BadTemplate(Fault(Flaw.OUTSIDE))
    return ATTACHED.sub(b"", content)  # the writer's own Word template, on his own disk


def _packed_again(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return reproducible(out.getvalue())


def check(file: bytes, samples: Mapping[str, str], *, body: str = "") -> None:
    """Raise BadTemplate unless the template can be filled with these fields; every unknown field is named."""
    fields = _Fields()
    try:
        _filled(file, samples, fields, body=body)
    except UNREADABLE as error:
        raise BadTemplate(Fault(Flaw.BROKEN)) from error
    unknown = sorted(fields.named - samples.keys() - {body})
    if unknown:
        raise BadTemplate(*(Fault(Flaw.FIELD, name) for name in unknown))
    if body and body not in fields.named:
        raise BadTemplate(Fault(Flaw.NO_BODY))
    if not fields.named:
        raise BadTemplate(Fault(Flaw.NO_FIELD))


def fill(file: bytes, facts: Mapping[str, str], blocks: Sequence[Block] = (), *, body: str = "") -> bytes:
    """The paper that a template makes of these facts, with the blocks where its body stands."""
    return _saved(_filled(file, facts, _Fields(), blocks=blocks, body=body))


def fill_each(file: bytes, papers: Sequence[Mapping[str, str]]) -> bytes:
    """Several papers of one template in one file, each beginning on a page of its own."""
    first, *others = (_filled(file, facts, _Fields()) for facts in papers)
    end = first.element.body[-1]  # the section comes last
    for document in others:
        line = first.add_paragraph()
        line.paragraph_format.page_break_before = True
        line.paragraph_format.line_spacing = 1
        for part in document.element.body[:-1]:
            end.addprevious(deepcopy(part))
    return _saved(first)


def _filled(
    file: bytes, facts: Mapping[str, str], fields: _Fields, *, blocks: Sequence[Block] = (), body: str = ""
) -> Any:
    template = DocxTemplate(io.BytesIO(file))
    try:
        template.render({**clean_values(dict(facts)), body: MARK}, fields)
    except TemplateSyntaxError as error:
        raise BadTemplate(Fault(Flaw.BRACES)) from error
    document = template.docx
    if body and body in fields.named:
        _write_body(document, blocks)
    return document


def _write_body(document: Any, blocks: Sequence[Block]) -> None:
    """The blocks in place of the paragraph that holds the mark."""
    marked = [line for line in document.paragraphs if line.text.strip() == MARK]
    if len(marked) != 1 or sum(MARK in (text.text or "") for text in document.element.iter(qn("w:t"))) != 1:
        raise BadTemplate(Fault(Flaw.BODY_PLACE))
    _have_grid(document)
    place, parts = marked[0]._p, document.element.body
    before = len(parts)
    TextFlow(document, first_bookmark=FIRST_BOOKMARK).add(clean_values(tuple(blocks)))
    spacing = place.pPr.find(qn("w:spacing")) if place.pPr is not None else None
    for part in list(parts[before - 1 : -1]):
        if spacing is not None and part.tag == qn("w:p"):
            part.get_or_add_pPr().insert_element_before(deepcopy(spacing), "w:ind", "w:jc", "w:rPr")
        place.addprevious(part)
    parts.remove(place)


def _have_grid(document: Any) -> None:
    if "Table Grid" not in [style.name for style in document.styles]:
        style = document.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE)
        style.element.append(parse_xml(GRID))


def _saved(document: Any) -> bytes:
    raw = io.BytesIO()
    document.save(raw)
    return reproducible(raw.getvalue())
