"""Runs Python's partd at one workload, with the data that all peers get, and says line by line how long that took.

The arguments and the lines are those of the Java peers: see Task and PeerOutput.
"""
import os
import shutil
import sys
import tempfile
import time
import zlib

import numpy as np
import pandas as pd
import partd

WORKLOAD, PEER = sys.argv[1:3]
SETTINGS = dict(argument.split("=", 1) for argument in sys.argv[3:])
TABLE_BATCHES = 10
PARTS = 64
START_MILLIS = 1_793_491_200_000


def number(name):
    return int(SETTINGS[name])


def source(name, dtype=np.uint8):
    return np.fromfile(os.path.join(SETTINGS["data"], name), dtype=dtype)


def say(*words):
    print(*words, flush=True)


def checked(key, value):
    """The part of a key in the sum over all of them; see ByteSums."""
    return (key + 1) * zlib.crc32(value)


def byte_check(values):
    size = sum(len(value) for value in values)
    return f"{size} bytes, sum {sum(checked(k, v) for k, v in enumerate(values)) % 2**64}"


class ByteWork:
    """W1 and W2."""

    def __init__(self, file, keys, size, per_append, appends):
        data = source(file).tobytes()
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        self.keys = [f"key-{k}" for k in range(keys)]
        self.batches = [
            {self.keys[i % keys]: pieces[i] for i in range(at, at + per_append)}
            for at in range(0, len(pieces), per_append)
        ]
        self.appends = appends
        self.bytes = appends * per_append * size
        self.rows = 0

    def open(self, directory):
        return partd.Dict() if PEER == "python partd.Dict" else partd.File(directory)

    def write(self, store):
        for i in range(self.appends):
            store.append(self.batches[i % len(self.batches)])

    def read(self, store):
        return sum(len(store.get(key)) for key in self.keys)

    def check(self, store):
        return byte_check([store.get(key) for key in self.keys])


class ArrayWork:
    """W4."""

    def __init__(self):
        length = number("arrayLength")
        arrays = source("arrays", np.float64).reshape(-1, 8, length)
        self.keys = [f"key-{k}" for k in range(8)]
        self.batches = [{key: batch[k] for k, key in enumerate(self.keys)} for batch in arrays]
        self.appends = number("arrayAppends")
        self.bytes = self.appends * 8 * length * 8
        self.rows = 0

    def open(self, directory):
        return partd.Numpy(partd.File(directory))

    def write(self, store):
        for i in range(self.appends):
            store.append(self.batches[i % len(self.batches)])

    def read(self, store):
        return sum(store.get(key).nbytes for key in self.keys)

    def check(self, store):
        return byte_check([store.get(key).tobytes() for key in self.keys])


class TableWork:
    """W3: each batch is grouped by a hash of its symbol, as Dask does it, and the groups are appended."""

    def __init__(self):
        self.appends = number("batches")
        rows = number("batchRows")
        frame = pd.DataFrame(
            {
                "id": source("id", np.int64),
                "ts": source("ts", np.int64).view("datetime64[us]").astype("datetime64[ns]"),
                "price": source("price", np.float64),
                "qty": source("qty", np.int32),
                "symbol": source("symbol", "S6").astype("U6").astype(object),
            }
        )
        self.batches = [frame.iloc[at : at + rows] for at in range(0, TABLE_BATCHES * rows, rows)]
        self.rows = self.appends * rows
        self.bytes = self.rows * 34
        self.cents = sum(cents(self.batches[i % TABLE_BATCHES]) for i in range(self.appends))

    def open(self, directory):
        return partd.PandasBlocks(partd.File(directory))

    def write(self, store):
        for i in range(self.appends):
            batch = self.batches[i % TABLE_BATCHES]
            part = pd.util.hash_pandas_object(batch["symbol"], index=False).to_numpy() % PARTS
            store.append({str(key): group for key, group in batch.groupby(part)})

    def parts(self, store):
        """Empty parts have no file."""
        for part in range(PARTS):
            if os.path.exists(store.partd.filename(str(part))):
                yield store.get(str(part))

    def read(self, store):
        rows = cents = 0
        for part in self.parts(store):
            rows += len(part)
            cents += round(part["price"].sum() * 100)
        assert cents == self.cents, f"the prices sum up to {cents} cents instead of {self.cents}"
        return rows

    def check(self, store):
        sums = np.zeros(6, dtype=object)
        for part in self.parts(store):
            ids = part["id"].to_numpy()
            letters = part["symbol"].map(lambda symbol: ord(symbol[0])).to_numpy()
            millis = part["ts"].to_numpy().astype("datetime64[ms]").astype(np.int64) - START_MILLIS
            columns = [ids, millis, part["qty"].to_numpy(dtype=np.int64), ids * letters]
            sums += [len(part), cents(part), *(int(column.sum()) for column in columns)]
        return f"{sums[0]} rows, sums {sums[1]} {sums[2]} {sums[3]} {sums[4]} {sums[5]}"


def cents(frame):
    return int(np.rint(frame["price"].to_numpy() * 100).astype(np.int64).sum())


def work():
    if WORKLOAD == "W1":
        return ByteWork("small", 1000, 100, 1000, number("smallAppends"))
    if WORKLOAD == "W2":
        size = number("chunkBytes")
        return ByteWork("chunks", 256, size, 16, number("chunkTotal") // size // 16)
    return TableWork() if WORKLOAD == "W3" else ArrayWork()


def anonymous():
    with open("/proc/self/status") as status:
        return sum(int(line.split()[1]) << 10 for line in status if line.startswith("RssAnon:"))


def disk(directory):
    return sum(os.path.getsize(os.path.join(path, file)) for path, _, files in os.walk(directory) for file in files)


def timed(task, iteration, name, function, store, counted):
    start, processor = time.perf_counter_ns(), time.process_time_ns()
    count = function(store)
    nanos, processor = time.perf_counter_ns() - start, time.process_time_ns() - processor
    expected = task.rows or task.bytes
    assert not counted or count == expected, f"{name} counted {count} instead of {expected}"
    say("@phase", iteration, name, nanos, processor, task.bytes, task.rows)


def main():
    task = work()
    say("@version", f"Python {sys.version.split()[0]}, partd {partd.__version__}, pandas {pd.__version__}")
    say("@before", anonymous())
    for iteration in range(2):  # there is no compiler to wait for
        os.makedirs(SETTINGS["directory"], exist_ok=True)
        directory = tempfile.mkdtemp(prefix="partd-benchmark-", dir=SETTINGS["directory"])
        try:
            store = task.open(os.path.join(directory, "store"))
            timed(task, iteration, "write", task.write, store, False)
            timed(task, iteration, "read", task.read, store, True)
            say("@disk", disk(directory))
            if iteration == 1:
                say("@check", task.check(store))
        finally:
            shutil.rmtree(directory)
    say("@done")


main()
