#!/usr/bin/env bash
# Runs this project beside its peers, and prints and writes the results: run.sh [quick|full] [option value]...
# README.md has the options, and says what is timed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=vega-datasets@3.2.1
flights_sum=dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0

# Prints the file of flights: the one that is named, the full one when npm can get it, else the sample.
flights() {
  local full=$target/flights/flights-3m.parquet
  if [ -n "${PARTD_FLIGHTS:-}" ]; then
    echo "$PARTD_FLIGHTS"
  elif [ -e "$full" ] || fetch_flights "$full" >&2; then
    echo "$full"
  else
    echo "npm could not get $package: W6 runs on the sample of 200,000 flights" >&2
    echo "$root/samples/flights-sample.parquet"
  fi
}

fetch_flights() {
  local directory
  command -v npm >/dev/null || return 1
  directory=$(dirname "$1")
  mkdir -p "$directory"
  (cd "$directory" && npm pack --silent "$package" && tar -xzf vega-datasets-*.tgz package/data/flights-3m.parquet) || return 1
  rm -f "$directory"/vega-datasets-*.tgz
  echo "$flights_sum  $directory/package/data/flights-3m.parquet" | sha256sum --check --quiet || return 1
  mv "$directory/package/data/flights-3m.parquet" "$1"
}

# Prints the class path of Spark, which is built when somebody asks for it.
spark() {
  local directory=$root/benchmarks/spark
  [ "${PARTD_BENCHMARK_SPARK:-}" = yes ] || return 0
  mvn -q -f "$root/pom.xml" -Pspark -pl benchmarks/spark package -DskipTests >&2
  echo "$directory/target/classes:$directory/target/lib/*"
}

command="benchmarks/run.sh $*"
profile=quick
if [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; then
  profile=$1
  shift
fi
build # before the results are named by the commit
commit=$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)
run_java io.partd.benchmarks.sidebyside.SideBySide -Xmx2g --add-opens=java.base/java.nio=ALL-UNNAMED --enable-native-access=ALL-UNNAMED \
  "-Dpartd.benchmark.heap=$heap" "-Dpartd.benchmark.commit=$commit" \
  "-Dpartd.benchmark.command=$command" "-Dpartd.benchmark.python=$root/benchmarks/python" -- \
  "$profile" -d "${TMPDIR:-/tmp}" -o "$target/results" -p "${PYTHON:-/usr/bin/python3}" -i "$(flights)" -x "$(spark)" "$@"
