"""Files are taken by what they are, kept whole, made safe; bombs and tricks are refused with a sentence."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from gongjian.attachments import services
from gongjian.attachments.models import Attachment
from gongjian.attachments.queries import attachments_of, missing_files
from gongjian.attachments.services import accept_file
from gongjian.attachments.storage import folder, path_of, store_file
from gongjian.audit import Refused
from gongjian.audit.queries import events_of, verify
from gongjian.engines.files.names import clean_name
from gongjian.engines.files.pictures import safe_picture
from gongjian.engines.files.types import OLE, BadFile, kind_of
from tests.factories import AT, AccountFactory, UnitFactory


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def picture(form="JPEG", size=(640, 480), mode="RGB", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, form, **more) if mode == "L" else Image.new(mode, size).save(
        out, form, **more
    )
    return out.getvalue()


def packed(*names: str, size: int = 10) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few hundred bytes that claim to be enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def named(value: object) -> str:
    """An archive holds the time it was made: that is no name of a test."""
    return value if isinstance(value, str) else "file"


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (picture(), "现场.jpg", "jpg"),
        (picture("PNG"), "现场.exe", "png"),
        (picture("GIF", mode="L"), "a.gif", "gif"),
        (picture("BMP"), "a.bmp", "bmp"),
        (picture("WEBP"), "a.webp", "webp"),
        (b"%PDF-1.7\n", "批复.pdf", "pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), "函.docx", "docx"),
        (packed("xl/workbook.xml"), "表.xlsx", "xlsx"),
        (packed("ppt/presentation.xml"), "a.pptx", "pptx"),
        (packed("OFD.xml"), "文件.ofd", "ofd"),
        (OLE + b"\0" * 600, "旧.wps", "wps"),
    ],
    ids=named,
)
def test_the_kind_is_what_the_bytes_say(content, name, ending):
    assert kind_of(content, name).ending == ending


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.jpg", "empty"),
        (b"MZ\x90\0" * 40, "照片.jpg", "unknown"),
        (b"<html><script>alert(1)</script>", "a.pdf", "unknown"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "IMG.HEIC", "heic"),
        (packed("a.exe"), "资料.docx", "unknown"),
        (packed("word/document.xml")[:60], "函.docx", "damaged"),
        (packed("word/document.xml", "word/vbaProject.bin"), "函.docm", "macros"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "表.xls", "macros"),
        (OLE, "a.msi", "unknown"),
        (packed(*(f"x{n}" for n in range(5001)), size=0), "a.docx", "bomb"),
        (packed("xl/workbook.xml", *(f"x{n}" for n in range(9)), size=25 * 1024 * 1024), "a.xlsx", "bomb"),
    ],
    ids=named,
)
def test_what_is_not_taken(content, name, why):
    with pytest.raises(BadFile) as bad:
        kind_of(content, name)
    assert bad.value.why == why
    assert str(services.REFUSALS[why] % {"name": name}).endswith("。")


@pytest.mark.parametrize("size", [(60000, 60000), (9000, 9000)])
def test_a_picture_that_would_unpack_to_gigabytes_is_refused_unread(size):
    with pytest.raises(BadFile) as bad:
        safe_picture(huge_png(*size))
    assert bad.value.why == "bomb"


def test_a_damaged_picture_is_refused():
    for content in (picture()[:300], huge_png(40, 40)[:50], b"\xff\xd8\xff" + b"\0" * 50):
        with pytest.raises(BadFile) as bad:
            safe_picture(content)
        assert bad.value.why == "damaged"


def test_a_picture_loses_place_and_device_and_hidden_tails_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "SECRET-PHONE"
    exif.get_ifd(0x8825)[1] = "N"
    content = picture(size=(3000, 1000), exif=exif) + b"<script>hidden</script>"
    safe = safe_picture(content)
    assert (safe.width, safe.height) == (853, 2560)
    assert b"SECRET-PHONE" not in safe.content
    assert b"hidden" not in safe.content
    with Image.open(io.BytesIO(safe.content)) as again:
        assert not again.getexif()
    with Image.open(io.BytesIO(safe.thumbnail)) as small:
        assert max(small.size) == 320
    assert safe_picture(picture("PNG", mode="RGBA")).kind.ending == "png"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("安川市现场照片（一）.jpg", "安川市现场照片（一）.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\用户\\批复.pdf", "批复.pdf"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("长" * 300 + ".docx", "长" * 120 + ".docx"),
        (" .. ", "file"),
    ],
)
def test_names_are_cleaned_and_chinese_stays(name, clean):
    assert clean_name(name) == clean


@pytest.fixture
def desk(db):
    unit, account = UnitFactory(), AccountFactory()
    return unit, account


def test_a_file_is_kept_once_noted_in_the_story_and_found_again(desk):
    unit, account = desk
    attachment = services.attach(unit, accept_file("开工现场.jpeg", picture()), by=account, at=AT)
    assert (attachment.name, attachment.ending, attachment.width) == ("开工现场.jpeg", "jpg", 640)
    assert path_of(attachment.digest).is_relative_to(folder())
    assert path_of(attachment.thumbnail).exists()
    again = services.attach(unit, accept_file("开工现场.exe", picture()), during=7, by=account, at=AT)
    assert (again.digest, again.name, again.during) == (attachment.digest, "开工现场.jpg", 7)
    assert list(attachments_of(unit)) == [attachment, again]
    assert str(events_of(unit).first()).startswith("附上“开工现场.jpeg”（")
    assert missing_files() == []
    path_of(attachment.digest).unlink()
    assert missing_files() == [attachment, again]
    assert verify() is None


def test_a_refused_file_leaves_nothing(desk):
    unit, account = desk
    with pytest.raises(Refused, match="不是能收的文件") as refused:
        services.attach(unit, accept_file("病毒.jpg", b"MZ" * 99), by=account, at=AT)
    assert refused.value.field == "files"
    assert not Attachment.objects.exists()
    assert not folder().exists()
    assert not events_of(unit).exists()


def test_limits_of_size_and_number(desk, settings):
    unit, account = desk
    settings.UPLOAD_LIMIT = 1024
    with pytest.raises(Refused, match="超过"):
        services.attach(unit, accept_file("a.pdf", b"%PDF-" + b"0" * 1024), by=account, at=AT)
    for n in range(services.MOST_FILES):
        services.attach(unit, accept_file(f"{n}.pdf", b"%PDF-1"), by=account, at=AT)
    with pytest.raises(Refused, match="最多 20 个"):
        services.attach(unit, accept_file("a.pdf", b"%PDF-1"), by=account, at=AT)


def test_taking_away_needs_a_reason_and_keeps_the_story(desk):
    unit, account = desk
    attachment = services.attach(unit, accept_file("错.pdf", b"%PDF-1"), by=account, at=AT)
    with pytest.raises(Refused, match="由上传人或攻坚办"):
        services.detach(
            attachment, subject=unit, area=unit.area, reason="不要", by=AccountFactory(role="HANDLER"), at=AT
        )
    with pytest.raises(Refused, match="为什么"):
        services.detach(attachment, subject=unit, area=unit.area, reason=" ", by=account, at=AT)
    services.detach(attachment, subject=unit, area=unit.area, reason="传错了", by=account, at=AT)
    assert not attachments_of(unit).exists()
    assert path_of(attachment.digest).exists()
    with pytest.raises(Refused, match="已经撤下"):
        services.detach(attachment, subject=unit, area=unit.area, reason="再撤", by=account, at=AT)
    assert [e.name for e in events_of(unit)] == ["attachment.added", "attachment.removed"]


def test_only_a_digest_is_a_place():
    for wrong in ("../x", "A" * 64, ""):
        with pytest.raises(ValueError, match="no digest"):
            path_of(wrong)
    assert path_of(store_file(b"x")).read_bytes() == b"x"
