"""Appends to and gets from the server of Python's partd over loopback, as WireRun does: wire.py MIB ROUNDS."""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time

import partd

CHUNK = 64 << 10
KEYS = 16
GIGA = 1e9


def client(address, name, size, commands, answers):
    store = partd.Client(address)
    chunk = os.urandom(CHUNK)
    values = {f"{name}-{i}": chunk for i in range(KEYS)}
    answers.put("ready")
    for command in iter(commands.get, None):
        if command == "append":
            for _ in range(size // (KEYS * CHUNK)):
                store.append(values)
            # An append does not wait for the server: this does.
            store.get(f"{name}-absent")
        elif command == "get":
            got = sum(len(store.get(key)) for key in values)
            assert got == size, (got, size)
        else:
            store.drop()
        answers.put("done")


def serve(directory, where):
    store = partd.Buffer(partd.Dict(), partd.File(directory), available_memory=4e9)
    server = partd.Server(store, start=False, hostname="localhost")
    where.put(server.address)
    server.start()
    server.block()


def timed(command, queues, answers):
    start = time.perf_counter()
    for queue in queues:
        queue.put(command)
    for _ in queues:
        answers.get()
    return time.perf_counter() - start


def measure(clients, mebibytes, rounds):
    size = (mebibytes << 20) // clients
    with tempfile.TemporaryDirectory() as directory:
        where = multiprocessing.Queue()
        server = multiprocessing.Process(target=serve, args=(directory, where), daemon=True)
        server.start()
        address = where.get()
        answers = multiprocessing.Queue()
        queues = [multiprocessing.Queue() for _ in range(clients)]
        processes = [
            multiprocessing.Process(target=client, args=(address, f"client{i}", size, queues[i], answers))
            for i in range(clients)
        ]
        for process in processes:
            process.start()
        for _ in processes:
            answers.get()
        append, get = [], []
        for number in range(rounds + 1):
            seconds = timed("append", queues, answers), timed("get", queues, answers)
            timed("drop", queues[:1], answers)
            if number > 0:
                append.append(size * clients / seconds[0] / GIGA)
                get.append(size * clients / seconds[1] / GIGA)
        for queue in queues:
            queue.put(None)
        for process in processes:
            process.join()
        server.terminate()
    medians = statistics.median(append), max(append), statistics.median(get), max(get)
    print("%-12s %8d %12.2f %8.2f %8s %12.2f %8.2f" % ("partd.Server", clients, *medians[:2], "", *medians[2:]), flush=True)


if __name__ == "__main__":
    for number_of_clients in (1, 2):
        measure(number_of_clients, int(sys.argv[1]), int(sys.argv[2]))
