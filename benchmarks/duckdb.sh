#!/usr/bin/env bash
# Builds what is out of date, measures partd-duckdb beside plain DuckDB on Parquet files, and prints a table. README.md has the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

run_java io.partd.benchmarks.duckdb.DuckSpeed "-Xmx1g" -- "$@"
