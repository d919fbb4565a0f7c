// A Flight client of @grpc/grpc-js and Flight's own proto file: node flight.mjs <Flight.proto> <host:port> <token>.
// It puts and gets tables of apache-arrow, and prints what it saw as one line of JSON.
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { Message } from 'apache-arrow/fb/message';
import { ByteBuffer } from 'flatbuffers';
import { tableFromArrays, tableFromIPC, tableToIPC, vectorFromArray, Dictionary, Int32, Table, Utf8 } from 'apache-arrow';

const [proto, address, token] = process.argv.slice(2);
const definition = protoLoader.loadSync(proto, { longs: Number, enums: String });
const { FlightService } = grpc.loadPackageDefinition(definition).arrow.flight.protocol;
const client = new FlightService(address, grpc.credentials.createInsecure());
const metadata = new grpc.Metadata();
metadata.set('authorization', `Bearer ${token}`);

// The messages of an IPC stream as FlightData.
function* frames(stream) {
  for (let at = 0; at < stream.length; ) {
    const view = new DataView(stream.buffer, stream.byteOffset + at);
    const length = view.getInt32(4, true);
    if (length === 0) return;
    const header = stream.subarray(at + 8, at + 8 + length);
    const body = Number(Message.getRootAsMessage(new ByteBuffer(header)).bodyLength());
    at += 8 + length + body;
    yield { dataHeader: Buffer.from(header), dataBody: Buffer.from(stream.subarray(at - body, at)) };
  }
}

function table(frames) {
  const parts = [];
  for (const { dataHeader, dataBody } of frames) {
    const padded = (dataHeader.length + 7) & ~7;
    const prefix = Buffer.alloc(8);
    prefix.writeInt32LE(-1, 0);
    prefix.writeInt32LE(padded, 4);
    parts.push(prefix, dataHeader, Buffer.alloc(padded - dataHeader.length), dataBody ?? Buffer.alloc(0));
  }
  return tableFromIPC(Buffer.concat(parts));
}

const rows = (table) => table.toArray().map((row) => Object.fromEntries(
  Object.entries(row.toJSON()).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])));

function put(flightDescriptor, tables) {
  return new Promise((resolve, reject) => {
    const answers = [];
    const call = client.doPut(metadata);
    call.on('data', (answer) => answers.push(JSON.parse(answer.appMetadata.toString())));
    call.on('end', () => resolve(answers));
    call.on('error', reject);
    let first = true;
    for (const frame of frames(tableToIPC(tables, 'stream'))) {
      call.write(first ? { flightDescriptor, ...frame } : frame);
      first = false;
    }
    call.end();
  });
}

const collect = (call) => new Promise((resolve, reject) => {
  const all = [];
  call.on('data', (each) => all.push(each));
  call.on('end', () => resolve(all));
  call.on('error', reject);
});
const ask = (method, request) => new Promise((resolve, reject) =>
  client[method](request, metadata, (error, answer) => (error ? reject(error) : resolve(answer))));
const get = async (ticket) => table(await collect(client.doGet({ ticket: Buffer.from(ticket) }, metadata)));
const action = async (type, body = '') =>
  (await collect(client.doAction({ type, body: Buffer.from(body) }, metadata))).map(({ body }) => JSON.parse(body.toString()));
const path = (...keys) => ({ type: 'PATH', path: keys });
const command = (json) => ({ type: 'CMD', cmd: Buffer.from(JSON.stringify(json)) });
const columns = (key, ...names) => Buffer.concat([Buffer.of(0xff), Buffer.from(JSON.stringify({ key, columns: names }))]);

const colours = vectorFromArray(['red', 'green', 'red', null], new Dictionary(new Utf8(), new Int32()));
const encoded = new Table({ colour: colours });
const plain = tableFromArrays({ n: Int32Array.of(1, 2, 3), x: Float64Array.of(0.5, 1.5, 2.5) });
const more = tableFromArrays({ n: Int32Array.of(4), x: Float64Array.of(3.5) });

const seen = {};
seen.fromJava = rows(await get('from java'));
seen.put = [await put(path('from node'), plain), await put(path('from node'), more)];
seen.fromNode = rows(await get('from node'));
seen.oneColumn = rows(await get(columns('from node', 'x')));
seen.putEncoded = await put(path('encoded'), encoded);
seen.encoded = rows(await get('encoded'));
const info = await ask('getFlightInfo', command({ key: 'from node', columns: ['n'] }));
seen.info = { rows: info.totalRecords, fields: tableFromIPC(info.schema).schema.fields.map(String) };
seen.byInfo = rows(await get(info.endpoint[0].ticket.ticket));
seen.schema = tableFromIPC((await ask('getSchema', path('from node'))).schema).schema.fields.map(String);
seen.flights = (await collect(client.listFlights({}, metadata))).map((flight) =>
  [flight.flightDescriptor.path[0], flight.totalRecords, flight.totalBytes > 0]);
await action('delete', JSON.stringify({ keys: ['encoded', 'from node', 'from java'] }));
await put(command({ partition: { hash: 4, columns: ['n'] } }), plain);
seen.parts = (await action('keys')).flat();
await action('drop');
await put(command({ partition: { range: [2, 2.5], columns: ['n'] } }), plain);
seen.ranges = (await action('keys')).flat();
seen.stat = (await action('stat'))[0].keys;
await action('flush');
await action('drop');
seen.dropped = (await action('keys')).flat();
seen.absent = await ask('getFlightInfo', path('absent')).then(() => 'found', (error) => error.code);
console.log(JSON.stringify(seen));
client.close();
