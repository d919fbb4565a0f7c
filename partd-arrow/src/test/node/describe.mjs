// node describe.mjs FILE [batches|table]: prints the canonical document of an Arrow stream.
// "batches" reads batch by batch, and on past an end-of-stream mark; "table" is what tableFromIPC makes of the file.
// node describe.mjs, without a file: answers each line "batches FILE" or "table FILE" of its input with a line
// "described LENGTH" or "refused LENGTH", and so many bytes: the document, or the error.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { RecordBatchReader, tableFromIPC, Type } from 'apache-arrow';
import { document, value } from './canonical.mjs';
import { registerCodecs } from './codecs.mjs';

const TEXTS = new Set([Type.Utf8, Type.LargeUtf8, Type.Utf8View]);

const [file, mode = 'batches'] = process.argv.slice(2);
await registerCodecs();
if (file) process.stdout.write(describe(mode, file));
else for await (const line of createInterface({ input: process.stdin })) answer(...line.split(/ (.*)/));

function describe(mode, file) {
  return { batches, table }[mode](readFileSync(file));
}

function answer(mode, file) {
  try {
    send('described', describe(mode, file));
  } catch (error) {
    send('refused', error.stack);
  }
}

function send(how, text) {
  const bytes = Buffer.from(text);
  process.stdout.write(`${how} ${bytes.length}\n`);
  process.stdout.write(bytes);
}

function batches(bytes) {
  let schema;
  const all = [];
  for (const reader of RecordBatchReader.readAll(bytes)) {
    schema ??= reader.schema;
    for (const batch of reader) all.push(batch);
  }
  // Only now, so that a batch shows it if a later dictionary has changed it.
  return document(schema, all.flatMap(rows));
}

function table(bytes) {
  const whole = tableFromIPC(bytes);
  const all = whole.batches.flatMap(rows);
  whole.schema.fields.forEach((field, column) => checkTexts(field, whole.getChildAt(column), all, column));
  return document(whole.schema, all);
}

function rows({ data }) {
  return Array.from({ length: data.length }, (_, row) => data.children.map(child => value(child, row)));
}

// A column that spans batches has to give the same texts as the batches one by one.
function checkTexts({ name, type }, column, all, index) {
  if (![type, type.dictionary].some(each => TEXTS.has(each?.typeId))) return;
  all.forEach((row, i) => {
    if (column.get(i) !== row[index])
      throw new Error(`column ${name}, row ${i}: the table has ${column.get(i)}, its batch ${row[index]}`);
  });
}
