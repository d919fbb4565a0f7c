#!/usr/bin/env bash
# Builds what is out of date and has JMH measure the stores close up: closeup.sh [JMH's options]. README.md says what there is.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

run_java org.openjdk.jmh.Main -- -jvmArgs "-Xms$heap -Xmx$heap -XX:+AlwaysPreTouch ${PARTD_BENCHMARK_FLAGS:-}" \
  -p directory="${TMPDIR:-/tmp}" -prof io.partd.benchmarks.closeup.Speed "$@"
