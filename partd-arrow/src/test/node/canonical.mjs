// The canonical document of a stream: the same text as the class Canonical of the Java tests makes of the same data.
// Whatever a JavaScript number could round is read from the buffers and printed as text: integers and what is stored as
// such in decimal, floating-point numbers as their bits in hexadecimal.
import { DataType, DateUnit, IntervalUnit, Precision, TimeUnit, Type, UnionMode, Vector } from 'apache-arrow';

export function document(schema, rows) {
  const block = lines => (lines.length === 0 ? '[]' : `[\n${lines.map(line => JSON.stringify(line)).join(',\n')}\n]`);
  return `{"fields":${block(schema.fields.map(field))},\n"metadata":${JSON.stringify(metadata(schema.metadata))},\n`
    + `"rows":${block(rows)}}\n`;
}

export function field({ name, type, nullable, metadata: map }) {
  const value = DataType.isDictionary(type) ? type.dictionary : type;
  return {
    name,
    type: typeText(value),
    nullable,
    metadata: metadata(map),
    dictionary: DataType.isDictionary(type)
      ? { id: String(type.id), index: typeText(type.indices), ordered: type.isOrdered }
      : null,
    children: (value.children ?? []).map(field),
  };
}

// A list of pairs in the order of their keys: the order in which they were written is nobody's promise.
function metadata(map) {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const UNITS = { [TimeUnit.SECOND]: 's', [TimeUnit.MILLISECOND]: 'ms', [TimeUnit.MICROSECOND]: 'us', [TimeUnit.NANOSECOND]: 'ns' };
const INTERVALS = {
  [IntervalUnit.YEAR_MONTH]: 'year_month',
  [IntervalUnit.DAY_TIME]: 'day_time',
  [IntervalUnit.MONTH_DAY_NANO]: 'month_day_nano',
};
const FLOATS = { [Precision.HALF]: 'float16', [Precision.SINGLE]: 'float32', [Precision.DOUBLE]: 'float64' };

const TYPES = {
  [Type.Null]: () => 'null',
  [Type.Bool]: () => 'bool',
  [Type.Int]: type => `${type.isSigned ? 'int' : 'uint'}${type.bitWidth}`,
  [Type.Float]: type => FLOATS[type.precision],
  [Type.Decimal]: type => `decimal${type.bitWidth}(${type.precision},${type.scale})`,
  [Type.Date]: type => `date[${type.unit === DateUnit.DAY ? 'day' : 'ms'}]`,
  [Type.Time]: type => `time${type.bitWidth}[${UNITS[type.unit]}]`,
  [Type.Timestamp]: type => `timestamp[${UNITS[type.unit]}${type.timezone == null ? '' : `,${type.timezone}`}]`,
  [Type.Duration]: type => `duration[${UNITS[type.unit]}]`,
  [Type.Interval]: type => `interval[${INTERVALS[type.unit]}]`,
  [Type.Utf8]: () => 'utf8',
  [Type.LargeUtf8]: () => 'large_utf8',
  [Type.Utf8View]: () => 'utf8_view',
  [Type.Binary]: () => 'binary',
  [Type.LargeBinary]: () => 'large_binary',
  [Type.BinaryView]: () => 'binary_view',
  [Type.FixedSizeBinary]: type => `fixed_size_binary(${type.byteWidth})`,
  [Type.List]: () => 'list',
  [Type.LargeList]: () => 'large_list',
  [Type.FixedSizeList]: type => `fixed_size_list(${type.listSize})`,
  [Type.Struct]: () => 'struct',
  [Type.Map]: type => (type.keysSorted ? 'map(sorted)' : 'map'),
  [Type.Union]: type => `${type.mode === UnionMode.Dense ? 'dense' : 'sparse'}_union(${[...type.typeIds].join(',')})`,
};

export function typeText(type) {
  const text = TYPES[type.typeId];
  if (text === undefined) throw new Error(`no canonical text for the type ${type}`);
  return text(type);
}

// The value in a row of a Data, of which the children are not sliced.
export function value(data, row) {
  if (DataType.isUnion(data.type)) return union(data, row);
  if (DataType.isNull(data.type) || !data.getValid(row)) return null;
  return DataType.isDictionary(data.type) ? entry(data, row) : VALUES[data.type.typeId](data, row);
}

function union({ type, typeIds, valueOffsets, children }, row) {
  const id = typeIds[row];
  const child = children[type.typeIds.indexOf(id)];
  return { [id]: value(child, type.mode === UnionMode.Dense ? valueOffsets[row] : row) };
}

// A dictionary that came in pieces (deltas) has several Data.
function entry({ values, dictionary }, row) {
  let index = Number(values[row]);
  for (const piece of dictionary.data) {
    if (index < piece.length) return value(piece, index);
    index -= piece.length;
  }
  throw new Error(`row ${row} has the index ${values[row]} into a dictionary of ${dictionary.length} entries`);
}

function range(count, first, each) {
  return Array.from({ length: count }, (_, i) => each(first + i));
}

function list({ valueOffsets, children: [child] }, row) {
  const from = Number(valueOffsets[row]);
  return range(Number(valueOffsets[row + 1]) - from, from, i => value(child, i));
}

function bytes({ values, stride }, row) {
  const all = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const width = values.BYTES_PER_ELEMENT * stride;
  return all.subarray(row * width, (row + 1) * width);
}

// Little-endian two's complement of any width.
function signed(data, row) {
  const from = bytes(data, row);
  const unsigned = from.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return String(BigInt.asIntN(from.length * 8, unsigned));
}

const hex = from => Buffer.from(from.buffer, from.byteOffset, from.byteLength).toString('hex');
const integer = ({ values }, row) => String(values[row]);
// What the package itself returns for these is exact.
const direct = (data, row) => new Vector([data]).get(row);
const binary = (data, row) => hex(direct(data, row));

function interval({ type, values }, row) {
  if (type.unit === IntervalUnit.YEAR_MONTH) return String(values[row]);
  if (type.unit === IntervalUnit.DAY_TIME) return [String(values[2 * row]), String(values[2 * row + 1])];
  const view = new DataView(values.buffer, values.byteOffset + 16 * row, 16);
  return [String(view.getInt32(0, true)), String(view.getInt32(4, true)), String(view.getBigInt64(8, true))];
}

const VALUES = {
  [Type.Bool]: direct,
  [Type.Int]: integer,
  [Type.Float]: (data, row) => hex(bytes(data, row).slice().reverse()),
  [Type.Decimal]: signed,
  [Type.Date]: integer,
  [Type.Time]: integer,
  [Type.Timestamp]: integer,
  [Type.Duration]: integer,
  [Type.Interval]: interval,
  [Type.Utf8]: direct,
  [Type.LargeUtf8]: direct,
  [Type.Utf8View]: direct,
  [Type.Binary]: binary,
  [Type.LargeBinary]: binary,
  [Type.BinaryView]: binary,
  [Type.FixedSizeBinary]: binary,
  [Type.List]: list,
  [Type.LargeList]: list,
  [Type.FixedSizeList]: ({ type, children: [child] }, row) => range(type.listSize, row * type.listSize, i => value(child, i)),
  [Type.Struct]: ({ children }, row) => children.map(child => value(child, row)),
  [Type.Map]: list,
};
