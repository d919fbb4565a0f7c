# What run.sh, closeup.sh, wire.sh and duckdb.sh have in common; they source it.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/benchmarks/target
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
heap=${PARTD_BENCHMARK_HEAP:-4g}

is_built() {
  [ -e "$target/built" ] && [ -z "$(find "$root"/{pom.xml,partd-bytes,partd-arrow,partd-duckdb,partd-flight,partd-tablesaw,benchmarks} -newer "$target/built" \
    \( -name pom.xml -o -path '*/src/main/*' \) -type f -print -quit)" ]
}

# Builds what is out of date, unless Maven itself is what runs this.
build() {
  if [ -n "${PARTD_BENCHMARK_BUILT:-}" ] || is_built; then return; fi
  echo "building" >&2
  mvn -q -f "$root/pom.xml" -pl benchmarks -am package -DskipTests -Dmaven.javadoc.skip -Dmaven.source.skip
  touch "$target/built"
}

# Runs a class of the benchmarks: run_java class [flag of the JVM]... -- [argument]...
run_java() {
  local class=$1 flags=()
  shift
  while [ "$1" != -- ]; do
    flags+=("$1")
    shift
  done
  shift
  build
  "$java" ${flags[@]+"${flags[@]}"} ${PARTD_BENCHMARK_FLAGS:-} \
    -cp "$target/classes:$target/lib/*" "$class" "$@"
}
