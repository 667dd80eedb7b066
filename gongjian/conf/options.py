"""The table of options: name, default, what it is for. `gongjian doctor --options` prints it."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Option:
    """One setting of an instance: environment variable `GONGJIAN_<NAME>`."""

    name: str
    default: str
    help: str


OPTIONS = (
    Option("HOME", "data", "实例文件夹：数据库、密钥、附件与备份都在这里。"),
    Option(
        "DATABASE",
        "",
        "数据库地址。空为 HOME 下的 SQLite 文件；postgresql://用户：密码@主机：端口/库名 为 PostgreSQL。",
    ),
    Option("HOSTS", "*", "允许访问的主机名，逗号分隔。"),
    Option(
        "PROXIES",
        "0",
        "本服务前面有几层自己管的代理（如 nginx 为 1）。据此从 X-Forwarded-For 取来访地址，用于限制试密码、试评价码；0 为直接取连接地址。",
    ),
    Option("HTTPS", "no", "yes：由前置服务器以 https 提供，会话与令牌只走加密连接。"),
    Option("DEBUG", "no", "yes：开发用，显示出错细节。正式使用必须为 no。"),
    Option("CHAIN", "sha256", "留痕链的摘要算法：sha256 或 sm3。只影响之后写入的事件。"),
    Option("UPLOAD_MB", "10", "单个上传文件的上限，单位 MB。"),
    Option(
        "COMMON_SHARE",
        "80",
        "共性问题统一措施销号时，须有百分之几的成员企业认可；其余没有表态的列名并留在抽样回访范围。统一交办时定下，以后改这里不影响已交办的。",
    ),
    Option(
        "TICK_SECONDS",
        "300",
        "服务运行时每隔多少秒做一次例行任务（催办督办、摘要、发送）；0 为不做，另行安排 gongjian tick。",
    ),
    Option("DEMO", "no", "yes：虚构城市演示，页面顶部显示提示。"),
)
_BY_NAME = {option.name: option for option in OPTIONS}


def option(name: str) -> str:
    """The value of one option; KeyError for a name that is not in the table."""
    return os.environ.get(f"GONGJIAN_{name}", _BY_NAME[name].default)


def home() -> Path:
    """The instance folder, made on first use."""
    folder = Path(option("HOME")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder
