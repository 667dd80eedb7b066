"""Pictures made safe and small: upright, without place and device data, at most 2560 pixels a side, with a thumbnail."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from gongjian.engines.files.types import JPEG, PNG, BadFile, FileKind

MOST_PIXELS = 50_000_000
LONGEST = 2560
THUMBNAIL = 320
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")


@dataclass(frozen=True)
class Picture:
    """A picture as it is stored, with its thumbnail."""

    content: bytes
    kind: FileKind
    width: int
    height: int
    thumbnail: bytes


def safe_picture(content: bytes) -> Picture:
    """Decode a picture and encode it again, so that nothing hidden in the file survives; raises BadFile."""
    picture = _open_picture(content)
    picture.thumbnail((LONGEST, LONGEST))
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    converted, kind = (picture.convert("RGBA"), PNG) if clear else (picture.convert("RGB"), JPEG)
    body = _encoded(converted, "PNG" if clear else "JPEG")
    small = converted.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    if small.mode == "RGBA":
        ground = Image.new("RGB", small.size, "#ffffff")
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    return Picture(body, kind, converted.width, converted.height, _encoded(small, "JPEG"))


def _open_picture(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise BadFile("bomb")
                opened.load()
                return ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise BadFile("bomb") from bomb
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, Warning) as damaged:
        raise BadFile("damaged") from damaged


def _encoded(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **({"quality": 85, "optimize": True} if form == "JPEG" else {"optimize": True}))
    return out.getvalue()
