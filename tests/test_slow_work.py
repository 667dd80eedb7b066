"""Nothing slow is done while a transaction that writes is open: watched in every test."""

import io

import pytest
from django.db import transaction
from PIL import Image

from gongjian.attachments.services import accept_file
from tests.slow_work import SlowWorkInside


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_decoded_inside_a_transaction_is_caught(db):
    accept_file("现场.png", _picture())
    with pytest.raises(SlowWorkInside, match="safe_picture"), transaction.atomic():
        accept_file("现场.png", _picture())


def test_a_password_tried_inside_a_transaction_is_caught(db, django_user_model):
    account = django_user_model(username="a")
    account.set_password("a word of somebody")
    assert account.check_password("a word of somebody")
    with pytest.raises(SlowWorkInside, match="verify_password"), transaction.atomic():
        account.check_password("a word of somebody")
