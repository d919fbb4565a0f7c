"""Reads a file store of format version 1, from docs/format.md alone; the standard library is all it needs.

Prints a line for each key: the key's UTF-8 bytes in hexadecimal, the size of the value, and its SHA-256. Then, for each
owner of marks, up to which number its appends are settled; and for each later one number, length, checksum, and the bits
of the heads that were written. Nobody may be writing to the store.
"""
import hashlib
import os
import re
import struct
import sys

MIN_BLOCK, MAX_BLOCK = 8192, 65536
PAGE = 4096
WHOLLY = 2**63 - 1
APPEND, DELETE, FOOTER = 1, 2, 3
HEAD, MARK = 1, 2


def block_size(length):
    size = MIN_BLOCK
    while size < MAX_BLOCK and 8 * size < length:
        size *= 2
    return size


class Corrupt(Exception):
    pass


def crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
        table.append(n)
    return table


TABLE = crc_table()


def crc32c(data):
    if not any(data):  # zeros are common, and quick: each byte is one step with itself
        return crc_of_zeros(len(data))
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def crc_of_zeros(length):
    crc = 0xFFFFFFFF
    for _ in range(length):
        crc = crc >> 8 ^ TABLE[crc & 0xFF]
    return crc ^ 0xFFFFFFFF


def aligned(size):
    return (size + 7) // 8 * 8


def read_manifest(directory):
    """The stamp of the last drop, the outputs, and from where replaced segments count."""
    path = os.path.join(directory, "partd.manifest")
    if not os.path.exists(path):
        return 0, set(), {}
    data = open(path, "rb").read()
    if data[:8] != b"PARTDMAN" or struct.unpack_from("<I", data, len(data) - 4)[0] != crc32c(data[:-4]):
        raise Corrupt("manifest")
    version, _, outputs, replaced, dropped = struct.unpack_from("<qqiiq", data, 8)
    if version > 1:
        raise Corrupt("newer version")
    at, entries = 40, []
    for _ in range(outputs + replaced):
        position, length = struct.unpack_from("<qi", data, at)
        entries.append((data[at + 12 : at + 12 + length].decode("ascii"), position))
        at += 12 + length
    return dropped, {name for name, _ in entries[:outputs]}, dict(entries[outputs:])


class Segment:
    """The records of one segment that count: (stamp, kind, entries, marks), an entry being (key, value)."""

    def __init__(self, directory, name, header):
        self.name = name
        self.data = open(os.path.join(directory, name), "rb").read()
        self.id = struct.unpack_from("<q", header, 16)[0]
        self.end = self.end_of_walk(os.path.join(directory, name + ".idx"))

    def end_of_walk(self, sidecar):
        if os.path.exists(sidecar):
            trailer = open(sidecar, "rb").read()[-72:]
            if trailer[:8] == b"PARTDEND" and struct.unpack_from("<I", trailer, 68)[0] == crc32c(trailer[:68]):
                data_end, = struct.unpack_from("<q", trailer, 8)
                if data_end <= len(self.data):
                    return data_end
        return len(self.data)

    def header_at(self, at):
        data = self.data[at : at + 64]
        magic, kind, entries, directory, payloads, stamp, position, synced, segment, directory_crc, crc = struct.unpack(
            "<4siiiqqqqqII", data
        )
        good = magic == b"PREC" and crc == crc32c(data[:60]) and position == at and segment == self.id
        good = good and kind in (APPEND, DELETE, FOOTER) and entries >= 0 and stamp >= 0
        if not good or not 0 <= directory <= 2**30 or not 0 <= payloads <= 2**45 or (directory | payloads) % 8:
            return None
        return kind, entries, directory, payloads, stamp, synced, directory_crc

    def synced_up_to(self, start):
        at, synced = start, 0
        while self.end - at >= 64:
            header = self.header_at(at)
            if header is None or header[0] == FOOTER or at + 64 + header[2] + header[3] > self.end:
                break
            synced = max(synced, header[5])
            at += 64 + header[2] + header[3]
        return synced

    def is_hole(self, start, end):
        for page in range(start // PAGE * PAGE, end, PAGE):
            if not any(self.data[max(start, page) : min(end, page + PAGE)]):
                return True
        return False

    def torn(self, start, end, synced):
        """True where the walk ends in good order."""
        if end > synced and self.is_hole(start, end):
            return True
        raise Corrupt("%s at %d" % (self.name, start))

    def records(self, start):
        at, synced = max(start, 64), self.synced_up_to(max(start, 64))
        while self.end - at >= 64:
            header = self.header_at(at)
            if header is None:
                if any(self.data[at : self.end]):
                    self.torn(at, at + 64, synced)
                return
            kind, count, directory_size, payload_size, stamp, _, directory_crc = header
            payloads = at + 64 + directory_size
            if kind == FOOTER or payloads + payload_size > self.end:
                return
            directory = self.data[at + 64 : payloads]
            if crc32c(directory) != directory_crc:
                self.torn(at + 64, payloads, synced)
                return
            entries, marks = [], []
            for key, offset, length, checks in self.entries(directory, kind, count, payload_size, marks):
                size = block_size(length)
                for block, check in enumerate(checks):
                    start_of_block = payloads + offset + block * size
                    end_of_block = min(start_of_block + size, payloads + offset + length)
                    if crc32c(self.data[start_of_block:end_of_block]) != check:
                        self.torn(start_of_block, end_of_block, synced)
                        return
                entries.append((key, self.data[payloads + offset : payloads + offset + length]))
            yield stamp, kind, entries, marks
            at = payloads + payload_size

    def entries(self, directory, kind, count, payload_size, marks):
        """The entries with a key; the others go to the marks."""
        at = 0
        for _ in range(count):
            key_length, flags, offset, length = struct.unpack_from("<HHqq", directory, at)
            if flags == MARK and kind == APPEND:
                at = self.mark(directory, at, marks)
                continue
            if flags & ~HEAD:
                raise Corrupt("%s: unknown flags" % self.name)
            if key_length == 0 or offset % 8 or offset < 0 or length < 0 or offset + length > payload_size:
                raise Corrupt("%s: an impossible entry" % self.name)
            blocks = -(-length // block_size(length))
            checks = struct.unpack_from("<%dI" % blocks, directory, at + 20)
            at += 20 + 4 * blocks + key_length
            if at > len(directory):
                raise Corrupt("%s: an entry passes its end" % self.name)
            yield directory[at - key_length : at], offset, length, checks


    def mark(self, directory, at, marks):
        if len(directory) - at < 60:
            raise Corrupt("%s: a mark passes its end" % self.name)
        none, _, size, high, low, number, settled, length, stamp, check = struct.unpack_from("<HHiQQqqqqI", directory, at)
        end = at + 60 + size
        if none or size < 0 or end > len(directory) or min(settled, length, stamp) < 0 or number and number <= settled:
            raise Corrupt("%s: an impossible mark" % self.name)
        bits = int.from_bytes(directory[at + 60 : end], "little")
        marks.append(("%016x%016x" % (high, low), settled, number, length, check, bits))
        return end


def fold(marks):
    """For each owner: up to where all is settled, and the appends after it."""
    settled, made = {}, {}
    for owner, upto, *_ in marks:
        settled[owner] = max(upto, settled.get(owner, 0))
    for owner, _, number, *content in marks:
        if number > settled[owner]:
            made[owner, number] = content
    return settled, made


def read_store(directory):
    """The value of each key, both bytes; and all marks."""
    dropped, outputs, replaced = read_manifest(directory)
    appends, deletes, marks = [], {}, []
    for name in sorted(os.listdir(directory)):
        if not re.fullmatch(r"[0-9a-f]{32}\.seg", name) or replaced.get(name) == WHOLLY:
            continue
        header = open(os.path.join(directory, name), "rb").read(64)
        if len(header) < 64 or not any(header):
            continue
        if header[:8] != b"PARTDSEG" or struct.unpack_from("<I", header, 60)[0] != crc32c(header[:60]):
            raise Corrupt(name)
        version, flags, number, writer, created = struct.unpack_from("<iiqqq", header, 8)
        if version > 1 or name != "%016x%016x.seg" % (writer, number % 2**64):
            raise Corrupt(name)
        compacted = flags & 1
        start = replaced.get(name, 0 if compacted or created >= dropped else WHOLLY)
        if start == WHOLLY or compacted and name not in outputs:
            continue
        for stamp, kind, entries, made in Segment(directory, name, header).records(start):
            marks += made
            for order, (key, value) in enumerate(entries):
                if kind == DELETE:
                    deletes[key] = max(stamp, deletes.get(key, 0))
                else:
                    appends.append((stamp, order, key, value))
    store = {}
    for stamp, _, key, value in sorted(appends, key=lambda append: append[:2]):
        if stamp >= deletes.get(key, 0):
            store[key] = store.get(key, b"") + value
    return store, marks


if __name__ == "__main__":
    values, all_marks = read_store(sys.argv[1])
    for key, value in sorted(values.items()):
        print(key.hex(), len(value), hashlib.sha256(value).hexdigest())
    all_settled, all_made = fold(all_marks)
    lines = ["mark %s settled %d" % each for each in all_settled.items()]
    for (owner, number), (length, check, bits) in all_made.items():
        lines.append("mark %s %d %d %08x %x" % (owner, number, length, check, bits))
    for line in sorted(lines):
        print(line)
