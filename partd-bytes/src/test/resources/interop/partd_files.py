#!/usr/bin/python3
"""Reads or writes a folder of Python's partd.File behind a codec: partd_files.py read|write <codec> <folder> <file of the raw value>.

"read" writes what is under the key "x" to the file; "write" appends the file's bytes under the key "x", in three values.
"""
import sys

import partd

CODECS = {"snappy": "Snappy", "zlib": "ZLib", "bz2": "BZ2", "blosc": "Blosc"}


def main(action, codec, folder, path):
    store = getattr(partd, CODECS[codec])(partd.File(folder))
    if action == "read":
        with open(path, "wb") as f:
            f.write(store.get("x"))
    else:
        with open(path, "rb") as f:
            value = f.read()
        third = len(value) // 3
        for part in (value[:third], value[third:-third], value[-third:]):
            store.append({"x": part})


if __name__ == "__main__":
    main(*sys.argv[1:])
