"""Checks for settings that are meant for trials only."""

from django.conf import settings

from gongjian.cli.checks.finding import Finding, fault, ok, warning
from gongjian.cli.language import gettext as _


def hosts() -> Finding:
    """Check the host names under which the service can be reached."""
    allowed = [name.strip() for name in settings.ALLOWED_HOSTS if name.strip()]
    if not allowed:
        return fault(
            "hosts", _("HOSTS 是空的：谁也打不开页面"), _("请把 GONGJIAN_HOSTS 设为访问用的域名或地址")
        )
    if "*" in allowed:
        return warning(
            "hosts", _("HOSTS 为 *：任何主机名都可以访问"), _("请把 GONGJIAN_HOSTS 设为访问用的域名或地址")
        )
    return ok("hosts", _("只接受这些主机名：%(names)s") % {"names": ", ".join(allowed)})


def https() -> Finding:
    """Check that sessions and passwords are sent only over encrypted connections, and that people behind the proxy are told apart."""
    if settings.SESSION_COOKIE_SECURE and not settings.PROXIES:
        return warning(
            "https",
            _("PROXIES 为 0：代理后面的人都算同一个地址，别人连续输错密码，会把本人也锁在外面"),
            _("请设 GONGJIAN_PROXIES=1（前面有几层代理就写几），重启服务"),
        )
    if settings.SESSION_COOKIE_SECURE:
        return ok("https", _("会话和令牌只走加密连接"))
    return warning(
        "https",
        _("HTTPS 为 no：密码和会话在网上不加密"),
        _("请在前面放带证书的 nginx，再设 GONGJIAN_HTTPS=yes；只在本机试用可以不管"),
    )


def debug() -> Finding:
    """Check that error pages do not show the program's internals."""
    if settings.DEBUG:
        return fault("debug", _("DEBUG 为 yes：出错时会显示程序内部"), _("请去掉 GONGJIAN_DEBUG，重启服务"))
    return ok("debug", _("DEBUG 已关闭"))
