#!/usr/bin/env bash
# Builds what is out of date, runs the benchmarks of tables and arrays, and prints a table. README.md has the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/run.sh"

# Arrow's own writer, which is compared, reaches into java.nio.
run_java ArrowRun --add-opens=java.base/java.nio=ALL-UNNAMED -- -d "${TMPDIR:-/tmp}" "$@"
