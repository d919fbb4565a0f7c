#!/usr/bin/python3
"""Makes the golden files beside it with Python's partd: for each codec, a value of several frames, as partd stores it.

Needs partd, python-snappy and blosc (Debian: python3-partd python3-snappy python3-blosc). The raw frames are in raw.bin.gz: each with its
length in 8 bytes, little-endian, in front. Run once for a version of partd; the files are checked in.
"""
import gzip
import os
import random
import sys

import partd
from partd.utils import frame

HERE = os.path.dirname(os.path.abspath(__file__))


def frames():
    chance = random.Random(20260101)
    words = ["store", "append", "key", "value", "shuffle", "frame", "batch"]
    return [
        b"Hello ",
        b"",
        b"world!",
        " ".join(chance.choice(words) for _ in range(500)).encode(),
        bytes(chance.getrandbits(8) for _ in range(1000)),
        b"".join(i.to_bytes(8, "little") for i in range(500)),
        b"",
        bytes(70_000),
    ]


def write(name, data):
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(data)


def main():
    raw = frames()
    write("raw.bin.gz", gzip.compress(b"".join(map(frame, raw)), mtime=0))
    for name, make in [("snappy", partd.Snappy), ("zlib", partd.ZLib), ("bz2", partd.BZ2), ("blosc", partd.Blosc)]:
        inner = partd.Dict()
        store = make(partd=inner)
        for value in raw:
            store.append({"x": value})
        assert store.get("x") == b"".join(raw)
        write(name + ".bin", inner.get("x"))
    print("made with Python", sys.version.split()[0], "and partd", partd.__version__)


if __name__ == "__main__":
    main()
