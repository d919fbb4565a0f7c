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


class Manifest:
    """What counts: all of it where there is no file; what a local one says; or what a numbered one names, and no more."""

    def __init__(self):
        self.generation, self.dropped, self.outputs, self.replaced = 0, 0, set(), {}
        self.closed, self.parts = False, []

    @staticmethod
    def checked(path, magic):
        data = open(path, "rb").read()
        if data[:8] != magic or struct.unpack_from("<I", data, len(data) - 4)[0] != crc32c(data[:-4]):
            raise Corrupt(path)
        if struct.unpack_from("<q", data, 8)[0] > 1:
            raise Corrupt("newer version")
        return data

    def read_local(self, path):
        data = self.checked(path, b"PARTDMAN")
        self.generation, outputs, replaced, self.dropped = struct.unpack_from("<qiiq", data, 16)
        at, entries = 40, []
        for _ in range(outputs + replaced):
            position, length = struct.unpack_from("<qi", data, at)
            entries.append((data[at + 12 : at + 12 + length].decode("ascii"), position))
            at += 12 + length
        self.outputs, self.replaced = {name for name, _ in entries[:outputs]}, dict(entries[outputs:])
        if at < len(data) - 4:
            self.read_parts(data, at + 12, struct.unpack_from("<i", data, at + 8)[0])
        return self

    def read_numbered(self, path, number):
        data = self.checked(path, b"PARTDGEN")
        self.generation, self.closed = struct.unpack_from("<q", data, 16)[0], True
        if self.generation != number:
            raise Corrupt(path)
        self.read_parts(data, 60, struct.unpack_from("<i", data, 48)[0])
        return self

    def read_parts(self, data, at, count):
        for _ in range(count):
            stamp, length, crc, name_length = struct.unpack_from("<qiIi", data, at)
            self.parts.append((data[at + 20 : at + 20 + name_length].decode("utf-8"), length, crc, stamp))
            at += 20 + name_length


def read_manifest(directory):
    """The manifest with the greatest generation."""
    local, greatest = Manifest(), 0
    for name in os.listdir(directory):
        if re.fullmatch(r"partd\.manifest-[1-9][0-9]{0,17}", name):
            greatest = max(greatest, int(name[len("partd.manifest-") :]))
    path = os.path.join(directory, "partd.manifest")
    if os.path.exists(path):
        local.read_local(path)
    if greatest == 0 or local.generation > greatest:
        return local
    return Manifest().read_numbered("%s-%d" % (path, greatest), greatest)


def read_index(directory, name, length, crc):
    """The segments of an index of several, each a name, where its records begin and end; and the keys that lose."""
    data = open(os.path.join(directory, name), "rb").read()
    if len(data) != length or crc32c(data) != crc:
        raise Corrupt(name)
    data = Manifest.checked(os.path.join(directory, name), b"PARTDIDX")
    count, removed = struct.unpack_from("<ii", data, 16)
    at, segments, keys = 24, [], []
    for _ in range(count):
        _, start, end, _, _, index_size, name_length = struct.unpack_from("<qqqqqii", data, at)
        segments.append((data[at + 48 : at + 48 + name_length].decode("utf-8"), start, end))
        at = aligned(at + 48 + name_length) + aligned(index_size)
    for _ in range(removed):
        key_length = struct.unpack_from("<i", data, at)[0]
        keys.append(data[at + 4 : at + 4 + key_length])
        at += 4 + key_length
    return segments, keys


class Segment:
    """The records of one segment that count: (stamp, kind, entries, marks), an entry being (key, value)."""

    def __init__(self, directory, name, header, end=None):
        self.name = name
        self.data = open(os.path.join(directory, name), "rb").read()
        self.id = struct.unpack_from("<q", header, 16)[0]
        self.end = self.end_of_walk(os.path.join(directory, name + ".idx")) if end is None else end

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


def read_header(directory, name):
    """The first bytes of a segment and what they say; None where it holds nothing."""
    header = open(os.path.join(directory, name), "rb").read(64)
    if len(header) < 64 or not any(header):
        return None
    if header[:8] != b"PARTDSEG" or struct.unpack_from("<I", header, 60)[0] != crc32c(header[:60]):
        raise Corrupt(name)
    version, flags, number, writer, created = struct.unpack_from("<iiqqq", header, 8)
    if version > 1 or name != "%016x%016x.seg" % (writer, number % 2**64):
        raise Corrupt(name)
    return header, flags, created


class Store:
    """Gathers what records say: (stamp, order, key, value) of all appends, the last delete of each key, the marks."""

    def __init__(self, directory):
        self.directory, self.manifest = directory, read_manifest(directory)
        self.appends, self.deletes, self.marks = [], {}, []
        self.known = set()

    def delete(self, key, stamp):
        self.deletes[key] = max(stamp, self.deletes.get(key, 0))

    def add(self, records, stamp_of_part, place):
        """Records of one stamp are in the order of their parts and segments."""
        for number, (stamp, kind, entries, made) in enumerate(records):
            self.marks += made
            for order, (key, value) in enumerate(entries):
                if kind == DELETE:
                    self.delete(key, stamp_of_part or stamp)
                else:
                    self.appends.append((stamp_of_part or stamp, place + (number, order), key, value))

    def read_parts(self):
        for part, (name, length, crc, stamp) in enumerate(self.manifest.parts):
            segments, removed = read_index(self.directory, name, length, crc)
            for key in removed:
                self.delete(key, stamp)
            for place, (segment, start, end) in enumerate(segments):
                self.known.add(segment)
                header, _, _ = read_header(self.directory, segment)
                records = Segment(self.directory, segment, header, end).records(start)
                self.add(records, stamp, (part, place) if stamp else (0, 0))

    def read_others(self):
        manifest = self.manifest
        for name in sorted(os.listdir(self.directory)):
            if not re.fullmatch(r"[0-9a-f]{32}\.seg", name) or manifest.replaced.get(name) == WHOLLY:
                continue
            found = None if name in self.known or manifest.closed else read_header(self.directory, name)
            if found is None:
                continue
            header, flags, created = found
            compacted = flags & 1
            start = manifest.replaced.get(name, 0 if compacted or created >= manifest.dropped else WHOLLY)
            if start != WHOLLY and (not compacted or name in manifest.outputs):
                self.add(Segment(self.directory, name, header).records(start), 0, (0, 0))


def read_store(directory):
    """The value of each key, both bytes; and all marks."""
    store, values = Store(directory), {}
    store.read_parts()
    store.read_others()
    for stamp, _, key, value in sorted(store.appends, key=lambda append: append[:2]):
        if stamp >= store.deletes.get(key, 0):
            values[key] = values.get(key, b"") + value
    return values, store.marks


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
