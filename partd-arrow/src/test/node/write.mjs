// node write.mjs FOLDER [KIND...]: writes Arrow streams as apache-arrow writes them, for each kind a file KIND.arrows, and
// KIND.json with the canonical document that it should be read as.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import { document } from './canonical.mjs';
import { registerCodecs } from './codecs.mjs';

const { Field, RecordBatch, RecordBatchStreamWriter, Schema, Struct, TimeUnit, makeData, vectorFromArray } = arrow;

// What is under null here is not zero.
const VALID = [true, false, true, true];

function bits(valid) {
  return Uint8Array.from([valid.reduce((byte, bit, i) => byte | (bit ? 1 << i : 0), 0)]);
}

// A batch of one column: its data, and its rows in canonical form.
function fixed(type, array, rows) {
  const nullable = rows.includes(null);
  const data = makeData({
    type, data: array, length: rows.length, nullCount: nullable ? 1 : 0, nullBitmap: nullable ? bits(VALID) : undefined,
  });
  return { data, rows };
}

function built(type, values, rows) {
  return { data: vectorFromArray(values, type).data[0], rows };
}

const dense = rows => rows.filter(row => row !== null);
const integers = (type, array) => [
  fixed(type, array, [...array].map((each, i) => (VALID[i] ? String(each) : null))),
  fixed(type, array.slice(0, 3), [...array.slice(0, 3)].map(String)),
];
const big = type => integers(type, BigInt64Array.from([1n, 2n, -(2n ** 63n), 2n ** 63n - 1n]));
const small = type => integers(type, Int32Array.from([1, 2, -(2 ** 31), 2 ** 31 - 1]));
const texts = ['', null, 'thirteen byte', 'twelve bytes', '"\\\n\u20ac\u{1f600}'];
const blobs = [Uint8Array.of(), null, Uint8Array.from({ length: 13 }, (_, i) => i), Uint8Array.of(0xff)];
const blobRows = ['', null, '000102030405060708090a0b0c', 'ff'];
const int32 = new Field('item', new arrow.Int32(), true);
const pair = new Struct([int32, new Field('text', new arrow.Utf8(), true)]);
const entries = new Struct([new Field('key', new arrow.Utf8(), false), new Field('value', new arrow.Int32(), true)]);
const map = new arrow.Map_(new Field('entries', entries, false));
const lists = type => [built(type, [[1, null], null, [], [-3]], [['1', null], null, [], ['-3']])];

function decimal(bitWidth, precision) {
  const words = bitWidth / 32;
  const array = new Uint32Array(4 * words);
  array.fill(0xffffffff, 0, words);
  array[words] = 7;
  array[2 * words] = 123;
  array.fill(0xffffffff, 3 * words);
  array[3 * words] = 0xfffffffe;
  return [fixed(new arrow.Decimal(2, precision, bitWidth), array, ['-1', null, '123', '-2'])];
}

function union(mode, valueOffsets, numbers, words) {
  const fields = [new Field('n', new arrow.Int32(), true), new Field('t', new arrow.Utf8(), true)];
  const type = new arrow.Union(mode, [5, 7], fields);
  const children = [vectorFromArray(numbers, new arrow.Int32()).data[0], vectorFromArray(words, new arrow.Utf8()).data[0]];
  const data = makeData({ type, typeIds: Int8Array.from([5, 7, 5, 7]), valueOffsets, length: 4, nullCount: 0, children });
  return [{ data, rows: [{ 5: '1' }, { 7: 'a' }, { 5: null }, { 7: 'b' }] }];
}

function intervals() {
  const { YEAR_MONTH, DAY_TIME, MONTH_DAY_NANO } = arrow.IntervalUnit;
  const nanos = Int32Array.from([1, -2, -1, -1, 0, 0, 0, 0, 5, 6, 7, 0]);
  return {
    interval_year_month: small(new arrow.Interval(YEAR_MONTH)),
    interval_day_time: [fixed(new arrow.Interval(DAY_TIME), Int32Array.from([1, -2, 0, 0, 5, 6]), [['1', '-2'], null, ['5', '6']])],
    interval_month_day_nano: [fixed(new arrow.Interval(MONTH_DAY_NANO), nanos, [['1', '-2', '-1'], null, ['5', '6', '7']])],
  };
}

function temporal() {
  const kinds = {};
  for (const [unit, name] of [[TimeUnit.SECOND, 's'], [TimeUnit.MILLISECOND, 'ms'], [TimeUnit.MICROSECOND, 'us'], [TimeUnit.NANOSECOND, 'ns']]) {
    kinds[`timestamp_${name}`] = big(new arrow.Timestamp(unit));
    kinds[`timestamp_${name}_zone`] = big(new arrow.Timestamp(unit, 'Europe/Paris'));
    kinds[`duration_${name}`] = big(new arrow.Duration(unit));
    kinds[`time_${name}`] = unit < TimeUnit.MICROSECOND ? small(new arrow.Time(unit, 32)) : big(new arrow.Time(unit, 64));
  }
  return { ...kinds, date_day: small(new arrow.DateDay()), date_ms: big(new arrow.DateMillisecond()) };
}

function floats() {
  const bits64 = ['8000000000000000', '7ff0000000000000', 'fff8000000000001', '3ff8000000000000'];
  const doubles = new Float64Array(BigUint64Array.from(bits64, each => BigInt(`0x${each}`)).buffer);
  const bits32 = ['80000000', 'ff800000', '7fc00001', '3fc00000'];
  const singles = new Float32Array(Uint32Array.from(bits32, each => parseInt(each, 16)).buffer);
  const bits16 = ['8000', '7c00', '7e01', '3e00'];
  const halves = Uint16Array.from(bits16, each => parseInt(each, 16));
  const rows = texts => texts.map((each, i) => (VALID[i] ? each : null));
  return {
    float16: [fixed(new arrow.Float16(), halves, rows(bits16)), fixed(new arrow.Float16(), halves, bits16)],
    float32: [fixed(new arrow.Float32(), singles, rows(bits32)), fixed(new arrow.Float32(), singles, bits32)],
    float64: [fixed(new arrow.Float64(), doubles, rows(bits64)), fixed(new arrow.Float64(), doubles, bits64)],
  };
}

function entry(type, dictionary, indices) {
  const words = [...dictionary];
  const data = makeData({ type, data: Int32Array.from(indices), length: indices.length, nullCount: 0, dictionary });
  return { data, rows: indices.map(index => words[index]) };
}

function dictionaries() {
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 9);
  const words = (...all) => vectorFromArray(all, new arrow.Utf8());
  const first = words('a', 'b');
  return {
    dictionary: [entry(type, first, [1, 0, 1]), entry(type, first, [0])],
    dictionary_delta: [entry(type, first, [1, 0]), entry(type, first.concat(words('c')), [2, 0])],
    dictionary_replaced: [entry(type, first, [1, 0]), entry(type, words('x', 'y', 'z'), [2, 0]), entry(type, first, [0])],
  };
}

const KINDS = {
  null: [{ data: makeData({ type: new arrow.Null(), length: 3 }), rows: [null, null, null] }],
  bool: [built(new arrow.Bool(), [true, null, false], [true, null, false])],
  int8: integers(new arrow.Int8(), Int8Array.from([1, 2, -128, 127])),
  int16: integers(new arrow.Int16(), Int16Array.from([1, 2, -32768, 32767])),
  int32: small(new arrow.Int32()),
  int64: big(new arrow.Int64()),
  uint8: integers(new arrow.Uint8(), Uint8Array.from([1, 2, 0, 255])),
  uint16: integers(new arrow.Uint16(), Uint16Array.from([1, 2, 0, 65535])),
  uint32: integers(new arrow.Uint32(), Uint32Array.from([1, 2, 0, 2 ** 32 - 1])),
  uint64: integers(new arrow.Uint64(), BigUint64Array.from([1n, 2n, 0n, 2n ** 64n - 1n])),
  ...floats(),
  decimal32: decimal(32, 9),
  decimal64: decimal(64, 18),
  decimal128: decimal(128, 38),
  decimal256: decimal(256, 76),
  ...temporal(),
  ...intervals(),
  utf8: [built(new arrow.Utf8(), texts, texts), built(new arrow.Utf8(), dense(texts), dense(texts))],
  large_utf8: [built(new arrow.LargeUtf8(), texts, texts)],
  utf8_view: [built(new arrow.Utf8View(), texts, texts), built(new arrow.Utf8View(), dense(texts), dense(texts))],
  binary: [built(new arrow.Binary(), blobs, blobRows)],
  large_binary: [built(new arrow.LargeBinary(), blobs, blobRows)],
  binary_view: [built(new arrow.BinaryView(), blobs, blobRows)],
  fixed_size_binary: [fixed(new arrow.FixedSizeBinary(2), Uint8Array.of(0, 1, 2, 3, 254, 255), ['0001', null, 'feff'])],
  list: lists(new arrow.List(int32)),
  large_list: lists(new arrow.LargeList(int32)),
  fixed_size_list: [built(new arrow.FixedSizeList(2, int32), [[1, null], null, [2, 3]], [['1', null], null, ['2', '3']])],
  struct: [built(pair, [{ item: 1, text: 'x' }, null, { item: null, text: 'y' }], [['1', 'x'], null, [null, 'y']])],
  map: [built(map, [new Map([['k', 1], ['l', null]]), null, new Map()], [[['k', '1'], ['l', null]], null, []])],
  sparse_union: union(arrow.UnionMode.Sparse, undefined, [1, 0, null, 0], ['', 'a', '', 'b']),
  dense_union: union(arrow.UnionMode.Dense, Int32Array.from([0, 0, 1, 1]), [1, null], ['a', 'b']),
  list_of_structs: [built(new arrow.List(new Field('s', pair, true)), [[{ item: 1, text: null }, null], []], [[['1', null], null], []])],
  ...dictionaries(),
  no_rows: [built(new arrow.Utf8(), [], [])],
  no_batches: [],
};

function batch(schema, { data, rows }) {
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children: [data] }));
}

function bytes(schema, parts, compressionType = null) {
  const writer = new RecordBatchStreamWriter({ compressionType });
  writer.reset(undefined, schema);
  for (const part of parts) writer.write(batch(schema, part));
  writer.finish();
  return writer.toUint8Array(true);
}

function write(folder, kind, parts, compressionType) {
  const type = parts[0]?.data.type ?? new arrow.Utf8();
  const column = new Field(kind, type, true, new Map([['of the field', kind]]));
  const schema = new Schema([column], new Map([['of the schema', '\u20ac']]));
  writeFileSync(join(folder, `${kind}.arrows`), bytes(schema, parts, compressionType));
  writeFileSync(join(folder, `${kind}.json`), document(schema, parts.flatMap(part => part.rows.map(row => [row]))));
}

const [folder, ...chosen] = process.argv.slice(2);
await registerCodecs();
const many = 'many equal bytes '.repeat(50);
const compressible = [built(new arrow.Utf8(), [many, null, 'few'], [many, null, 'few'])];
const compressed = { lz4: arrow.CompressionType.LZ4_FRAME, zstd: arrow.CompressionType.ZSTD };
const all = [
  ...Object.entries(KINDS),
  ...Object.entries(compressed).map(([kind, type]) => [kind, compressible, type]),
];
for (const kind of chosen) if (!all.some(([name]) => name === kind)) throw new Error(`no kind ${kind}`);
for (const each of all) if (chosen.length === 0 || chosen.includes(each[0])) write(folder, ...each);
