"""The text of an uploaded report, whatever file it comes in, and the sentences for files that hold none."""

import re

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongjian.audit import Refused
from gongjian.engines.file_text.reading import Unreadable, read_text

LIMIT = 10 * 1024 * 1024  # bytes of the file
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LETTER = re.compile(r"[^\W\d_]")
FEWEST = 0.2  # smallest share of Chinese among the letters of a Chinese report
NOTHING_FOUND = gettext_noop("没有读出会议、走访等活动。请核对是不是一篇报道，或改为手工登记。")
SENTENCES = {
    "empty": gettext_noop("文件是空的。请检查后重新选择，或直接粘贴正文。"),
    "blank": gettext_noop(
        "这个文件里没有文字。如果是图片扫描件，请先用文字识别软件转成文字，或改为粘贴正文。"
    ),
    "scan": gettext_noop("这份 PDF 是扫描件，里面没有文字。请先用文字识别软件转成文字，或改为粘贴正文。"),
    "picture": gettext_noop("这是一张图片，里面没有文字。请先用文字识别软件转成文字，或改为粘贴正文。"),
    "locked": gettext_noop("文件加了密码，打不开。请去掉密码后另存，或直接粘贴正文。"),
    "broken": gettext_noop(
        "文件已经损坏，或与后缀名不符，打不开。请用 WPS 或 Word 打开后另存为 .docx 再上传。"
    ),
    "bomb": gettext_noop("文件展开后过大。请删去图片后另存，或只粘贴正文。"),
    "hard": gettext_noop(
        "这个文件没有读完：可能已损坏，或太费内存和时间。请用 WPS 或 Word 打开后另存为 .docx 再上传，或直接粘贴正文。"
    ),
    "old": gettext_noop(
        "这种格式（.doc、.wps、.ppt、.ofd 等）读不了。请用 WPS 或 Word 另存为 .docx，或直接粘贴正文。"
    ),
    "sheet": gettext_noop(
        "这是 Excel 表格，不是报道。企业数据请到“数据导入”上传；报道请另存为 .docx，或直接粘贴正文。"
    ),
    "packed": gettext_noop("这是压缩包。请先解开，再选择里面的报道文件。"),
    "not_text": gettext_noop("读不出文字，可能不是文本文件。请另存为 UTF-8 或 GBK 的 .txt，或直接粘贴正文。"),
}


def read_report(file_name: str, content: bytes) -> str:
    """The text of a file; raises Refused, which says what to do."""
    if len(content) > LIMIT:
        size = f"{len(content) / 1e6:.0f}"
        raise Refused(
            _("文件有 %(size)s MB，超过 10 MB 上限。请另存为纯文本，或只粘贴正文。") % {"size": size},
            field="file",
        )
    try:
        return read_text(content, file_name)
    except Unreadable as unreadable:
        raise Refused(_(SENTENCES[unreadable.why]), field="file") from unreadable


def check_report_text(text: str) -> None:
    """Raises Refused for a text that is too long to read as one report, or that is not in Chinese."""
    most = settings.REPORT_CHARACTERS
    if len(text) > most:
        raise Refused(
            _(
                "正文有 %(n)s 字，超过 %(most)s 字的上限。请分篇录入；上限可由系统管理员用 GONGJIAN_REPORT_CHARACTERS 调整。"
            )
            % {"n": len(text), "most": most},
            field="text",
        )
    letters = len(LETTER.findall(text))
    if letters and len(CHINESE.findall(text)) < FEWEST * letters:
        raise Refused(_("这篇不是中文，读不出内容。请录入中文稿，或先译成中文。"), field="text")
