#!/usr/bin/env bash
# Makes the frames beside this file with the lz4 tool (made with 1.9.4), from the bytes that Lz4Frames.content() gives.
set -euo pipefail
cd "$(dirname "$0")"
raw=$(mktemp)
trap 'rm -f "$raw"' EXIT
python3 -c '
import sys
text = "".join("%d," % (i * i % 997) for i in range(30000))
sys.stdout.write(text[:70000] + "z" * 20000 + text[70000:])
' > "$raw"
lz4 -q -f -B4 -BD --no-frame-crc "$raw" linked.lz4
lz4 -q -f -B4 -BD -BX --content-size "$raw" linked-checksums.lz4
lz4 -q -f -B4 -BI -BX --content-size "$raw" independent-checksums.lz4
lz4 -q -f -B7 -BD -9 "$raw" one-block.lz4
