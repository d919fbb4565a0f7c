#!/usr/bin/env bash
# Builds what is out of date, runs the benchmarks of the byte stores, and prints a table. README.md has the options.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/benchmarks/target
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
heap=${PARTD_BENCHMARK_HEAP:-4g}

is_built() {
  [ -e "$target/built" ] && [ -z "$(find "$root"/{pom.xml,partd-bytes,benchmarks} -newer "$target/built" \
    \( -name pom.xml -o -path '*/src/main/*' \) -type f -print -quit)" ]
}

build() {
  echo "building" >&2
  mvn -q -f "$root/pom.xml" -pl benchmarks -am package -DskipTests -Dmaven.javadoc.skip -Dmaven.source.skip
  touch "$target/built"
}

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

is_built || build
"$java" "-Xms$heap" "-Xmx$heap" -XX:+AlwaysPreTouch ${PARTD_BENCHMARK_FLAGS:-} -cp "$target/classes:$target/lib/*" \
  io.partd.benchmarks.BytesRun -d "$directory" ${arguments[@]+"${arguments[@]}"}
run_python "$directory" 3 "$size"
