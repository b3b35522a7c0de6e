#!/bin/sh
# Builds the wheel, installs it in a clean environment, and runs the bundled suite from there with the
# source tree out of the way.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
python=$(cd "$here" && "${PYTHON:-python3}" -c 'import sys; print(sys.executable)')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$here"
"$python" -m build --wheel --no-isolation --outdir "$work/dist" . >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$work"/dist/*.whl

site=$("$work/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
"$work/venv/bin/python" "$here/tests/only_name.py" "$site"

cd "$work"
"$work/venv/bin/syncproof" init plant >/dev/null
cd plant
"$work/venv/bin/syncproof" landscape check
"$work/venv/bin/syncproof" qualify features/own_rules.feature --no-report
cd "$work"
"$work/venv/bin/syncproof" qualify --no-report -n 2
# An auditor's two commands on what it left.
"$work/venv/bin/syncproof" evidence verify evidence/0001-*
"$work/venv/bin/syncproof" evidence replay evidence/0001-*
