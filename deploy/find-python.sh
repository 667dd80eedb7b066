#!/bin/sh
# Prints the first Python from 3.11 on that runs here and can make a virtual environment; status 1 and a sentence when
# there is none. The versions the product is tested on come first; names given as words are tried instead of these.
[ $# -gt 0 ] || set -- python3.11 python3.12 python3.13 python3 python
for name in "$@"; do
  # A name on the path may be a mere pointer to a version that is not there: only running it tells.
  if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    command -v "$name"
    exit 0
  fi
done
echo "没有找到 Python 3.11 或更新的版本（须含 venv 和 pip）。请先安装（如 apt-get install python3 python3-venv），或指明路径：PYTHON=/路径/python3.11。" >&2
echo "No Python from 3.11 on with venv and pip was found. Install one (apt-get install python3 python3-venv), or name it: PYTHON=/path/to/python3.11." >&2
exit 1
