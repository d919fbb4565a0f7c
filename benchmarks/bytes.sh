#!/usr/bin/env bash
# Builds what is out of date, runs the benchmarks of the byte stores, and prints a table. README.md has the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/run.sh"

# Python's partd, where it is installed; by the system's own Python, which Debian's package belongs to.
run_python() {
  local python=${PYTHON:-/usr/bin/python3}
  if "$python" -c 'import partd' 2>/dev/null; then
    "$python" "$root/benchmarks/python/bytes.py" "$@"
  else
    echo "Python's partd is not installed for $python: not compared"
  fi
}

directory=${TMPDIR:-/tmp} size=full arguments=("$@")
while [ $# -gt 1 ]; do
  case $1 in
    -d) directory=$2 ;;
    -s) size=$2 ;;
  esac
  shift 2
done

run_java BytesRun -- -d "$directory" ${arguments[@]+"${arguments[@]}"}
run_python "$directory" 3 "$size"
