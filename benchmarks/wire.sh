#!/usr/bin/env bash
# Builds what is out of date, measures servers over loopback, and prints tables. README.md has the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mebibytes=512 rounds=5 arguments=("$@")
while [ $# -gt 1 ]; do
  case $1 in
    -m) mebibytes=$2 ;;
    -r) rounds=$2 ;;
  esac
  shift 2
done

heap=256m
run_java io.partd.benchmarks.wire.WireRun -- bytes ${arguments[@]+"${arguments[@]}"}
python=${PYTHON:-/usr/bin/python3}
if "$python" -c 'import partd, zmq' 2>/dev/null; then
  "$python" "$root/benchmarks/python/wire.py" "$mebibytes" "$rounds"
else
  echo "Python's partd is not installed for $python: not compared"
fi
run_java io.partd.benchmarks.wire.WireRun -- tables ${arguments[@]+"${arguments[@]}"}
