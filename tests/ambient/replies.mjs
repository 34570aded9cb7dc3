// Reads the server's log, in which caller.sql has every reply written: each fits its schema. After a whole suite there
// are some; a test of its own may call nothing that replies.
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { assertFits } from '../clients/lib/schemas.mjs';

const MOST_SHOWN = 5;
const [log, extent] = process.argv.slice(2);
const misfits = new Set();
let count = 0;
for await (const line of createInterface({ input: createReadStream(log) })) {
  const [, name, reply] = /LOG: {2}reply of (\w+): (.*)/.exec(line) ?? [];
  if (!reply) continue;
  count += 1;
  try {
    assertFits(name, JSON.parse(reply));
  } catch (error) {
    misfits.add(error.message);
  }
}
for (const misfit of [...misfits].slice(0, MOST_SHOWN)) console.log(misfit);
console.log(`${count} replies, and ${misfits.size} of them fit no schema`);
process.exitCode = misfits.size > 0 || (count === 0 && extent === 'whole') ? 1 : 0;
