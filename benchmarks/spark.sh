#!/usr/bin/env bash
# Builds what is out of date, measures stores in Spark beside Spark's own Parquet, and prints tables. README.md has the options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# What executors of a local-cluster take for Spark's installation; their classes are the driver's.
export SPARK_HOME=$root/partd-spark/target/spark-home SPARK_SCALA_VERSION=2.13
export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=localhost
mkdir -p "$SPARK_HOME/jars"
exec mvn -q -f "$root/pom.xml" test-compile -Pspark-speed -pl partd-spark -am -Dspark.speed.heap="$heap" \
  -Dspark.speed.classpath="${PARTD_BENCHMARK_CLASSPATH:-}" -Dspark.speed.arguments="$*"
