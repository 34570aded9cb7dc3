// What every refusal has in common: it is a reply, and it leaves no trace.
import assert from 'node:assert/strict';
import { refused } from './bookings.mjs';
import { balanceOf, tracesOf } from './ledger.mjs';

/** Asks, and finds the reply as expected and everything as it was. */
export async function turnedDown(request, people, expected) {
  const before = await tracesOf(...people);
  const balances = await Promise.all(people.map(balanceOf));
  const reply = await refused(request(), expected.error_code);
  assert.deepEqual(reply, { success: false, details: {}, ...expected });
  assert.deepEqual(await tracesOf(...people), before);
  assert.deepEqual(await Promise.all(people.map(balanceOf)), balances);
}
