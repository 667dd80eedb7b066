"""Pictures made safe and small: upright, without place and device data, at most 2560 pixels a side, with a thumbnail."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from gongjian.engines.files.types import JPEG, PNG, BadFile, Kind

MOST_PIXELS = 50_000_000
LONGEST = 2560
THUMBNAIL = 320
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")


@dataclass(frozen=True)
class Picture:
    """What is kept of a picture."""

    content: bytes
    kind: Kind
    width: int
    height: int
    thumbnail: bytes


def made_safe(content: bytes) -> Picture:
    """Decoded and written anew: nothing hidden beside the picture survives. BadFile for bombs and damaged files."""
    picture = _opened(content)
    picture.thumbnail((LONGEST, LONGEST))
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    kept, kind = (picture.convert("RGBA"), PNG) if clear else (picture.convert("RGB"), JPEG)
    body = _written(kept, "PNG" if clear else "JPEG")
    small = kept.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    if small.mode == "RGBA":
        ground = Image.new("RGB", small.size, "#ffffff")
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    return Picture(body, kind, kept.width, kept.height, _written(small, "JPEG"))


def _opened(content: bytes) -> Image.Image:
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


def _written(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **({"quality": 85, "optimize": True} if form == "JPEG" else {"optimize": True}))
    return out.getvalue()
