"""What the system or the database could not do, in a sentence that says what to do next."""

import errno
import sqlite3

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

FULL = gettext_noop("磁盘满了，%(file)s 没有写成，原有的数据没有动。请清理磁盘或换一个地方，再试。")
READ_ONLY = gettext_noop("%(file)s 所在的地方是只读的，写不进去。请换一个能写的地方，或检查磁盘和挂载。")
CLOSED = gettext_noop("没有读写 %(file)s 的权限。请检查它的所有者和权限，并以服务的用户运行命令。")
MISSING = gettext_noop("找不到 %(file)s。请检查路径。")
FOLDER = gettext_noop("%(file)s 是文件夹，这里要一个文件。请检查路径。")
BROKEN_DISK = gettext_noop("读写 %(file)s 时磁盘出错。请先另存数据，再检查磁盘。")
OTHER = gettext_noop("文件 %(file)s 读写失败：%(why)s。请检查路径和权限。")
BY_NUMBER = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
    errno.ENOENT: MISSING,
    errno.EISDIR: FOLDER,
    errno.EIO: BROKEN_DISK,
}
DAMAGED = gettext_noop(
    "数据库文件损坏（%(why)s）。请保留现场，先整个复制实例文件夹，再从最近一份好的备份恢复到空文件夹。"
)
BY_WORDS = (
    ("disk is full", gettext_noop("磁盘满了，数据库没有写成，原有的数据没有动。请清理磁盘，再试。")),
    ("readonly", gettext_noop("数据库文件是只读的。请检查实例文件夹的所有者、权限和磁盘。")),
    ("unable to open", gettext_noop("数据库文件打不开。请检查实例文件夹的所有者、权限和磁盘。")),
    ("locked", gettext_noop("数据库正被别的程序占用。请稍候再试。")),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
    ("disk I/O error", gettext_noop("读写数据库时磁盘出错，或者写不下了。请检查磁盘的空间和状态，再试。")),
)


def of_file(error: OSError) -> str:
    """The sentence for a file that could not be read or written."""
    sentence = _(BY_NUMBER.get(error.errno or 0, OTHER))
    return sentence % {"file": error.filename2 or error.filename or "—", "why": error.strerror or error}


def of_database(error: Exception) -> str | None:
    """The sentence for an error of the database; None when it is none."""
    if not isinstance(error, sqlite3.Error):
        from django.db import Error

        if not isinstance(error, Error):
            return None
    told = str(error).strip()
    words = next(
        (sentence for part, sentence in BY_WORDS if part in told), gettext_noop("数据库出错：%(why)s")
    )
    return _(words) % {"why": told}
