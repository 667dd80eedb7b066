#!/bin/sh
# One back-up of the instance into a folder, named by the moment; keeps the newest KEEP (30).
# On PostgreSQL `gongjian backup` calls pg_dump, which must be installed on this machine.
set -eu
umask 077
folder=${1:?folder}
keep=${KEEP:-30}
gongjian=${GONGJIAN:-/opt/gongjian/current/bin/gongjian}
cd "$folder"
ending=zip${GONGJIAN_BACKUP_KEYS:+.age}
"$gongjian" backup "$PWD/gongjian-$(date +%Y%m%d-%H%M%S).$ending"
# Only after a back-up that succeeded is an old one thrown away.
find . -maxdepth 1 -name 'gongjian-????????-??????.zip*' ! -name '*.part' | sort -r | tail -n "+$((keep + 1))" | xargs -r rm -f --
