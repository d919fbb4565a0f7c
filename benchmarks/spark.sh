#!/usr/bin/env bash
# Builds what is out of date, measures stores in Spark beside Spark's own Parquet, and prints tables. README.md has the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

exec mvn -q -f "$root/pom.xml" test-compile -Pspark-speed -pl partd-spark -am \
  -Dspark.speed.heap="$heap" -Dspark.speed.arguments="$*"
