"""The small and the large appends of bytes.sh, with Python's partd.File, for comparison.

usage: bytes.py [directory [rounds [full|tiny]]]
"""
import os
import shutil
import statistics
import sys
import tempfile
import time

import partd

DIRECTORY = sys.argv[1] if len(sys.argv) > 1 else None
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
FULL = len(sys.argv) < 4 or sys.argv[3] == "full"


def small():
    """100 bytes for each of 1,000 keys, in 16 batches that differ."""
    return [{f"key-{k}": os.urandom(100) for k in range(1000)} for _ in range(16)]


def chunks():
    """64 KiB for each of 16 of 256 keys, from 256 MiB."""
    size, count = (64 << 10, 256) if FULL else (1 << 10, 64)
    return [{f"key-{16 * i % 256 + k}": os.urandom(size) for k in range(16)} for i in range(count)]


def timed_round(batches, appends):
    """Milliseconds of all appends, and of a get of each key afterwards."""
    directory = tempfile.mkdtemp(prefix="partd-benchmark-", dir=DIRECTORY)
    try:
        with partd.File(os.path.join(directory, "store")) as store:
            start = time.perf_counter()
            for i in range(appends):
                store.append(batches[i % len(batches)])
            middle = time.perf_counter()
            keys = sorted({key for batch in batches for key in batch})
            size = sum(len(store.get(key)) for key in keys)
            end = time.perf_counter()
            assert size == sum(len(value) for batch in batches[:1] for value in batch.values()) * appends
            return 1e3 * (middle - start), 1e3 * (end - middle), size
    finally:
        shutil.rmtree(directory)


def line(name, size, times):
    median = statistics.median(times)
    speed = size / median / 1e6
    print(f"{name:34} {size // 1000000:6} {median:9.1f} {min(times):9.1f} {max(times):9.1f} {speed:7.2f}")


def measure(group, label, batches, appends):
    results = [timed_round(batches, appends) for _ in range(1 + ROUNDS)][1:]  # the first warms up
    line(f"{group} append {label} partd.File", results[0][2], [r[0] for r in results])
    line(f"{group} get bytes {label} partd.File", results[0][2], [r[1] for r in results])


print(f"Python {sys.version.split()[0]}, partd {partd.__version__}")
measure("a", "small", small(), 1000 if FULL else 16)
measure("b", "chunks", chunks(), 2048 if FULL else 64)
