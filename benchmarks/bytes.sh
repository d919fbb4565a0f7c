#!/usr/bin/env bash
# Builds what is out of date, compares the byte stores with their limits in one warm JVM, and prints a table.
# README.md has the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

run_java closeup.BytesRun "-Xms$heap" "-Xmx$heap" -XX:+AlwaysPreTouch -- -d "${TMPDIR:-/tmp}" "$@"
