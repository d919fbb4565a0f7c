#!/usr/bin/env bash
# What ./partd shuffle takes: the time of the flights by origin, and the memory of a large CSV file with --memory 256MB.
# Usage: benchmarks/command.sh [GIGABYTES [DIRECTORY]]; 4 GB and $TMPDIR, or /tmp, where nothing else is said. Linux only.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
gigabytes=${1:-4}
directory=$(mktemp -d "${2:-${TMPDIR:-/tmp}}/partd-command.XXXXXX")
trap 'rm -rf "$directory"' EXIT
export TIMEFORMAT='%R s from start to end'

flights=$root/../shared/data/flights-3m.parquet
[ -e "$flights" ] || flights=$root/samples/flights-sample.parquet
# Builds it, and fills the page cache.
"$root/partd" shuffle "$flights" --by origin --values --to "$directory/first" >/dev/null
for round in 1 2 3 4 5; do
  time "$root/partd" shuffle "$flights" --by origin --values --to "$directory/flights$round"
  rm -r "$directory/flights$round"
done

# Prints a CSV file of so many GB: an id, a time, a price, a quantity, and one of 1,000 symbols; 50 bytes or so a row.
rows=$((gigabytes * 20000000))
awk -v rows="$rows" 'BEGIN {
  srand(7); print "id,ts,price,qty,symbol"
  for (i = 0; i < rows; i++)
    printf "%d,2026-01-%02dT%02d:%02d:%02d,%.6f,%d,SYM%03d\n", i, i % 28 + 1, i % 24, i % 60, i * 7 % 60,
      100 + rand(), i % 500, int(rand() * 1000)
}' >"$directory/large.csv"
ls -l "$directory/large.csv" | awk '{ print $5 " bytes of CSV" }'

time "$root/partd" shuffle "$directory/large.csv" --by symbol --partitions 64 --memory 256MB --to "$directory/large" &
most=0
while sleep 0.05; do
  # The time of a job in the background is measured by a shell of its own: the JVM is its child.
  process=$(pgrep -f -n "io.partd.cli.Main shuffle $directory/large.csv" || true)
  if [ -z "$process" ]; then
    if jobs -r | grep -q .; then continue; else break; fi
  fi
  anonymous=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$process/status" 2>/dev/null || true)
  if [ "${anonymous:-0}" -gt "$most" ]; then most=$anonymous; fi
done
wait
echo "$((most / 1024)) MiB resident at most, beside mapped files"
