#!/bin/sh
# Runs features on a real Tryton server and compares every verdict and reason with what is known of it.
#   tests/tryton.sh LANDSCAPE BASELINE [PATH…]      (no PATH: all features)
# Deviations are known and explained (landscapes/tryton.md), so the run itself may fail; what differs may not.
set -eu
PYTHON=${PYTHON:-python}
landscape=$1 baseline=$2
shift 2
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

code=0
"$PYTHON" -m syncproof qualify "$@" --landscape "$landscape" --no-report --out "$out" || code=$?
if [ "$code" != 0 ] && [ "$code" != 1 ] && [ "$code" != 3 ]; then
  echo "the qualification on $landscape could not be run (exit code $code)"
  exit "$code"
fi
"$PYTHON" -m syncproof evidence compare "$(ls -d "$out"/0001-*)" "$baseline"
# Real systems leave evidence that can be checked and played back without them.
"$PYTHON" -m syncproof evidence verify "$(ls -d "$out"/0001-*)"
"$PYTHON" -m syncproof evidence replay "$(ls -d "$out"/0001-*)"
