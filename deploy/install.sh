#!/bin/sh
# Installs this archive without network: sh install.sh [--prefix /opt/gongjian] [--python /path/to/python3.11]
# Each archive gets a folder of its own under PREFIX/versions; PREFIX/current points to the one in use. Running it again
# changes nothing; a newer archive is installed beside the old one and takes its place only when it is complete.
set -eu
umask 022
prefix=/opt/gongjian
python=${PYTHON:-}
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=${2:?--prefix}; shift 2 ;;
    --python) python=${2:?--python}; shift 2 ;;
    *) sed -n '2,4s/^# //p' "$0"; exit 2 ;;
  esac
done
cd "$(dirname "$0")"

stop() {
  printf '%s\n%s\n' "$1" "$2" >&2
  exit 1
}

sha256sum -c SHA256SUMS >/dev/null 2>&1 || stop \
  "安装包与 SHA256SUMS 不符：传输中损坏或被改动。请重新传输后再装，什么都没有安装。" \
  "The archive does not agree with SHA256SUMS: it was damaged or changed. Transfer it again; nothing was installed."
. ./bundle.env
[ "$(uname -m)" = "$ARCH" ] || stop \
  "这个安装包用于 $ARCH，本机是 $(uname -m)。请换用对应的安装包。" \
  "This archive is for $ARCH, the machine is $(uname -m). Take the archive made for it."
python=$(sh find-python.sh ${python:+"$python"})
minor=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
case " $PYTHONS " in *" $minor "*) ;; *) stop \
  "安装包带有 Python $PYTHONS 的组件，找到的是 $minor（$python）。请用 --python 指明其中一个版本。" \
  "The archive holds wheels for Python $PYTHONS, found was $minor ($python). Name one of these with --python." ;;
esac
# A Python in somebody's home serves that person alone, not the user of the service.
hidden=$("$python" -c '
import os, pathlib, sys
real = pathlib.Path(os.path.realpath(sys.executable))
print(next((p for p in real.parents if not p.stat().st_mode & 1), ""))')
[ -z "$hidden" ] || printf '%s\n%s\n' >&2 \
  "注意：$python 在 $hidden 下，其他用户进不去，服务用户 gongjian 将无法运行。请删除安装好的文件夹，用 --python 指明系统的 Python（如 /usr/bin/python3）再装。" \
  "Mind: $python lies under $hidden, closed to other users, so the service's user cannot run it. Remove the installed folder and install with --python and the system's Python (such as /usr/bin/python3)."

mkdir -p "$prefix/versions"
prefix=$(cd "$prefix" && pwd)
id=$VERSION-$(sha256sum SHA256SUMS | cut -c1-8)
target=$prefix/versions/$id
before=$(readlink "$prefix/current" 2>/dev/null || true)
if [ ! -e "$target/.complete" ]; then
  rm -rf "$target"
  "$python" -m venv "$target"
  pip() { PIP_CONFIG_FILE=/dev/null "$target/bin/python" -m pip --isolated install --quiet --disable-pip-version-check --no-cache-dir --no-index "$@"; }
  pip --find-links wheels --only-binary :all: --require-hashes -r requirements.txt
  pip --no-deps "wheels/gongjian-$VERSION-py3-none-any.whl"
  "$target/bin/gongjian" --help >/dev/null
  cp SHA256SUMS "gongjian-$VERSION.cdx.json" "$target/share/gongjian/"
  : >"$target/.complete"
fi
ln -sfn "versions/$id" "$prefix/current.new"
mv -fT "$prefix/current.new" "$prefix/current"

echo "已安装 攻坚 $VERSION（Python $minor）：$target"
echo "Gongjian $VERSION is installed (Python $minor): $target"
if [ -n "$before" ] && [ "$before" != "versions/$id" ]; then
  cat <<NEXT

升级 / Upgrade: $before -> versions/$id
  1. systemctl stop gongjian
  2. gongjian upgrade
  3. systemctl start gongjian
退回程序 / back to the program before:  ln -sfn $before $prefix/current
NEXT
else
  cat <<NEXT

下一步 / Next:
  export GONGJIAN_HOME=/var/lib/gongjian        # 实例文件夹 / folder of the instance
  $prefix/current/bin/gongjian init --city 某市  # 建立 / make it
  $prefix/current/bin/gongjian serve            # 启动 / serve it: http://127.0.0.1:8000/
systemd、nginx、备份 / systemd, nginx, backup: $prefix/current/share/gongjian, docs/operations
NEXT
fi
