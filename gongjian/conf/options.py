"""The table of options with name, default and purpose; `gongjian doctor --options` prints it."""

import os
from dataclasses import dataclass
from pathlib import Path


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; Django's own mark would ask for the settings that are being made from here."""
    return sentence


@dataclass(frozen=True)
class Option:
    """One option of an instance, set by the environment variable `GONGJIAN_<NAME>`."""

    name: str
    default: str
    help: str


OPTIONS = (
    Option("HOME", "data", _("实例文件夹：数据库、密钥、附件与备份都在这里。")),
    Option(
        "DATABASE",
        "",
        _("数据库地址。空为 HOME 下的 SQLite 文件；postgresql://用户：密码@主机：端口/库名 为 PostgreSQL。"),
    ),
    Option(
        "LANGUAGE",
        "zh",
        _(
            "命令行输出的语言：zh 或 en；每个命令也可以用 --language 指定。页面的语言由各人自己选；浏览器两种都不要的，用这一种。"
        ),
    ),
    Option(
        "BACKUP_KEYS",
        "",
        _("备份用哪些公钥加密，逗号分隔（age1……）；空为不加密。用 gongjian backup --new-key 生成。"),
    ),
    Option("HOSTS", "*", _("允许访问的主机名，逗号分隔。")),
    Option(
        "PROXIES",
        "0",
        _(
            "本服务前面有几层自己管的代理（如 nginx 为 1）。据此从 X-Forwarded-For 取来访地址，用于限制试密码、试评价码；0 为直接取连接地址。"
        ),
    ),
    Option("HTTPS", "no", _("yes：由前置服务器以 https 提供，会话与令牌只走加密连接。")),
    Option("IDLE_MINUTES", "120", _("登录后多少分钟没有操作就要重新登录。")),
    Option("SIGN_IN_HOURS", "12", _("一次登录最多用多少小时，到时要重新登录。")),
    Option(
        "SECOND_FACTOR",
        "",
        _(
            "哪些角色必须用两步验证登录，逗号分隔，如 ADMINISTRATOR,CLERK；可写 CLERK、LEADER、HANDLER、OFFICER、ENTERPRISE、AUDITOR、ADMINISTRATOR；空为各人自愿。"
        ),
    ),
    Option("DEBUG", "no", _("yes：开发用，显示出错细节。正式使用必须为 no。")),
    Option("CHAIN", "sha256", _("留痕链的摘要算法：sha256 或 sm3。只影响之后写入的事件。")),
    Option(
        "ANCHOR",
        "",
        _("每天把前一天的链头另存到哪个文件夹（别的机器的共享、只写一次的存储）；空为不存。核验时逐个对照。"),
    ),
    Option("UPLOAD_MB", "10", _("单个上传文件的上限，单位 MB。")),
    Option("REPORT_CHARACTERS", "500000", _("一篇报道最多多少字；更长的请分篇录入。")),
    Option(
        "PROJECT_LIGHTS",
        "yinchuan_2025",
        _("重点项目按哪张表亮灯：yinchuan_2025（银川）或 sanya_2022（三亚）；其他写法按银川。"),
    ),
    Option(
        "COMMON_SHARE",
        "80",
        _(
            "共性问题统一措施销号时，须有百分之几的成员企业认可；其余没有表态的列名并留在抽样回访范围。统一交办时定下，以后改这里不影响已交办的。"
        ),
    ),
    Option(
        "TICK_SECONDS",
        "300",
        _("服务运行时每隔多少秒做一次例行任务（催办督办、摘要、发送）；0 为不做，另行安排 gongjian tick。"),
    ),
    Option("DEMO", "no", _("yes：虚构城市演示，页面顶部显示提示。")),
)
ROLES = ("CLERK", "LEADER", "HANDLER", "OFFICER", "ENTERPRISE", "AUDITOR", "ADMINISTRATOR")  # that sign in
_BY_NAME = {option.name: option for option in OPTIONS}


def option(name: str) -> str:
    """The value of one option; KeyError for a name that is not in the table."""
    return os.environ.get(f"GONGJIAN_{name}", _BY_NAME[name].default)


def roles(name: str) -> frozenset[str]:
    """The roles an option lists; ValueError for a word that is none: it would silently demand nothing."""
    listed = {word.strip().upper() for word in option(name).split(",") if word.strip()}
    if unknown := listed - set(ROLES):
        raise ValueError(f"GONGJIAN_{name}: {', '.join(sorted(unknown))} ({', '.join(ROLES)})")
    return frozenset(listed)


def home() -> Path:
    """The path of the instance folder, which may not exist yet."""
    return Path(option("HOME")).resolve()
