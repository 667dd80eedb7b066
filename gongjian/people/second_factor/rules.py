"""Codes by time (RFC 6238) and recovery codes, without a database."""

import base64
import hashlib
import secrets
import unicodedata
from datetime import datetime
from hmac import compare_digest
from urllib.parse import quote, urlencode

from django_otp.oath import hotp

STEP = 30  # seconds in which the phone shows one code: what every app takes for granted
DIGITS = 6
TOLERANCE = 1  # steps a phone may be off
TOLD = 20  # steps a phone may be off so that it can still be told by how much
RECOVERY_CODES = 10
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another
RECOVERY_LENGTH = 12
GROUP = 4


def new_secret() -> str:
    """A secret of 160 bits, as an app takes it when it is typed in."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def in_groups(text: str) -> str:
    """A long word in groups of four, to be read off and typed."""
    return " ".join(text[n : n + GROUP] for n in range(0, len(text), GROUP))


def address_of(secret: str, *, name: str, issuer: str) -> str:
    """What the picture says to the app: whose secret, for which place."""
    label = quote(f"{issuer}:{name}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def bare(typed: str) -> str:
    """What was typed without blanks and hyphens, full-width signs as usual ones."""
    folded = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def is_time_code(typed: str) -> bool:
    """Whether it has the shape of a code of the phone; everything else is taken for a recovery code."""
    return len(typed) == DIGITS and typed.isascii() and typed.isdigit()


def step_of(at: datetime) -> int:
    """The step a moment lies in."""
    return int(at.timestamp()) // STEP


def code_of(secret: str, step: int) -> str:
    """The code a phone shows in a step."""
    return f"{hotp(base64.b32decode(secret), step, digits=DIGITS):0{DIGITS}d}"


def steps_off(
    secret: str, code: str, *, at: datetime, back: int = TOLERANCE, ahead: int = TOLERANCE
) -> int | None:
    """By how many steps the phone that shows this code differs from `at`, the nearest first; None for no such code."""
    offsets = sorted(range(-back, ahead + 1), key=abs)
    now = step_of(at)
    return next((n for n in offsets if compare_digest(code_of(secret, now + n), code)), None)


def new_recovery_codes() -> list[str]:
    """Codes to be printed, each for one use: twelve letters in three groups."""
    made = []
    for _n in range(RECOVERY_CODES):
        letters = "".join(secrets.choice(READABLE) for _m in range(RECOVERY_LENGTH))
        made.append(in_groups(letters).replace(" ", "-"))
    return made


def digest_of(code: str, *, account: int) -> str:
    """What is kept of a recovery code: 59 random bits need no slow hash, and are of no use to another account."""
    return hashlib.sha256(f"{account}:{bare(code)}".encode()).hexdigest()
